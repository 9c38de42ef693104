import { BATCH_COUNTERS, COUNTED_AS, NO_PARTNER } from '../../domain/reports/report-counters.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import {
  COUNTER_TABLES,
  COUNTING_LOCK,
  changesOf,
  countersOf,
  keysOf,
  summedUp,
  uncounted,
} from './report-counters.ts';

/** domain/reports/report-counters.ts, `standing`, in SQL: what a row of cards `c` adds to the counters of its batch. */
const EXPIRED = 'coalesce(c.closed_at >= c.grace_until, false)';
const TO_FIRST_USE = "greatest(c.first_used_at - c.activated_at, interval '0')";
const WAS_TIMED = 'c.first_used_at IS NOT NULL AND c.activated_at IS NOT NULL AND c.replaces_id IS NULL';
const usedWithin = (days: number) => `${WAS_TIMED} AND ${TO_FIRST_USE} <= interval '${days * 24} hours'`;

/** Whether a card's balance was used up, as opposed to removed in another way. */
export const EXHAUSTED = `
  c.balance = 0 AND (c.first_used_at IS NOT NULL OR c.closed_at IS NOT NULL) AND NOT ${EXPIRED} AND c.replaced_by_id IS NULL`;

const CARDS_THAT: Readonly<Record<string, string>> = {
  active: "c.status = 'ACTIVE' AND c.locked_at IS NULL",
  locked: "c.status = 'ACTIVE' AND c.locked_at IS NOT NULL",
  in_grace: "c.status = 'IN_GRACE'",
  deactivated: "c.status = 'DEACTIVATED'",
  closed: "c.status = 'CLOSED'",
  activated: 'c.activated_at IS NOT NULL',
  first_used: 'c.first_used_at IS NOT NULL',
  expired: EXPIRED,
  exhausted: EXHAUSTED,
  replaced: 'c.replaced_by_id IS NOT NULL',
  used_after_activation: WAS_TIMED,
  used_within_day: usedWithin(1),
  used_within_week: usedWithin(7),
  used_within_month: usedWithin(30),
  used_within_quarter: usedWithin(90),
};

const CHANGE = 'CASE WHEN t.credit_account = t.card_id THEN t.amount ELSE -t.amount END';
const REVENUE: readonly string[] = ['used', 'fees', 'forfeited'];

/** The sum of card transfers that count as one counter: revenue counts positive when it leaves the card. */
function movedAs(counter: string): string {
  const kinds = Object.entries(COUNTED_AS).flatMap(([kind, as]) => (as === counter ? [`'${kind}'`] : []));
  const sum = `coalesce(sum(${CHANGE}) FILTER (WHERE t.kind IN (${kinds.join(', ')})), 0)`;
  return REVENUE.includes(counter) ? `-${sum}` : sum;
}

function batchCounter(name: string): string {
  if (name === 'seconds_to_first_use') {
    return `coalesce(sum(floor(extract(epoch FROM ${TO_FIRST_USE}))) FILTER (WHERE ${WAS_TIMED}), 0)::bigint AS ${name}`;
  }
  return `count(*) FILTER (WHERE ${CARDS_THAT[name]}) AS ${name}`;
}

const OF_CARDS = BATCH_COUNTERS.filter((name) => name in CARDS_THAT || name === 'seconds_to_first_use');
const OF_TRANSFERS = BATCH_COUNTERS.filter((name) => !OF_CARDS.includes(name));

const UTC_QUARTER = (at: string) => `
  (${at} AT TIME ZONE 'UTC')::date AS day, (floor(extract(epoch FROM ${at} AT TIME ZONE 'UTC'))::bigint % 86400 / 900)::smallint AS quarter`;

/**
 * SQL of the correct counters, computed from cards, transfers and calls. Time-based counters are given as the change
 * within each quarter of an hour, not as cumulative sums.
 */
export const RECOUNT = {
  batches: `
    SELECT batch_id, ${OF_CARDS.join(', ')}, ${OF_TRANSFERS.map((name) => `coalesce(${name}, 0)::bigint AS ${name}`).join(', ')}
    FROM (SELECT c.batch_id, ${OF_CARDS.map(batchCounter).join(', ')} FROM cards c GROUP BY c.batch_id) AS cards
    LEFT JOIN (
      SELECT c.batch_id, ${OF_TRANSFERS.map((name) => `${movedAs(name)} AS ${name}`).join(', ')}
      FROM transfers t JOIN cards c ON c.id = t.card_id GROUP BY c.batch_id
    ) AS transfers USING (batch_id)`,
  ledger: `
    SELECT t.currency, date_bin('15 minutes', t.created_at, 'epoch') AS quarter, sum(${CHANGE})::bigint AS owed,
           (${movedAs('used')})::bigint AS usage, (${movedAs('fees')})::bigint AS fees,
           (${movedAs('forfeited')})::bigint AS forfeited
    FROM transfers t WHERE t.card_id IS NOT NULL GROUP BY 1, 2`,
  recharges: `
    SELECT day, partner_id, currency, quarter,
           count(*) FILTER (WHERE kind = 'RECHARGE') AS recharges,
           coalesce(sum(amount) FILTER (WHERE kind = 'RECHARGE'), 0)::bigint AS amount,
           coalesce(sum(amount) FILTER (WHERE kind = 'DISCOUNT'), 0)::bigint AS discount,
           count(*) FILTER (WHERE kind = 'REVERSAL') AS reversals,
           coalesce(sum(amount) FILTER (WHERE kind = 'REVERSAL'), 0)::bigint AS reversed,
           coalesce(sum(amount) FILTER (WHERE kind = 'DISCOUNT_REVERSAL'), 0)::bigint AS discount_returned
    FROM (
      SELECT ${UTC_QUARTER('created_at')}, coalesce(partner_id, '${NO_PARTNER}') AS partner_id, currency, kind, amount
      FROM transfers WHERE kind IN ('RECHARGE', 'DISCOUNT', 'REVERSAL', 'DISCOUNT_REVERSAL')
    ) AS t GROUP BY day, partner_id, currency, quarter`,
  usage: `
    SELECT day, destination, rate_group_id, partner_id, quarter, count(*) AS calls,
           count(*) FILTER (WHERE used_seconds > 0) AS answered, sum(used_seconds)::bigint AS seconds,
           sum(charge)::bigint AS charge
    FROM (
      SELECT ${UTC_QUARTER('authorized_at')}, destination COLLATE "C" AS destination,
             (rating->>'rateGroupId')::uuid AS rate_group_id, coalesce(partner_id, '${NO_PARTNER}') AS partner_id,
             used_seconds, charge + surcharge_posted AS charge
      FROM calls WHERE state IN ('COMPLETED', 'CANCELLED', 'ABANDONED')
    ) AS c GROUP BY day, destination, rate_group_id, partner_id, quarter`,
} as const;

/**
 * Initializes the counters from the existing data: an older database is counted once, as a whole. No transaction can
 * commit an event meanwhile, so that nothing is counted twice or missed.
 */
export async function beginReportCounters(sql: Sql): Promise<void> {
  if (await hasBegun(sql)) return;
  await withoutWriters(sql, async (tx) => {
    if (!(await hasBegun(tx))) await recount(tx);
  });
}

/**
 * Counts everything anew, after something other than Cardline's present version wrote to the tables. Days whose calls
 * were purged keep their counters of usage. Writers wait until it has ended.
 */
export function recountReports(sql: Sql): Promise<void> {
  return withoutWriters(sql, recount);
}

async function withoutWriters(sql: Sql, work: (tx: Transaction) => Promise<void>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${COUNTING_LOCK})`;
    await tx`SELECT FROM event_head FOR UPDATE`;
    await work(tx);
  });
}

async function hasBegun(sql: Sql | Transaction): Promise<boolean> {
  return (await sql`SELECT FROM report_counting`).length > 0;
}

async function recount(tx: Transaction): Promise<void> {
  await tx`DELETE FROM report_facts`;
  await replace(tx, 'batches', RECOUNT.batches);
  await replace(tx, 'recharges', summedUp('recharges', RECOUNT.recharges));
  await replace(tx, 'usage', summedUp('usage', RECOUNT.usage), STILL_KEPT);
  await replace(tx, 'ledger', summedUp('ledger', RECOUNT.ledger));
  await tx`INSERT INTO report_counting (id, since) VALUES (1, clock_timestamp()) ON CONFLICT DO NOTHING`;
}

async function replace(
  tx: Transaction,
  subject: keyof typeof RECOUNT,
  rows: string,
  where = 'true',
): Promise<void> {
  const { table } = COUNTER_TABLES[subject];
  await tx.unsafe(`DELETE FROM ${table} WHERE ${where}`);
  await tx.unsafe(
    `INSERT INTO ${table} (${columnsOf(subject)}) SELECT ${columnsOf(subject)} FROM (${rows}) AS r WHERE ${where}`,
  );
}

/** The total balance of the cards of a batch in SQL, equivalent to leftOn of reports/batches.ts. */
const TOTAL_BALANCE = 'b.issued + b.recharged + b.adjusted + b.moved - b.used - b.fees - b.forfeited';

/**
 * Counts an imported batch, whose cards have opening transfers, for code that writes cards and transfers without the
 * command writer. Called once, in the transaction that writes them, before the event head is locked.
 *
 * @param at the time of all the transfers
 */
export async function countBroughtIn(
  tx: Transaction,
  { batchId, at }: { readonly batchId: string; readonly at: Date },
): Promise<void> {
  await tx.unsafe(
    `INSERT INTO report_facts (id, facts)
     SELECT $1::uuid, jsonb_build_object(
       'batches', jsonb_build_array(to_jsonb(b)),
       'ledger', jsonb_build_array(jsonb_build_object(
         'currency', o.currency, 'quarter', date_bin('15 minutes', $3::timestamptz, 'epoch'),
         'owed', ${TOTAL_BALANCE}, 'usage', b.used, 'fees', b.fees, 'forfeited', b.forfeited)))
     FROM (${RECOUNT.batches}) AS b JOIN card_batches AS o ON o.id = b.batch_id
     WHERE b.batch_id = $2::uuid`,
    [newId(), batchId, at],
  );
}

/** Rows that differ between the counters, including facts not yet added, and a recount. */
function differing(subject: keyof typeof RECOUNT, counted: string, where = 'true'): string {
  const counters = countersOf(subject);
  const keys = keysOf(subject);
  const sums = counters.map((name) => `sum(${name}) AS ${name}`).join(', ');
  const list = (side: string) => counters.map((name) => `coalesce(${side}.${name}, 0)`).join(', ');
  return `
    SELECT concat_ws(' ', '${subject}', ${keys}) AS row,
           format('counted (%s), recounted (%s)', concat_ws(', ', ${list('c')}), concat_ws(', ', ${list('r')})) AS problem
    FROM (
      SELECT ${keys}, ${sums} FROM (
        ${counted} UNION ALL (${uncounted(subject)})
      ) AS both_parts GROUP BY ${keys}
    ) AS c FULL JOIN (${RECOUNT[subject]}) AS r USING (${keys})
    WHERE (${list('c')}) IS DISTINCT FROM (${list('r')}) AND ${where} AND EXISTS (SELECT FROM report_counting)`;
}

const columnsOf = (subject: keyof typeof RECOUNT) => `${keysOf(subject)}, ${countersOf(subject).join(', ')}`;

/** Purged calls can't be recounted, so days before the retention mark, and one more, are not checked. */
const STILL_KEPT = `
  day > coalesce((
    SELECT to_timestamp(('x' || left(replace(up_to::text, '-', ''), 12))::bit(48)::bigint / 1000.0)::date + 1
    FROM retention_marks WHERE subject = 'calls'
  ), '-infinity')`;

/** For `verify`: each query finds counters that differ from the cards, transfers and calls. */
export const REPORT_CHECKS: Readonly<Record<string, string>> = {
  'batch counters': differing('batches', `SELECT ${columnsOf('batches')} FROM batch_counters`),
  'ledger counters': differing('ledger', changesOf('ledger')),
  'recharge counters': differing('recharges', changesOf('recharges')),
  'usage counters': differing('usage', changesOf('usage'), STILL_KEPT),
};
