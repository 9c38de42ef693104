import type { Call } from '../../../src/domain/calls/call.ts';
import type { Card } from '../../../src/domain/cards/card.ts';
import { cardState } from '../../../src/domain/cards/card-state.ts';
import type { PostedTransfer, TransferKind } from '../../../src/domain/transfer.ts';
import type { Sql } from '../../../src/store/postgres/database.ts';
import { cardRows, transferRows } from '../../../src/store/postgres/rows.ts';

type CountedCall = Pick<Call, 'state' | 'usedSeconds' | 'authorizedAt' | 'partnerId'> & {
  readonly destination: string;
  readonly rateGroupId: string;
  readonly charge: bigint;
};

/** All cards, movements and calls that there are, to be counted one by one. It shares no code with the counters. */
export interface Books {
  readonly now: Date;
  readonly cards: readonly Card[];
  readonly transfers: readonly PostedTransfer[];
  readonly calls: readonly CountedCall[];
}

export async function readBooks(sql: Sql): Promise<Books> {
  return sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (tx) => {
    const [clock] = await tx<{ now: Date }[]>`SELECT now()`;
    return {
      now: clock?.now ?? new Date(),
      cards: await tx<Card[]>`SELECT ${cardRows.list(tx)} FROM cards`,
      transfers: await tx<PostedTransfer[]>`SELECT ${transferRows.list(tx)} FROM transfers`,
      calls: await tx<CountedCall[]>`
        SELECT state, used_seconds AS "usedSeconds", authorized_at AS "authorizedAt", partner_id AS "partnerId",
               destination, rating->>'rateGroupId' AS "rateGroupId", charge + surcharge_posted AS charge
        FROM calls`,
    };
  });
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const daysSeen = new Map<string, string>();

/** What the clock on the wall says in a zone, without the database's help. */
export function dayIn(timeZone: string, at: Date): string {
  const name = `${timeZone} ${at.getTime()}`;
  const seen = daysSeen.get(name);
  if (seen !== undefined) return seen;
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  clocks.set(timeZone, clock);
  const day = clock.format(at);
  daysSeen.set(name, day);
  return day;
}

const NIL = '00000000-0000-0000-0000-000000000000';
const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n);
const count = <Item>(items: readonly Item[], is: (item: Item) => boolean) => BigInt(items.filter(is).length);
const cardChange = ({ cardId, creditAccount, amount }: PostedTransfer) =>
  cardId === null ? 0n : creditAccount === cardId ? amount : -amount;

function changeBy(transfers: readonly PostedTransfer[], ...kinds: TransferKind[]): bigint {
  return sum(transfers.filter(({ kind }) => kinds.includes(kind)).map(cardChange));
}

export function recountBatch({ now, cards, transfers }: Books, batchId: string) {
  const own = cards.filter((card) => card.batchId === batchId);
  const ids = new Set(own.map(({ id }) => id));
  const moved = transfers.filter(({ cardId }) => cardId !== null && ids.has(cardId));
  const inState = (state: string) => count(own, (card) => cardState(card, now) === state);
  const isExpired = (card: Card) =>
    cardState(card, now) === 'EXPIRED' ||
    (card.closedAt !== null && card.graceUntil !== null && card.closedAt >= card.graceUntil);
  const days = own.flatMap(({ activatedAt, firstUsedAt, replacesId }) =>
    activatedAt && firstUsedAt && replacesId === null
      ? [Math.max(0, firstUsedAt.getTime() - activatedAt.getTime()) / 86_400_000]
      : [],
  );
  return {
    made: own.length,
    inactive: inState('INACTIVE'),
    active: inState('ACTIVE'),
    locked: inState('LOCKED'),
    inGrace: inState('IN_GRACE'),
    expiredNow: inState('EXPIRED'),
    deactivated: inState('DEACTIVATED'),
    closed: inState('CLOSED'),
    activated: count(own, (card) => card.activatedAt !== null),
    first_used: count(own, (card) => card.firstUsedAt !== null),
    expired: count(own, isExpired),
    exhausted: count(
      own,
      (card) =>
        card.balance === 0n &&
        (card.firstUsedAt !== null || card.status === 'CLOSED') &&
        card.replacedById === null &&
        !isExpired(card),
    ),
    replaced: count(own, (card) => card.replacedById !== null),
    used_after_activation: BigInt(days.length),
    seconds_to_first_use: sum(days.map((each) => BigInt(Math.floor(Math.round(each * 86_400_000) / 1_000)))),
    used_within_day: count(days, (each) => each <= 1),
    used_within_week: count(days, (each) => each <= 7),
    used_within_month: count(days, (each) => each <= 30),
    used_within_quarter: count(days, (each) => each <= 90),
    issued: changeBy(moved, 'ISSUE'),
    recharged: changeBy(moved, 'RECHARGE', 'REVERSAL'),
    adjusted: changeBy(moved, 'ADJUSTMENT'),
    moved: changeBy(moved, 'VOUCHER', 'REPLACEMENT'),
    used: -changeBy(moved, 'CALL', 'CALL_SURCHARGE', 'CALL_REFUND'),
    fees: -changeBy(moved, 'FIRST_USE_FEE', 'MAINTENANCE_FEE', 'REPLACEMENT_FEE'),
    forfeited: -changeBy(moved, 'FORFEITURE', 'FORFEITURE_REVERSAL'),
    left: sum(own.map(({ balance }) => balance)),
  };
}

export function recountLiability({ transfers }: Books, timeZone: string, day: string): bigint {
  return sum(transfers.filter(({ createdAt }) => dayIn(timeZone, createdAt) <= day).map(cardChange));
}

export function recountRevenue({ transfers }: Books, timeZone: string, day: string) {
  const on = transfers.filter(({ createdAt }) => dayIn(timeZone, createdAt) === day);
  return {
    usage: -changeBy(on, 'CALL', 'CALL_SURCHARGE', 'CALL_REFUND'),
    fees: -changeBy(on, 'FIRST_USE_FEE', 'MAINTENANCE_FEE', 'REPLACEMENT_FEE'),
    forfeited: -changeBy(on, 'FORFEITURE', 'FORFEITURE_REVERSAL'),
  };
}

/** Items by a key, in the order of the keys. */
function groups<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]) {
  const found = new Map<string, { key: readonly string[]; items: Item[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key.join('|')) ?? { key, items: [] };
    group.items.push(item);
    found.set(key.join('|'), group);
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

export function recountRecharges({ transfers }: Books, timeZone: string, from: string) {
  const counted = transfers.filter(
    ({ kind, createdAt }) =>
      ['RECHARGE', 'REVERSAL', 'DISCOUNT', 'DISCOUNT_REVERSAL'].includes(kind) &&
      dayIn(timeZone, createdAt) >= from,
  );
  return groups(counted, (each) => [
    dayIn(timeZone, each.createdAt),
    each.partnerId ?? NIL,
    each.currency,
  ]).map(({ key: [day, partnerId], items }) => {
    const of = (kind: TransferKind) => items.filter((each) => each.kind === kind);
    const amount = (kind: TransferKind) => sum(of(kind).map((each) => each.amount));
    return {
      day,
      partnerId: partnerId === NIL ? null : partnerId,
      recharges: BigInt(of('RECHARGE').length),
      amount: amount('RECHARGE'),
      discount: amount('DISCOUNT'),
      reversals: BigInt(of('REVERSAL').length),
      reversed: amount('REVERSAL'),
      discountReturned: amount('DISCOUNT_REVERSAL'),
    };
  });
}

export function recountUsage({ calls }: Books, timeZone: string, from: string) {
  const ended = calls.filter(
    ({ state, authorizedAt }) =>
      state !== 'REFUSED' && state !== 'AUTHORIZED' && dayIn(timeZone, authorizedAt) >= from,
  );
  return groups(ended, ({ authorizedAt, destination, rateGroupId, partnerId }) => [
    dayIn(timeZone, authorizedAt),
    destination,
    rateGroupId,
    partnerId ?? NIL,
  ]).map(({ key: [day, destination, rateGroupId, partnerId], items }) => ({
    day,
    destination,
    rateGroupId,
    partnerId: partnerId === NIL ? null : partnerId,
    calls: BigInt(items.length),
    answered: count(items, ({ usedSeconds }) => usedSeconds > 0),
    seconds: sum(items.map(({ usedSeconds }) => BigInt(usedSeconds))),
    charge: sum(items.map(({ charge }) => charge)),
  }));
}
