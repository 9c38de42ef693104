import { hash } from 'node:crypto';
import { IdempotencyKeyReused } from '../../domain/rejections/commands.ts';
import { RowsSentBefore } from '../../domain/rejections/rates.ts';
import { packed, unpacked } from '../files/packed-json.ts';
import type { Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import type { ImportedRates } from './imported-rates.ts';

/** How an import is known when it is sent again. */
export interface DeckIdentity {
  /** The idempotency key that the sender gave it; null: the deck stands for it. */
  readonly key: string | null;
  /** Whether a deck without a key is meant although it was imported before. */
  readonly again: boolean;
}

/**
 * Identifies the staged deck by its rates, whatever the form of its file and their order, and by what is asked with it.
 * A date that follows from the order counts as none: undated rows are the same tomorrow.
 */
export async function fingerprintOf(
  tx: Transaction,
  order: {
    readonly rateGroupId: string;
    readonly from: Date;
    readonly effectiveFrom: Date | undefined;
    readonly replace: boolean;
  },
): Promise<Buffer> {
  const [deck] = await tx<{ digest: string }[]>`
    SELECT encode(sha256(coalesce(string_agg(row, '' ORDER BY row COLLATE "C"), '')::bytea), 'hex') AS digest
    FROM (
      SELECT encode(sha256(convert_to(jsonb_build_array(prefix, destination, rate_per_1e8_minute, connection_fee,
        initial_increment_seconds, increment_seconds, nullif(effective_from, ${order.from}), effective_to, withdrawn,
        barred)::text, 'UTF8')), 'hex') AS row
      FROM rate_deck
    ) AS deck`;
  const asked = [order.rateGroupId, order.effectiveFrom?.toISOString() ?? null, order.replace, deck?.digest];
  return hash('sha256', JSON.stringify(asked), 'buffer');
}

/**
 * The result of the same import, if it was done before. Without a key it counts only while it is the newest of its
 * group: after another deck it would change prices back.
 *
 * @throws RowsSentBefore in that case; IdempotencyKeyReused for another import with the same key
 */
export async function importedBefore(
  tx: Transaction,
  {
    rateGroupId,
    key,
    again,
    fingerprint,
  }: DeckIdentity & { readonly rateGroupId: string; readonly fingerprint: Buffer | undefined },
): Promise<ImportedRates | undefined> {
  if (!fingerprint || (key === null && again)) return undefined;
  const [known] = await tx<{ result: unknown; isSame: boolean; isNewest: boolean; createdAt: Date }[]>`
    SELECT result, fingerprint = ${fingerprint} AS "isSame", created_at AS "createdAt", NOT EXISTS (
      SELECT FROM rate_imports AS later
      WHERE later.rate_group_id = i.rate_group_id AND later.id > i.id AND later.fingerprint <> i.fingerprint
    ) AS "isNewest"
    FROM rate_imports AS i
    WHERE ${key === null ? tx`rate_group_id = ${rateGroupId} AND fingerprint = ${fingerprint}` : tx`idempotency_key = ${key}`}
    ORDER BY id DESC LIMIT 1`;
  if (!known) return undefined;
  if (key !== null && !known.isSame) throw new IdempotencyKeyReused({ key });
  if (key === null && !known.isNewest) throw new RowsSentBefore({ importedAt: known.createdAt });
  return { ...(unpacked(known.result) as ImportedRates), importedBefore: known.createdAt };
}

/** Keeps the result of an import, in its transaction. @throws IdempotencyKeyReused when the key was used meanwhile */
export async function keepImport(
  tx: Transaction,
  {
    rateGroupId,
    key,
    fingerprint,
    result,
  }: {
    readonly rateGroupId: string;
    readonly key: string | null;
    readonly fingerprint: Buffer | undefined;
    readonly result: ImportedRates;
  },
): Promise<void> {
  if (!fingerprint) return;
  const [kept] = await tx`
    INSERT INTO rate_imports (id, rate_group_id, idempotency_key, fingerprint, result)
    VALUES (${newId()}, ${rateGroupId}, ${key}, ${fingerprint}, ${tx.json(packed(result) as never)})
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING 1`;
  if (!kept && key !== null) throw new IdempotencyKeyReused({ key });
}
