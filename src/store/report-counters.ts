import { BATCH_COUNTERS, LEDGER_COUNTERS, RECHARGE_COUNTERS, USAGE_COUNTERS } from '../domain/tally.ts';
import type { Sql, Transaction } from './database.ts';

/** Any fixed number; only this program takes the lock. */
export const COUNTING_LOCK = 4_220_761_307;
/** Transactions whose facts are added in one go. */
const AT_ONCE = 2_000;

/**
 * How reports are counted.
 *
 * A transaction that changes what reports tell writes what it adds to them, summed up over all its commands, as one row
 * of report_facts (domain/tally.ts): one row more, and no row that another transaction waits for. A job on whichever
 * instance takes rows from there and adds them to the counters, in one transaction. So at every instant a fact is in
 * the one place or in the other, and a report, which reads both in one snapshot, is exact whatever the job does.
 */
interface CounterTable {
  readonly table: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly counters: readonly string[];
}

export const COUNTER_TABLES = {
  batches: { table: 'batch_counters', keys: { batch_id: 'uuid' }, counters: BATCH_COUNTERS },
  ledger: {
    table: 'ledger_counters',
    keys: { currency: 'text', quarter: 'timestamptz' },
    counters: LEDGER_COUNTERS,
  },
  recharges: {
    table: 'recharge_counters',
    keys: { day: 'date', partner_id: 'uuid', currency: 'text', quarter: 'smallint' },
    counters: RECHARGE_COUNTERS,
  },
  usage: {
    table: 'usage_counters',
    keys: {
      day: 'date',
      destination: 'text COLLATE "C"',
      rate_group_id: 'uuid',
      partner_id: 'uuid',
      quarter: 'smallint',
    },
    counters: USAGE_COUNTERS,
  },
} as const satisfies Record<string, CounterTable>;

type Subject = keyof typeof COUNTER_TABLES;

export const keysOf = (subject: Subject): string => Object.keys(COUNTER_TABLES[subject].keys).join(', ');
export const countersOf = (subject: Subject): readonly string[] => COUNTER_TABLES[subject].counters;

/** SQL of the sums of some facts, by key, in the order in which rows are locked. */
function sumsOf(subject: Subject, facts: string): string {
  const { keys, counters } = COUNTER_TABLES[subject];
  const columns = [
    ...Object.entries(keys).map(([name, type]) => `${name} ${type}`),
    ...counters.map((name) => `${name} bigint`),
  ];
  return `
    SELECT ${keysOf(subject)}, ${counters.map((name) => `coalesce(sum(t.${name}), 0)::bigint AS ${name}`).join(', ')}
    FROM ${facts} AS f CROSS JOIN LATERAL jsonb_to_recordset(f.facts->'${subject}') AS t (${columns.join(', ')})
    GROUP BY ${keysOf(subject)} ORDER BY ${keysOf(subject)}`;
}

/** SQL of what is not yet added to the counters of a subject. */
export const uncounted = (subject: Subject): string => sumsOf(subject, 'report_facts');

function added(subject: Subject): string {
  const { table, counters } = COUNTER_TABLES[subject];
  return `
    INSERT INTO ${table} AS c (${keysOf(subject)}, ${counters.join(', ')}) ${sumsOf(subject, 'taken')}
    ON CONFLICT (${keysOf(subject)}) DO UPDATE SET
      ${counters.map((name) => `${name} = c.${name} + excluded.${name}`).join(', ')}`;
}

/**
 * Adds to the counters what transactions have left for them. One instance at a time; the others find it taken and leave
 * it to that one.
 */
export async function addReportFacts(sql: Sql, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const more = await sql.begin(addSome);
    if (!more) return;
  }
}

/** @returns whether there may be more */
async function addSome(tx: Transaction): Promise<boolean> {
  const [lock] = await tx<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${COUNTING_LOCK}) AS mine`;
  if (!lock?.mine) return false;
  const [taken] = await tx.unsafe<{ rows: bigint; ledger: unknown }[]>(`
    WITH taken AS (
      DELETE FROM report_facts
      WHERE id = ANY(ARRAY(SELECT id FROM report_facts ORDER BY id LIMIT ${AT_ONCE})) RETURNING facts
    ), batches AS (${added('batches')}), recharges AS (${added('recharges')}), usage AS (${added('usage')})
    SELECT (SELECT count(*) FROM taken) AS rows,
           (SELECT coalesce(jsonb_agg(l), '[]') FROM (${sumsOf('ledger', 'taken')}) AS l) AS ledger`);
  if (!taken || taken.rows === 0n) return false;
  await addToLedger(tx, JSON.stringify(taken.ledger));
  return taken.rows === BigInt(AT_ONCE);
}

/**
 * What is owed is kept as it was at the end of each quarter of an hour in which it changed, so that a past day costs one
 * row. A transaction that was long under way comes late, and is added to the quarters after its own too.
 */
async function addToLedger(tx: Transaction, facts: string): Promise<void> {
  const { keys, counters } = COUNTER_TABLES.ledger;
  const columns = [
    ...Object.entries(keys).map((each) => each.join(' ')),
    ...counters.map((c) => `${c} bigint`),
  ];
  const added = tx.unsafe(`jsonb_to_recordset((SELECT facts FROM given)) AS n (${columns.join(', ')})`);
  await tx`
    WITH given AS (SELECT ${facts}::text::jsonb AS facts)
    INSERT INTO ledger_counters AS c (currency, quarter, owed, usage, fees, forfeited)
    SELECT currency, quarter, coalesce((
             SELECT p.owed FROM ledger_counters AS p
             WHERE p.currency = n.currency AND p.quarter < n.quarter ORDER BY p.quarter DESC LIMIT 1
           ), 0), usage, fees, forfeited
    FROM ${added}
    ON CONFLICT (currency, quarter) DO UPDATE SET usage = c.usage + excluded.usage, fees = c.fees + excluded.fees,
      forfeited = c.forfeited + excluded.forfeited`;
  await tx`
    WITH given AS (SELECT ${facts}::text::jsonb AS facts),
    since AS (SELECT currency, min(quarter) AS quarter FROM ${added} GROUP BY currency)
    UPDATE ledger_counters AS c SET owed = c.owed + (
      SELECT sum(n.owed) FROM ${added} WHERE n.currency = c.currency AND n.quarter <= c.quarter
    )
    FROM since WHERE c.currency = since.currency AND c.quarter >= since.quarter`;
}
