import { LISTED_PROBLEMS } from '../../domain/files/file-problem.ts';
import { type DeckProblem, duplicateProblem } from '../../domain/files/rate-deck-problem.ts';
import type { DeckRate } from '../../domain/rates/deck/rate-deck.ts';
import { copyIn } from '../postgres/copy-in.ts';
import type { Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';

/** Creates the temporary table in which a deck waits until all of it is checked. It is dropped with the transaction. */
export async function createDeckTable(tx: Transaction): Promise<void> {
  await tx`
    CREATE TEMPORARY TABLE rate_deck (
      line integer NOT NULL,
      id uuid NOT NULL,
      prefix text COLLATE "C" NOT NULL,
      destination text NOT NULL,
      rate_per_1e8_minute bigint NOT NULL,
      connection_fee bigint NOT NULL,
      initial_increment_seconds integer NOT NULL,
      increment_seconds integer NOT NULL,
      effective_from timestamptz NOT NULL,
      effective_to timestamptz,
      withdrawn boolean NOT NULL,
      barred boolean NOT NULL,
      dated_from timestamptz NOT NULL
    ) ON COMMIT DROP`;
}

/**
 * Adds checked rows by COPY: one COPY for each group, so that between groups the connection is free for the source,
 * which may read the deck from the same database.
 */
export async function stageRates(tx: Transaction, groups: AsyncIterable<readonly DeckRate[]>): Promise<void> {
  for await (const rates of groups) await copyIn(tx`COPY rate_deck FROM STDIN`, copyText(rates));
}

/** The text format of COPY, in the order of the table's columns. */
function copyText(rates: readonly DeckRate[]): string {
  let text = '';
  for (const rate of rates) text += `${copyLine(rate)}\n`;
  return text;
}

/**
 * Validated names contain no tab and no line break; the backslash is the only character left that is special to COPY.
 */
function copyLine(rate: DeckRate): string {
  const cells = [
    rate.line,
    newId(),
    rate.prefix,
    rate.destination.replace(/\\/g, '\\\\'),
    rate.ratePer1e8Minute,
    rate.connectionFee,
    rate.initialIncrementSeconds,
    rate.incrementSeconds,
    rate.effectiveFrom.toISOString(),
    rate.effectiveTo?.toISOString() ?? '\\N',
    rate.withdrawn,
    rate.barred,
    rate.datedFrom.toISOString(),
  ];
  return cells.join('\t');
}

/**
 * Finds rows with the prefix and date of an earlier row. The database does it, so that a million rows need no memory
 * here.
 */
export async function findDuplicates(
  tx: Transaction,
  column: string,
): Promise<{ first: DeckProblem[]; total: number }> {
  const rows = await tx<{ line: number; firstLine: number; prefix: string; total: bigint }[]>`
    SELECT line, first_line AS "firstLine", prefix, count(*) OVER () AS total
    FROM (
      SELECT line, prefix, min(line) OVER (PARTITION BY prefix, effective_from) AS first_line FROM rate_deck
    ) AS deck
    WHERE line <> first_line ORDER BY line LIMIT ${LISTED_PROBLEMS}`;
  return {
    first: rows.map((row) => duplicateProblem({ ...row, column })),
    total: Number(rows[0]?.total ?? 0n),
  };
}

/**
 * Of rates that a replacing deck dates before itself, only the latest for each prefix still matters: all of them were
 * moved to the same instant.
 */
export async function dropSuperseded(tx: Transaction): Promise<void> {
  await tx`
    DELETE FROM rate_deck WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM (
        SELECT ctid, dated_from, max(dated_from) OVER (PARTITION BY prefix, effective_from) AS last FROM rate_deck
      ) AS deck
      WHERE dated_from < last
    ))`;
}

/**
 * Merges the deck into the group: new rates are added, and a rate with the same prefix and date gets the deck's terms.
 */
export async function mergeDeck(tx: Transaction, rateGroupId: string): Promise<void> {
  await tx`
    INSERT INTO rates (id, rate_group_id, prefix, destination, rate_per_1e8_minute, connection_fee,
                       initial_increment_seconds, increment_seconds, effective_from, effective_to, withdrawn, barred)
    SELECT id, ${rateGroupId}::uuid, prefix, destination, rate_per_1e8_minute, connection_fee,
           initial_increment_seconds, increment_seconds, effective_from, effective_to, withdrawn, barred
    FROM rate_deck ORDER BY prefix, effective_from
    ON CONFLICT (rate_group_id, prefix, effective_from) DO UPDATE SET
      destination = excluded.destination, rate_per_1e8_minute = excluded.rate_per_1e8_minute,
      connection_fee = excluded.connection_fee, initial_increment_seconds = excluded.initial_increment_seconds,
      increment_seconds = excluded.increment_seconds, effective_to = excluded.effective_to,
      withdrawn = excluded.withdrawn, barred = excluded.barred
    WHERE (rates.destination, rates.rate_per_1e8_minute, rates.connection_fee, rates.initial_increment_seconds,
           rates.increment_seconds, rates.effective_to, rates.withdrawn, rates.barred)
      IS DISTINCT FROM (excluded.destination, excluded.rate_per_1e8_minute, excluded.connection_fee,
                        excluded.initial_increment_seconds, excluded.increment_seconds, excluded.effective_to,
                        excluded.withdrawn, excluded.barred)`;
}

/**
 * Prepares a group for a deck that replaces its rates from an instant on: rates that were to begin at or after it are
 * deleted, and prefixes offered until then that the deck does not contain are withdrawn. Rates in effect before stay as
 * they are.
 *
 * Withdrawals get random ids from the database, because PostgreSQL before version 18 can't generate UUIDv7: nothing is
 * ordered by them.
 *
 * @returns how many prefixes were withdrawn, and how many rates deleted.
 */
export async function withdrawAbsent(
  tx: Transaction,
  { rateGroupId, from }: { rateGroupId: string; from: Date },
): Promise<{ withdrawn: number; deleted: number }> {
  const isAbsent = tx`NOT EXISTS (SELECT FROM rate_deck AS deck WHERE deck.prefix = rates.prefix)`;
  const deleted = await tx`
    DELETE FROM rates WHERE rate_group_id = ${rateGroupId} AND effective_from >= ${from} AND NOT EXISTS (
      SELECT FROM rate_deck AS deck
      WHERE deck.prefix = rates.prefix AND deck.effective_from = rates.effective_from
    ) AND NOT (withdrawn AND effective_from = ${from} AND ${isAbsent})`;
  const withdrawn = await tx`
    INSERT INTO rates (id, rate_group_id, prefix, destination, rate_per_1e8_minute, connection_fee,
                       initial_increment_seconds, increment_seconds, effective_from, withdrawn)
    SELECT gen_random_uuid(), rate_group_id, prefix, destination, rate_per_1e8_minute, connection_fee,
           initial_increment_seconds, increment_seconds, ${from}, true
    FROM (
      SELECT DISTINCT ON (prefix) * FROM rates
      WHERE rate_group_id = ${rateGroupId} AND effective_from < ${from} ORDER BY prefix, effective_from DESC
    ) AS rates
    WHERE NOT withdrawn AND ${isAbsent}
    ON CONFLICT (rate_group_id, prefix, effective_from) DO NOTHING`;
  return { withdrawn: withdrawn.count, deleted: deleted.count };
}
