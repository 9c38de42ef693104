import {
  BATCH_COUNTERS,
  LEDGER_COUNTERS,
  RECHARGE_COUNTERS,
  USAGE_COUNTERS,
} from '../../domain/reports/report-counters.ts';
import { LAST_QUARTER } from '../../domain/values/quarter-hour.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** An arbitrary constant that no other lock of this program uses. */
export const COUNTING_LOCK = 4_220_761_307;
/** Maximum number of transactions whose facts are added at once. */
const MAX_FACT_ROWS = 2_000;

/**
 * How reports are counted.
 *
 * A transaction that changes a report's figures writes its increments, summed over all its commands, as one row of
 * report_facts (domain/reports/report-counters.ts): one additional row, and none that another transaction waits for. A
 * job on any instance removes rows from there and adds them to the counters, in one transaction. So at every instant a
 * fact is in exactly one of the two places, and a report, which reads both in one snapshot, is exact whatever the job
 * does.
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
const SUBJECTS = Object.keys(COUNTER_TABLES) as Subject[];
/**
 * Subjects whose rows hold cumulative sums up to the end of a quarter of an hour, since the first transfer or since the
 * day began.
 */
type SummedSubject = Exclude<Subject, 'batches'>;
export type DailySubject = Exclude<SummedSubject, 'ledger'>;

export const keysOf = (subject: Subject): string => Object.keys(COUNTER_TABLES[subject].keys).join(', ');
export const countersOf = (subject: Subject): readonly string[] => COUNTER_TABLES[subject].counters;
/** The key without the quarter: identifies a series of cumulative sums. */
export const sumKeysOf = (subject: SummedSubject): string => keysOf(subject).replace(/, quarter$/, '');
/** The key without the day and the quarter. */
export const namesOf = (subject: DailySubject): string => sumKeysOf(subject).replace(/^day, /, '');
/** SQL of columns qualified with an alias. */
export const each = (alias: string, columns: string): string => columns.replaceAll(/\w+/g, `${alias}.$&`);

/** SQL of the columns of facts. */
function columnsOf(subject: Subject): string {
  const { keys, counters } = COUNTER_TABLES[subject];
  return [
    ...Object.entries(keys).map(([name, type]) => `${name} ${type}`),
    ...counters.map((name) => `${name} bigint`),
  ].join(', ');
}

/** SQL of the sums of some facts, by key, in the order in which rows are locked. */
function sumsOf(subject: Subject, facts: string): string {
  const sums = countersOf(subject).map((name) => `coalesce(sum(t.${name}), 0)::bigint AS ${name}`);
  return `
    SELECT ${keysOf(subject)}, ${sums.join(', ')}
    FROM ${facts} AS f CROSS JOIN LATERAL jsonb_to_recordset(f.facts->'${subject}') AS t (${columnsOf(subject)})
    GROUP BY ${keysOf(subject)} ORDER BY ${keysOf(subject)}`;
}

/** SQL of a subject's facts that are not yet added to its counters. */
export const uncounted = (subject: Subject): string => sumsOf(subject, 'report_facts');

/**
 * Adds the facts of transactions to the counters. One instance at a time; the others find the lock taken and return.
 */
export async function addReportFacts(sql: Sql, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const more = await sql.begin(addNextFacts);
    if (!more) return;
  }
}

/** @returns whether there may be more */
async function addNextFacts(tx: Transaction): Promise<boolean> {
  const [lock] = await tx<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${COUNTING_LOCK}) AS mine`;
  if (!lock?.mine) return false;
  const summed = (subject: Subject) =>
    `(SELECT coalesce(jsonb_agg(t), '[]') FROM (${sumsOf(subject, 'taken')}) AS t)::text AS ${subject}`;
  const [taken] = await tx.unsafe<({ rows: bigint } & Record<Subject, string>)[]>(`
    WITH taken AS (
      DELETE FROM report_facts
      WHERE id = ANY(ARRAY(SELECT id FROM report_facts ORDER BY id LIMIT ${MAX_FACT_ROWS})) RETURNING facts
    )
    SELECT (SELECT count(*) FROM taken) AS rows, ${SUBJECTS.map(summed).join(', ')}`);
  if (!taken || taken.rows === 0n) return false;
  await addToBatches(tx, taken.batches);
  for (const subject of ['ledger', 'recharges', 'usage'] as const) {
    await addToSums(tx, subject, taken[subject]);
  }
  return taken.rows === BigInt(MAX_FACT_ROWS);
}

/** SQL of facts that are the first parameter of a statement, as JSON. */
const factsParameter = (subject: Subject): string =>
  `jsonb_to_recordset($1::text::jsonb) AS n (${columnsOf(subject)})`;

async function addToBatches(tx: Transaction, facts: string): Promise<void> {
  const columns = `batch_id, ${BATCH_COUNTERS.join(', ')}`;
  await tx.unsafe(
    `INSERT INTO batch_counters AS c (${columns}) SELECT ${columns} FROM ${factsParameter('batches')}
     ON CONFLICT (batch_id) DO UPDATE SET
       ${BATCH_COUNTERS.map((name) => `${name} = c.${name} + excluded.${name}`).join(', ')}`,
    [facts],
  );
}

/**
 * Each row holds the cumulative sum at the end of its quarter of an hour, so that any period costs the difference of
 * two rows, however much was counted in it. Ledger sums accumulate from the first transfer on. Recharge and usage sums
 * accumulate from the beginning of the UTC day, and each day has a row for its last quarter: those rows show what was
 * counted on that day at all. The facts of a long transaction arrive late, and are added to the later quarters too.
 */
async function addToSums(tx: Transaction, subject: SummedSubject, facts: string): Promise<void> {
  const { table, counters } = COUNTER_TABLES[subject];
  const [keys, sumKeys, columns] = [keysOf(subject), sumKeysOf(subject), counters.join(', ')];
  await tx.unsafe(
    `INSERT INTO ${table} (${keys}, ${columns})
     SELECT ${each('n', keys)}, ${counters.map((name) => `coalesce(earlier.${name}, 0)`).join(', ')}
     FROM (SELECT ${keys} FROM ${factsParameter(subject)} ${andLastQuarters(subject, factsParameter(subject))}) AS n
     LEFT JOIN LATERAL (
       SELECT ${columns} FROM ${table} AS c WHERE (${each('c', sumKeys)}) = (${each('n', sumKeys)}) AND c.quarter < n.quarter
       ORDER BY c.quarter DESC LIMIT 1
     ) AS earlier ON true
     ON CONFLICT (${keys}) DO NOTHING`,
    [facts],
  );
  await tx.unsafe(
    `UPDATE ${table} AS c SET ${counters.map((name) => `${name} = c.${name} + since.${name}`).join(', ')}
     FROM (
       SELECT ${each('t', keys)}, ${counters.map((name) => `sum(n.${name}) AS ${name}`).join(', ')}
       FROM ${factsParameter(subject)} JOIN ${table} AS t ON (${each('t', sumKeys)}) = (${each('n', sumKeys)}) AND t.quarter >= n.quarter
       GROUP BY ${each('t', keys)}
     ) AS since WHERE (${each('c', keys)}) = (${each('since', keys)})`,
    [facts],
  );
}

/** SQL that adds the last quarter of each day in some rows; the ledger, which accumulates over all time, needs none. */
function andLastQuarters(subject: SummedSubject, rows: string): string {
  return subject === 'ledger' ? '' : `UNION SELECT ${sumKeysOf(subject)}, ${LAST_QUARTER} FROM ${rows}`;
}

/** SQL of cumulative rows from the changes in each quarter of an hour. */
export function summedUp(subject: SummedSubject, changes: string): string {
  const sum = (name: string) => `(sum(coalesce(${name}, 0)) OVER so_far)::bigint AS ${name}`;
  return `
    WITH changes AS MATERIALIZED (${changes})
    SELECT ${keysOf(subject)}, ${countersOf(subject).map(sum).join(', ')}
    FROM (SELECT ${keysOf(subject)} FROM changes ${andLastQuarters(subject, 'changes')}) AS quarters
    LEFT JOIN changes USING (${keysOf(subject)})
    WINDOW so_far AS (PARTITION BY ${sumKeysOf(subject)} ORDER BY quarter)`;
}

/** SQL of the changes in each quarter of an hour from the cumulative rows. */
export function changesOf(subject: SummedSubject): string {
  const { table, counters } = COUNTER_TABLES[subject];
  const change = (name: string) => `${name} - coalesce(lag(${name}) OVER so_far, 0) AS ${name}`;
  return `
    SELECT ${keysOf(subject)}, ${counters.map(change).join(', ')}
    FROM ${table} WINDOW so_far AS (PARTITION BY ${sumKeysOf(subject)} ORDER BY quarter)`;
}
