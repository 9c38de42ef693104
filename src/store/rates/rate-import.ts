import type { DeckProblem } from '../../domain/files/rate-deck-problem.ts';
import { type DeckReading, plainReading } from '../../domain/rates/deck/deck-reading.ts';
import type { DeckDates } from '../../domain/rates/deck/rate-deck.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { FileSettings } from '../files/file-reader.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { noteBars, refuseLiftedBars } from './bar-changes.ts';
import type { ImportedRates } from './imported-rates.ts';
import { refuseUnlikelyPrices } from './price-scale.ts';
import { type DeckFound, type DeckSource, RateDeckReader } from './rate-deck-reader.ts';
import {
  createDeckTable,
  dropSuperseded,
  findDuplicates,
  mergeDeck,
  stageRates,
  withdrawAbsent,
} from './rate-deck-table.ts';
import { compareDeck } from './rate-difference.ts';
import { findRateGroup } from './rate-groups.ts';
import { type DeckIdentity, fingerprintOf, importedBefore, keepImport } from './rate-import-identity.ts';

export interface RateImport {
  rateGroupId: string;
  source: DeckSource;
  /** How it is read. Omitted: with the usual columns, as the file shows itself. */
  reading?: Partial<Omit<DeckReading, 'currency'>>;
  /** Where the deck is in its file. */
  settings?: FileSettings;
  /** The effective date of rows without one, and of a replacement. Omitted: now, on the database's clock. */
  effectiveFrom?: Date;
  /**
   * From effectiveFrom on, the group offers only what the deck contains: other prefixes are withdrawn, and rates that
   * were to begin later are deleted. Omitted or false: the deck is added to the existing rates.
   */
  replace?: boolean;
  /** Whether prices that are far from those of the list are meant. */
  acceptPrices?: boolean;
  /** Whether prefixes are to be sold again that are barred and that the deck does not price itself. */
  liftBars?: boolean;
  /** How it is known when it is sent again. Omitted: not at all. */
  identity?: DeckIdentity;
}

interface RefusedDeck {
  outcome: 'REFUSED';
  /** The first thousand, by line. */
  problems: readonly DeckProblem[];
  problemCount: number;
  /** Rows read, valid and invalid. */
  rowCount: number;
}

/** Runs last before the commit, to append the event. */
export type InImport = (tx: Transaction, imported: ImportedRates) => Promise<void>;

/** Rolls the transaction of a check back and carries its result. */
class DeckChecked extends Error {
  readonly imported: ImportedRates;
  constructor(imported: ImportedRates) {
    super('The deck was only checked.');
    this.imported = imported;
  }
}

/** Rolls the transaction back and carries the problems. */
class DeckRefused extends Error {
  readonly deck: RefusedDeck;
  constructor(deck: RefusedDeck) {
    super('The deck has problems.');
    this.deck = deck;
  }
}

/**
 * Does all that an import does and undoes it, to show what it would change.
 *
 * @throws NotFound, RatePricesUnlikely, RateBarsLifted
 */
export async function checkRateDeck(
  sql: Sql,
  rateImport: RateImport | ((tx: Transaction) => Promise<RateImport>),
): Promise<ImportedRates | RefusedDeck> {
  try {
    return await sql.begin(async (tx) => {
      const order = typeof rateImport === 'function' ? await rateImport(tx) : rateImport;
      throw new DeckChecked(await importWithin(tx, order));
    });
  } catch (error) {
    if (error instanceof DeckChecked) return error.imported;
    if (error instanceof DeckRefused) return error.deck;
    throw error;
  }
}

/**
 * Imports a deck, or refuses all of it with every problem it has. The rows wait in a temporary table until the last one
 * is checked; then one merge applies them, so that no call sees half a deck.
 *
 * @param rateImport the import, or what prepares it in its transaction, such as the creation of the group: a refused
 *   deck leaves nothing of that
 * @throws NotFound when there is no such rate group; RatePricesUnlikely, RateBarsLifted
 */
export async function importRateDeck(
  sql: Sql,
  rateImport: RateImport | ((tx: Transaction) => Promise<RateImport>),
  inTransaction?: InImport,
): Promise<ImportedRates | RefusedDeck> {
  try {
    return await sql.begin(async (tx) => {
      const order = typeof rateImport === 'function' ? await rateImport(tx) : rateImport;
      return importWithin(tx, order, inTransaction);
    });
  } catch (error) {
    if (error instanceof DeckRefused) return error.deck;
    throw error;
  }
}

/**
 * The same within a given transaction, which must be rolled back if the deck is refused.
 *
 * @throws DeckRefused, NotFound, RatePricesUnlikely, RateBarsLifted, RowsSentBefore, IdempotencyKeyReused
 */
export async function importWithin(
  tx: Transaction,
  {
    rateGroupId,
    source,
    reading,
    settings,
    effectiveFrom,
    replace = false,
    acceptPrices = false,
    liftBars = false,
    identity,
  }: RateImport,
  inTransaction?: InImport,
): Promise<ImportedRates> {
  const group = await findRateGroup(tx, rateGroupId);
  if (!group) throw new NotFound({ what: 'rate group', reference: rateGroupId });
  const from = effectiveFrom ?? (await databaseTime(tx));
  const dates = { effectiveFrom: from, notBefore: replace ? from : null };
  const deck = {
    source,
    reading: { ...plainReading(group.currency), ...reading },
    dates,
    ...(settings && { settings }),
  };
  const { imported, found } = await stageDeck(tx, deck);
  await lockRateGroup(tx, rateGroupId);
  await tx`ANALYZE rate_deck`;
  const fingerprint = identity && (await fingerprintOf(tx, { rateGroupId, from, effectiveFrom, replace }));
  const before = identity && (await importedBefore(tx, { rateGroupId, ...identity, fingerprint }));
  if (before) return before;
  if (!acceptPrices) await refuseUnlikelyPrices(tx, { rateGroupId, from });
  const applied = await applyDeck(tx, { rateGroupId, withdrawnFrom: replace ? from : null });
  if (!liftBars) refuseLiftedBars(applied.difference.bars);
  const result: ImportedRates = { outcome: 'IMPORTED', rateGroupId, imported, found, ...applied };
  if (identity && (applied.changed || identity.key !== null)) {
    await keepImport(tx, { rateGroupId, key: identity.key, fingerprint, result });
  }
  if (applied.changed) await inTransaction?.(tx, result);
  return result;
}

/** Merges the staged deck, unless nothing would change: then the group keeps its version. */
async function applyDeck(
  tx: Transaction,
  change: { rateGroupId: string; withdrawnFrom: Date | null },
): Promise<
  Pick<ImportedRates, 'withdrawn' | 'laterRatesDeleted' | 'changed' | 'difference' | 'version' | 'rateCount'>
> {
  const { rateGroupId, withdrawnFrom } = change;
  const { isIneffective, ...prices } = await compareDeck(tx, change);
  const compareBars = await noteBars(tx, change);
  const { withdrawn, deleted } =
    withdrawnFrom === null
      ? { withdrawn: 0, deleted: 0 }
      : await withdrawAbsent(tx, { rateGroupId, from: withdrawnFrom });
  const changed = !isIneffective || withdrawn + deleted > 0;
  if (changed) await mergeDeck(tx, rateGroupId);
  const difference = { ...prices, bars: await compareBars() };
  const version = changed ? await nextVersion(tx, rateGroupId) : await currentVersion(tx, rateGroupId);
  return { withdrawn, laterRatesDeleted: deleted, changed, difference, ...version };
}

/** Reads and checks the whole deck. @returns how many rates it has, and what the file is. */
async function stageDeck(
  tx: Transaction,
  deck: { source: DeckSource; reading: DeckReading; dates: DeckDates; settings?: FileSettings },
): Promise<{ imported: number; found: DeckFound }> {
  const reader = new RateDeckReader({ ...deck, source: () => deck.source(tx) });
  await createDeckTable(tx);
  await stageRates(tx, reader.groups());
  if (deck.dates.notBefore !== null) await dropSuperseded(tx);
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
  return { imported: reader.rateCount, found: reader.found };
}

/**
 * Serializes imports into one group, however long each takes. Cards that only refer to the group need not wait.
 *
 * @throws NotFound when the group was removed meanwhile
 */
export async function lockRateGroup(tx: Transaction, rateGroupId: string): Promise<void> {
  await tx`SET LOCAL lock_timeout = 0`;
  const [group] = await tx`SELECT FROM rate_groups WHERE id = ${rateGroupId} FOR NO KEY UPDATE`;
  if (!group) throw new NotFound({ what: 'rate group', reference: rateGroupId });
}

/** Whole milliseconds, so that JavaScript reads exactly the stored value. */
async function databaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx<{ now: Date }[]>`SELECT date_trunc('milliseconds', now()) AS now`;
  return row?.now ?? new Date();
}

/** The group's version as it is, with the number of prefixes on offer. */
async function currentVersion(
  tx: Transaction,
  rateGroupId: string,
): Promise<{ version: number; rateCount: number }> {
  const group = await findRateGroup(tx, rateGroupId);
  if (!group) throw new NotFound({ what: 'rate group', reference: rateGroupId });
  return { version: group.version, rateCount: group.rateCount };
}

/** The group's next version, with the number of prefixes on offer. */
export async function nextVersion(
  tx: Transaction,
  rateGroupId: string,
): Promise<{ version: number; rateCount: number }> {
  const [group] = await tx<{ version: number; rateCount: number }[]>`
    UPDATE rate_groups SET version = version + 1, rate_count = (
      SELECT count(*) FROM (
        SELECT DISTINCT ON (prefix) withdrawn, barred, effective_to FROM rates
        WHERE rate_group_id = ${rateGroupId} ORDER BY prefix, effective_from DESC
      ) AS last WHERE NOT withdrawn AND NOT barred AND (effective_to IS NULL OR effective_to > now())
    )
    WHERE id = ${rateGroupId}
    RETURNING version, rate_count AS "rateCount"`;
  if (!group) throw new NotFound({ what: 'rate group', reference: rateGroupId });
  return group;
}
