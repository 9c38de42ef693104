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
  const sum = rechargedOn(counted, now) + amount;
  // Above every limit that can be set: more need not be counted.
  const rechargedToday = sum > MAX_BALANCE_MICROS ? MAX_BALANCE_MICROS : sum;
  return { ...counted, rechargedOn: dayOf(now), rechargedToday };
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
