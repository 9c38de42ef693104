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
  /** Headers other than the usual ones. */
  columns?: DeckColumnMap;
  /** The effective date of rows without one, and of a replacement. Omitted: now, on the database's clock. */
  effectiveFrom?: Date;
  /**
   * From effectiveFrom on, the group offers only what the deck contains: other prefixes are withdrawn, and rates that
   * were to begin later are deleted. Omitted or false: the deck is added to the existing rates.
   */
  replace?: boolean;
}

export interface ImportedRates {
  outcome: 'IMPORTED';
  rateGroupId: string;
  /** All rows of the deck. */
  imported: number;
  /** Prefixes that the group offered until effectiveFrom and no longer does. */
  withdrawn: number;
  /** Prefixes that the group offers now, or from a later date on. */
  rateCount: number;
  /** The group's new version. */
  version: number;
}

export interface RefusedDeck {
  outcome: 'REFUSED';
  /** The first thousand, by line. */
  problems: readonly DeckProblem[];
  problemCount: number;
  /** Rows read, valid and invalid. */
  rowCount: number;
}

/** Runs last before the commit, to append the event. */
export type InImport = (tx: Transaction, imported: ImportedRates) => Promise<void>;

/** Rolls the transaction back and carries the problems. */
class DeckRefused extends Error {
  readonly deck: RefusedDeck;
  constructor(deck: RefusedDeck) {
    super('The deck has problems.');
    this.deck = deck;
  }
}

/**
 * Imports a deck, or refuses all of it with every problem it has. The rows wait in a temporary table until the last one
 * is checked; then one merge applies them, so that no call sees half a deck.
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
 * The same within a given transaction, which must be rolled back if the deck is refused.
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

/** Serializes imports into one group, however long each takes. Cards that only refer to the group need not wait. */
async function lockRateGroup(tx: Transaction, rateGroupId: string): Promise<void> {
  await tx`SET LOCAL lock_timeout = 0`;
  await tx`SELECT FROM rate_groups WHERE id = ${rateGroupId} FOR NO KEY UPDATE`;
}

/** Whole milliseconds, so that JavaScript reads exactly the stored value. */
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
