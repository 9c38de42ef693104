import { RateDeckRefused } from '../../domain/rejections/rates.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import type { ImportedRates } from './imported-rates.ts';
import { importRateDeck, type RateImport } from './rate-import.ts';

/**
 * Imports a deck and appends its event, in one transaction.
 *
 * @throws RateDeckRefused with every problem; RatePricesUnlikely, NotFound, RowsSentBefore,
 *   IdempotencyKeyReused
 */
export async function importRatesWithEvent(
  sql: Sql,
  rateImport: RateImport | ((tx: Transaction) => Promise<RateImport>),
  actorId: string,
): Promise<ImportedRates> {
  const result = await importRateDeck(sql, rateImport, ratesImported(actorId));
  if (result.outcome === 'REFUSED') throw new RateDeckRefused(result);
  return result;
}

/** Appends the event of an import, as the last statement of its transaction. */
export function ratesImported(actorId: string) {
  return async (
    tx: Transaction,
    { rateGroupId, imported, withdrawn, version }: ImportedRates,
  ): Promise<void> => {
    const payload = { rateGroupId, imported, withdrawn, version };
    await appendEvents(tx, [{ type: 'RATES_IMPORTED', actorId, payload }]);
  };
}
