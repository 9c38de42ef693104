import type { Call } from '../calls/call.ts';
import type { Card } from '../cards/card.ts';
import type { PostedTransfer, TransferKind } from '../transfer.ts';
import { DAY_MS } from '../values/calendar.ts';
import { type QuarterHour, quarterOf, quarterStart } from '../values/quarter-hour.ts';

/**
 * What reports count for a batch, under the names of the columns: how many of its cards are in each stored state (the
 * rest are in stock), how many have reached a point of their life, and the amounts moved, micro-units.
 */
export const BATCH_COUNTERS = [
  'active',
  'locked',
  'in_grace',
  'deactivated',
  'closed',
  'activated',
  'first_used',
  'expired',
  'exhausted',
  'replaced',
  'used_after_activation',
  'seconds_to_first_use',
  'used_within_day',
  'used_within_week',
  'used_within_month',
  'used_within_quarter',
  'issued',
  'recharged',
  'adjusted',
  'moved',
  'used',
  'fees',
  'forfeited',
] as const;
export type BatchCounter = (typeof BATCH_COUNTERS)[number];

export const LEDGER_COUNTERS = ['owed', 'usage', 'fees', 'forfeited'] as const;
export const RECHARGE_COUNTERS = [
  'recharges',
  'amount',
  'discount',
  'reversals',
  'reversed',
  'discount_returned',
] as const;
export const USAGE_COUNTERS = ['calls', 'answered', 'seconds', 'charge'] as const;

export type Counts<Counter extends string> = Partial<Record<Counter, bigint>>;
type Change = Counts<BatchCounter>;

/** The payer when it was the operator's cash: the nil UUID, since a key can't contain null. */
export const NO_PARTNER = '00000000-0000-0000-0000-000000000000';

/**
 * How each kind of transfer counts for a card's batch; null: it touches no card. Amounts that leave the card count
 * positive in the last three, so a batch has left: issued + recharged + adjusted + moved − used − fees − forfeited.
 */
export const COUNTED_AS: Readonly<Record<TransferKind, BatchCounter | null>> = {
  ISSUE: 'issued',
  RECHARGE: 'recharged',
  REVERSAL: 'recharged',
  ADJUSTMENT: 'adjusted',
  VOUCHER: 'moved',
  REPLACEMENT: 'moved',
  OPENING: 'moved',
  CALL: 'used',
  CALL_SURCHARGE: 'used',
  CALL_REFUND: 'used',
  FIRST_USE_FEE: 'fees',
  MAINTENANCE_FEE: 'fees',
  REPLACEMENT_FEE: 'fees',
  FORFEITURE: 'forfeited',
  FORFEITURE_REVERSAL: 'forfeited',
  TOP_UP: null,
  WITHDRAWAL: null,
  WALLET_TRANSFER: null,
  DISCOUNT: null,
  DISCOUNT_REVERSAL: null,
};

/** Days from the activation to the first use, and the counter of cards used within them. */
const USED_WITHIN: readonly (readonly [days: number, counter: BatchCounter])[] = [
  [1, 'used_within_day'],
  [7, 'used_within_week'],
  [30, 'used_within_month'],
  [90, 'used_within_quarter'],
];

/** The stored state of a card as reports count it; `inactive` cards are the rest of the batch. */
function storedState({ status, lockedAt }: Card): Lowercase<Card['status']> | 'locked' {
  if (status === 'ACTIVE' && lockedAt !== null) return 'locked';
  return status.toLowerCase() as Lowercase<Card['status']>;
}

/**
 * What one card adds to its batch's counters, based on its row alone; store/reports/report-recount.ts has the same rule
 * in SQL.
 *
 * expired: its time was over when it was closed. exhausted: it was used and is empty, and its balance was neither
 * forfeited nor moved to another card. The time from activation to first use is not counted for a replacement card,
 * which continues the use of another.
 */
export function standing(card: Card): Change {
  const state = storedState(card);
  const { activatedAt, firstUsedAt, closedAt, graceUntil } = card;
  const expired = closedAt !== null && graceUntil !== null && closedAt >= graceUntil;
  const spent = card.balance === 0n && (firstUsedAt !== null || closedAt !== null);
  return {
    ...(state !== 'inactive' && { [state]: 1n }),
    ...(activatedAt !== null && { activated: 1n }),
    ...(firstUsedAt !== null && { first_used: 1n }),
    ...(expired && { expired: 1n }),
    ...(spent && !expired && card.replacedById === null && { exhausted: 1n }),
    ...(card.replacedById !== null && { replaced: 1n }),
    ...(activatedAt !== null && firstUsedAt !== null && card.replacesId === null
      ? timeToFirstUse(firstUsedAt.getTime() - activatedAt.getTime())
      : {}),
  };
}

function timeToFirstUse(ms: number): Change {
  const taken = Math.max(0, ms);
  const within = USED_WITHIN.filter(([days]) => taken <= days * DAY_MS);
  return {
    used_after_activation: 1n,
    seconds_to_first_use: BigInt(Math.floor(taken / 1_000)),
    ...Object.fromEntries(within.map(([, counter]) => [counter, 1n])),
  };
}

/** Whether two states of a card certainly add the same: most commands change neither. */
function countAlike(a: Card, b: Card): boolean {
  return (
    a.status === b.status &&
    a.lockedAt === b.lockedAt &&
    a.activatedAt === b.activatedAt &&
    a.firstUsedAt === b.firstUsedAt &&
    a.closedAt === b.closedAt &&
    a.replacedById === b.replacedById &&
    a.replacesId === b.replacesId &&
    (a.balance === 0n) === (b.balance === 0n)
  );
}

/** The increments of counters, each under its key. */
class Counters<Key extends object, Counter extends string> {
  readonly #rows = new Map<string, { key: Key; counts: Counts<Counter> }>();

  add(key: Key, counts: Counts<Counter>, sign: 1n | -1n = 1n): void {
    const name = Object.values(key).join('\n');
    const row = this.#rows.get(name) ?? { key, counts: {} as Counts<Counter> };
    this.#rows.set(name, row);
    for (const [counter, value] of Object.entries(counts) as [Counter, bigint][]) {
      row.counts[counter] = (row.counts[counter] ?? 0n) + sign * value;
    }
  }

  /** Those with an increment, amounts as text: JSON's numbers are floats. */
  rows(): Record<string, unknown>[] {
    return [...this.#rows.values()].flatMap(({ key, counts }) => {
      const grown = Object.entries<bigint | undefined>(counts).filter(([, value]) => value);
      if (grown.length === 0) return [];
      return [{ ...key, ...Object.fromEntries(grown.map(([name, value]) => [name, `${value}`])) }];
    });
  }
}

interface LedgerKey {
  /** ISO 8601. */
  readonly quarter: string;
  readonly currency: string;
}

interface RechargeKey extends QuarterHour {
  readonly partner_id: string;
  readonly currency: string;
}

interface UsageKey extends QuarterHour {
  readonly destination: string;
  readonly rate_group_id: string;
  readonly partner_id: string;
}

/** All that a transaction adds to the reports' counters. */
export class Tally {
  readonly #batches = new Counters<{ batch_id: string }, BatchCounter>();
  readonly #ledger = new Counters<LedgerKey, (typeof LEDGER_COUNTERS)[number]>();
  readonly #recharges = new Counters<RechargeKey, (typeof RECHARGE_COUNTERS)[number]>();
  readonly #usage = new Counters<UsageKey, (typeof USAGE_COUNTERS)[number]>();

  /** A card before the transaction (undefined: it did not exist) and after it. */
  card(before: Card | undefined, after: Card): void {
    if (before && countAlike(before, after)) return;
    const key = { batch_id: after.batchId };
    if (before) this.#batches.add(key, standing(before), -1n);
    this.#batches.add(key, standing(after));
  }

  /** @param batchId of the card that the transfer touches */
  transfer(transfer: PostedTransfer, batchId: string | undefined): void {
    const counter = COUNTED_AS[transfer.kind];
    if (counter !== null && batchId !== undefined) this.#cardTransfer(transfer, counter, batchId);
    else this.#discount(transfer);
    if (transfer.kind === 'RECHARGE' || transfer.kind === 'REVERSAL') this.#recharge(transfer);
  }

  #cardTransfer(
    { cardId, creditAccount, amount, currency, createdAt }: PostedTransfer,
    counter: BatchCounter,
    batchId: string,
  ): void {
    const owed = creditAccount === cardId ? amount : -amount;
    const isRevenue = counter === 'used' || counter === 'fees' || counter === 'forfeited';
    this.#batches.add({ batch_id: batchId }, { [counter]: isRevenue ? -owed : owed });
    const key = { quarter: quarterStart(createdAt).toISOString(), currency };
    if (isRevenue) this.#ledger.add(key, { owed, [counter === 'used' ? 'usage' : counter]: -owed });
    else this.#ledger.add(key, { owed });
  }

  #recharge({ kind, amount, ...transfer }: PostedTransfer): void {
    const counts = kind === 'RECHARGE' ? { recharges: 1n, amount } : { reversals: 1n, reversed: amount };
    this.#recharges.add(payerKey(transfer), counts);
  }

  #discount({ kind, amount, ...transfer }: PostedTransfer): void {
    if (kind === 'DISCOUNT') this.#recharges.add(payerKey(transfer), { discount: amount });
    if (kind === 'DISCOUNT_REVERSAL') this.#recharges.add(payerKey(transfer), { discount_returned: amount });
  }

  /** Counted when it has ended, at the time it was authorized; a later end counts the difference. */
  call(before: Call | undefined, after: Call): void {
    if (before) this.#call(before, -1n);
    this.#call(after, 1n);
  }

  #call(call: Call, sign: 1n | -1n): void {
    const { rating, state, usedSeconds } = call;
    if (rating === null || state === 'AUTHORIZED' || state === 'REFUSED') return;
    const { destination, rateGroupId: rate_group_id } = rating;
    const partner_id = call.partnerId ?? NO_PARTNER;
    this.#usage.add(
      { ...quarterOf(call.authorizedAt), destination, rate_group_id, partner_id },
      {
        calls: 1n,
        answered: usedSeconds > 0 ? 1n : 0n,
        seconds: BigInt(usedSeconds),
        charge: call.charge + call.surchargePosted,
      },
      sign,
    );
  }

  /** In the form stored until it is counted; null when there is nothing to count. */
  facts(): Record<string, Record<string, unknown>[]> | null {
    const facts = {
      batches: this.#batches.rows(),
      ledger: this.#ledger.rows(),
      recharges: this.#recharges.rows(),
      usage: this.#usage.rows(),
    };
    const nonEmpty = Object.entries(facts).filter(([, rows]) => rows.length > 0);
    return nonEmpty.length === 0 ? null : Object.fromEntries(nonEmpty);
  }
}

function payerKey({
  createdAt,
  partnerId,
  currency,
}: Pick<PostedTransfer, 'createdAt' | 'partnerId' | 'currency'>): RechargeKey {
  return { ...quarterOf(createdAt), partner_id: partnerId ?? NO_PARTNER, currency };
}
