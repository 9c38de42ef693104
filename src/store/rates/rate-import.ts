import type { DeckProblem } from '../../domain/files/rate-deck-problem.ts';
import type { DeckDates } from '../../domain/rates/rate-deck.ts';
import type { DeckColumnMap } from '../../domain/rates/rate-deck-head.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { type DeckSource, RateDeckReader } from './rate-deck-reader.ts';
import { createDeckTable, findDuplicates, mergeDeck, stageRates, withdrawAbsent } from './rate-deck-table.ts';
import { findRateGroup } from './rate-groups.ts';

export interface RateImport {
  rateGroupId: string;
  source: DeckSource;
  /** Heads other than the usual ones. */
  columns?: DeckColumnMap;
  /** For rows without a date of their own, and where a replacement begins. Left out: now, on the database's clock. */
  effectiveFrom?: Date;
  /**
   * From effectiveFrom on the group offers what the deck offers and nothing else: prefixes that it does not name are
   * withdrawn, and rates that were to begin later are forgotten. Left out or false: the deck is added to what is there.
   */
  replace?: boolean;
}

export interface ImportedRates {
  outcome: 'IMPORTED';
  rateGroupId: string;
  /** Rows of the deck, all of them. */
  imported: number;
  /** Prefixes that the group offered until effectiveFrom and no longer does. */
  withdrawn: number;
  /** Prefixes that the group offers now, or from a later date on. */
  rateCount: number;
  /** The group's version from now on. */
  version: number;
}

export interface RefusedDeck {
  outcome: 'REFUSED';
  /** The first thousand, by line. */
  problems: readonly DeckProblem[];
  problemCount: number;
  /** Rows read, good and bad. */
  rowCount: number;
}

/** Run as the last act before the commit: where the event is appended. */
export type InImport = (tx: Transaction, imported: ImportedRates) => Promise<void>;

/** Takes the transaction back with what was found. */
class DeckRefused extends Error {
  readonly deck: RefusedDeck;
  constructor(deck: RefusedDeck) {
    super('The deck has problems.');
    this.deck = deck;
  }
}

/**
 * Imports a deck, or refuses all of it with every problem it has. The rows wait in a temporary table until the last
 * one is checked; then one merge brings them in, so that no call sees half a deck.
 *
 * @throws NotFound when there is no such rate group.
 */
export async function importRateDeck(
  sql: Sql,
  rateImport: RateImport,
  inTransaction?: InImport,
): Promise<ImportedRates | RefusedDeck> {
  try {
    return await sql.begin((tx) => importWithin(tx, rateImport, inTransaction));
  } catch (error) {
    if (error instanceof DeckRefused) return error.deck;
    throw error;
  }
}

/**
 * The same in the caller's own transaction, which does not survive a bad deck.
 *
 * @throws DeckRefused, NotFound
 */
export async function importWithin(
  tx: Transaction,
  { rateGroupId, source, columns = {}, effectiveFrom, replace = false }: RateImport,
  inTransaction?: InImport,
): Promise<ImportedRates> {
  if (!(await findRateGroup(tx, rateGroupId))) {
    throw new NotFound({ what: 'rate group', reference: rateGroupId });
  }
  const from = effectiveFrom ?? (await databaseTime(tx));
  const dates = { effectiveFrom: from, notBefore: replace ? from : null };
  const imported = await stageDeck(tx, { source, columns, dates });
  await lockRateGroup(tx, rateGroupId);
  const withdrawn = replace ? await withdrawAbsent(tx, { rateGroupId, from }) : 0;
  await mergeDeck(tx, rateGroupId);
  const result: ImportedRates = {
    outcome: 'IMPORTED',
    rateGroupId,
    imported,
    withdrawn,
    ...(await nextVersion(tx, rateGroupId)),
  };
  await inTransaction?.(tx, result);
  return result;
}

/** Reads and checks the whole deck. @returns how many rows it has. */
async function stageDeck(
  tx: Transaction,
  deck: { source: DeckSource; columns: DeckColumnMap; dates: DeckDates },
): Promise<number> {
  const reader = new RateDeckReader({ ...deck, source: () => deck.source(tx) });
  await createDeckTable(tx);
  await stageRates(tx, reader.groups());
  const duplicates = await findDuplicates(tx, reader.prefixHead);
  reader.problems.add(duplicates.first, duplicates.total);
  const { problems, rowCount } = reader;
  if (problems.total > 0) {
    throw new DeckRefused({
      outcome: 'REFUSED',
      problems: problems.listed,
      problemCount: problems.total,
      rowCount,
    });
  }
  return rowCount;
}

/**
 * Imports into one group take turns, however long the one before takes. Cards that only refer to the group are not
 * kept waiting.
 */
async function lockRateGroup(tx: Transaction, rateGroupId: string): Promise<void> {
  await tx`SET LOCAL lock_timeout = 0`;
  await tx`SELECT FROM rate_groups WHERE id = ${rateGroupId} FOR NO KEY UPDATE`;
}

/** Whole milliseconds: what JavaScript reads back is then exactly what is stored. */
async function databaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx<{ now: Date }[]>`SELECT date_trunc('milliseconds', now()) AS now`;
  return row?.now ?? new Date();
}

async function nextVersion(
  tx: Transaction,
  rateGroupId: string,
): Promise<{ version: number; rateCount: number }> {
  const [group] = await tx<{ version: number; rateCount: number }[]>`
    UPDATE rate_groups SET version = version + 1, rate_count = (
      SELECT count(*) FROM (
        SELECT DISTINCT ON (prefix) withdrawn FROM rates
        WHERE rate_group_id = ${rateGroupId} ORDER BY prefix, effective_from DESC
      ) AS last WHERE NOT withdrawn
    )
    WHERE id = ${rateGroupId}
    RETURNING version, rate_count AS "rateCount"`;
  if (!group) throw new NotFound({ what: 'rate group', reference: rateGroupId });
  return group;
}
