import { type KeyMaker, LONGEST_OVERLAP_SECONDS, refuseMore } from '../../domain/access/api-key.ts';
import { ApiKeyEnded } from '../../domain/rejections/access.ts';
import { InvalidInput, NotFound } from '../../domain/rejections/input.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { type ApiKey, apiKeyColumns, type FreshApiKey, insertApiKey } from './api-keys.ts';
import { refuseBeyond } from './ip-networks.ts';

/** The actor that changes a key. */
interface KeyHandler {
  readonly actorId: string;
  readonly maker: KeyMaker;
}

/**
 * Creates a new secret with the permissions of an existing key. The old key stays valid for the overlap, so that
 * clients can switch without a pause, and then expires.
 *
 * @param overlapSeconds 0 to LONGEST_OVERLAP_SECONDS
 * @throws InvalidInput, NotFound, ApiKeyEnded, NotAllowed
 */
export async function rotateApiKey(
  sql: Sql,
  { id, overlapSeconds }: { id: string; overlapSeconds: number },
  { actorId, maker }: KeyHandler,
): Promise<FreshApiKey> {
  if (overlapSeconds < 0 || overlapSeconds > LONGEST_OVERLAP_SECONDS) {
    throw new InvalidInput({ field: 'overlapSeconds', problem: `must be 0 to ${LONGEST_OVERLAP_SECONDS}.` });
  }
  return sql.begin(async (tx) => {
    const { isEnded, ...old } = await lockApiKey(tx, id, maker);
    if (isEnded) throw new ApiKeyEnded({ id });
    refuseMore(maker, old);
    refuseBeyond(maker.networks, old.networks);
    await tx`
      UPDATE api_keys SET expires_at = least(expires_at, now() + ${overlapSeconds} * interval '1 second')
      WHERE id = ${id}`;
    await appendEvents(tx, [keyEvent('API_KEY_ROTATED', old, actorId)]);
    const { lineageId, familyId } = old;
    return insertApiKey(tx, { ...old, ancestry: { lineageId, familyId, rotatedFromId: id } }, actorId);
  });
}

/**
 * Revokes a key immediately: its requests are refused, and its sockets and streams are closed, on every instance.
 * Revoking a key that has already ended changes nothing.
 *
 * @throws NotFound
 */
export async function revokeApiKey(sql: Sql, id: string, { actorId, maker }: KeyHandler): Promise<ApiKey> {
  return sql.begin(async (tx) => {
    const { isEnded, ...key } = await lockApiKey(tx, id, maker);
    if (key.revokedAt !== null) return key;
    const [revoked] = await tx<ApiKey[]>`
      UPDATE api_keys SET revoked_at = now() WHERE id = ${id} RETURNING ${apiKeyColumns(tx)}`;
    await appendEvents(tx, [keyEvent('API_KEY_REVOKED', key, actorId)]);
    return revoked ?? key;
  });
}

/** @throws NotFound, also when the key is another partner's */
async function lockApiKey(
  tx: Transaction,
  id: string,
  maker: KeyMaker,
): Promise<ApiKey & { isEnded: boolean }> {
  const [key] = await tx<(ApiKey & { isEnded: boolean })[]>`
    SELECT ${apiKeyColumns(tx)}, (revoked_at IS NOT NULL OR coalesce(expires_at <= now(), false)) AS "isEnded"
    FROM api_keys WHERE id = ${id} FOR UPDATE`;
  const isMine = maker.partnerId === null || key?.partnerId === maker.partnerId;
  if (!key || !isMine) throw new NotFound({ what: 'API key', reference: id });
  return key;
}

function keyEvent(
  type: 'API_KEY_ROTATED' | 'API_KEY_REVOKED',
  { id, prefix, role, partnerId }: ApiKey,
  actorId: string,
) {
  return {
    type,
    actorId,
    ...(partnerId !== null && { partnerId }),
    payload: { apiKeyId: id, prefix, role },
  };
}
