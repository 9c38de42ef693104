import { MAX_BALANCE_MICROS } from '../values/money.ts';

/** What partners have recharged on one day, or put into wallets below theirs. */
export interface RechargedToday {
  /** YYYY-MM-DD in UTC; null: never. */
  readonly rechargedOn: string | null;
  /** Micro-units. What is reversed still counts: else a limit could be gone round. */
  readonly rechargedToday: bigint;
}

/** What was recharged on the day of an instant, micro-units. */
export function rechargedOn(counted: RechargedToday, now: Date): bigint {
  return counted.rechargedOn === dayOf(now) ? counted.rechargedToday : 0n;
}

/** The same partner or card with one more recharge counted, or with what the partner put into a wallet below it. */
export function countRecharge<Counted extends RechargedToday>(
  counted: Counted,
  amount: bigint,
  now: Date,
): Counted {
  const day = dayOf(now);
  const sum = (counted.rechargedOn === day ? counted.rechargedToday : 0n) + amount;
  // Above every limit that can be set: more need not be counted.
  const rechargedToday = sum > MAX_BALANCE_MICROS ? MAX_BALANCE_MICROS : sum;
  return { ...counted, rechargedOn: day, rechargedToday };
}

/** All commands of one transaction share its time, and writing a date is slow. */
const days = new WeakMap<Date, string>();

function dayOf(now: Date): string {
  const known = days.get(now);
  if (known !== undefined) return known;
  const day = now.toISOString().slice(0, 10);
  days.set(now, day);
  return day;
}
