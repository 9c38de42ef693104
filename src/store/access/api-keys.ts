import { hash, randomBytes } from 'node:crypto';
import { type KeyMaker, type NewApiKey, refuseMisfit, refuseMore } from '../../domain/access/api-key.ts';
import { NotAllowed } from '../../domain/rejections/access.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { PhoneNumberForm } from '../../domain/values/phone-number-form.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { readNetworks, refuseBeyond } from './ip-networks.ts';

export interface ApiKey extends NewApiKey {
  readonly id: string;
  /** The first characters of the key, for telling keys apart; not secret. */
  readonly prefix: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  /** The key that it was rotated from. */
  readonly rotatedFromId: string | null;
  /** The first key of the chain of rotations that led to this one. */
  readonly lineageId: string;
  /** The origin of a chain of keys that created each other: a lineage, or a person at the identity provider. */
  readonly familyId: string;
  readonly switchGroup: string | null;
  readonly callerNumberForm: PhoneNumberForm | null;
  readonly dialedNumberForm: PhoneNumberForm | null;
  /** The scope within which its call ids are unique. */
  readonly callScope: string;
}

/** A key with its secret, which is shown once. */
export interface FreshApiKey {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

const PREFIX_LENGTH = 12;

/**
 * Creates a credential. Its secret is 256 random bits and is returned only here; the database keeps its SHA-256.
 *
 * @throws InvalidInput when the settings are inconsistent; NotFound when there is no such partner; NotAllowed when the
 *   key could do more than its maker.
 */
export async function createApiKey(
  sql: Sql,
  key: NewApiKey,
  { actorId, maker }: { actorId: string; maker: KeyMaker },
): Promise<FreshApiKey> {
  refuseMisfit(key, new Date());
  const networks = key.networks && readNetworks(key.networks);
  refuseMore(maker, key);
  refuseBeyond(maker.networks, networks);
  return sql.begin(async (tx) => {
    if (key.partnerId !== null) await refuseUnknownPartner(tx, key.partnerId, maker);
    const ancestry = maker.familyId === null ? null : { familyId: maker.familyId };
    return insertApiKey(tx, { ...key, networks, ancestry }, actorId);
  });
}

/** What a key inherits: the family of its maker, or the lineage of the key it was rotated from. */
type Ancestry = Pick<ApiKey, 'familyId'> & Partial<Pick<ApiKey, 'lineageId' | 'rotatedFromId'>>;

/** @param key.ancestry omitted or null: the key is the first of its family */
export async function insertApiKey(
  tx: Transaction,
  { ancestry, ...key }: NewApiKey & { readonly ancestry?: Ancestry | null; readonly callScope?: string },
  actorId: string,
): Promise<FreshApiKey> {
  const { name, role, partnerId, scopes, networks, expiresAt, switchGroup = null } = key;
  const { callerNumberForm = null, dialedNumberForm = null } = key;
  const id = newId();
  const { lineageId = id, familyId = lineageId, rotatedFromId = null } = ancestry ?? {};
  const callScope = key.callScope ?? (switchGroup === null ? lineageId : `group:${switchGroup}`);
  const secret = `clk_${randomBytes(32).toString('base64url')}`;
  const [apiKey] = await tx<ApiKey[]>`
    INSERT INTO api_keys (id, prefix, digest, name, role, partner_id, scopes, networks, expires_at, rotated_from_id,
      lineage_id, family_id, switch_group, call_scope, caller_number_form, dialed_number_form)
    VALUES (${id}, ${secret.slice(0, PREFIX_LENGTH)}, ${digestOf(secret)}, ${name.trim()}, ${role},
            ${partnerId}, ${scopes}, ${networks}, ${expiresAt}, ${rotatedFromId}, ${lineageId}, ${familyId},
            ${switchGroup}, ${callScope}, ${callerNumberForm}, ${dialedNumberForm})
    RETURNING ${apiKeyColumns(tx)}`;
  if (!apiKey) throw new Error('An API key was inserted and not returned.');
  const { id: apiKeyId, prefix } = apiKey;
  await appendEvents(tx, [
    {
      type: 'API_KEY_CREATED',
      actorId,
      ...(partnerId !== null && { partnerId }),
      payload: { apiKeyId, prefix, role },
    },
  ]);
  return { apiKey, secret };
}

/**
 * Creates the first administrator's key when the database has no key at all. When several instances start at once, one
 * creates it.
 *
 * @param keep stores the secret where a person finds it, before the key becomes valid; if it fails, no key is created
 * @returns whether the key was created
 */
export async function createFirstApiKey(
  sql: Sql,
  actorId: string,
  keep: (secret: string) => Promise<void>,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`LOCK TABLE api_keys IN SHARE ROW EXCLUSIVE MODE`;
    const [any] = await tx`SELECT 1 FROM api_keys LIMIT 1`;
    if (any) return false;
    const first = {
      name: 'First administrator',
      role: 'ADMINISTRATOR',
      partnerId: null,
      scopes: null,
      networks: null,
      expiresAt: null,
    } as const;
    const { secret } = await insertApiKey(tx, first, actorId);
    await keep(secret);
    return true;
  });
}

/** A key with the digest of its secret, in hexadecimal. */
export interface FoundApiKey {
  readonly key: string;
  readonly apiKey: ApiKey;
}

/** The keys whose secrets have these digests, without those that have expired or were revoked. */
export async function findApiKeys(sql: Sql, digests: readonly string[]): Promise<FoundApiKey[]> {
  const rows = await sql<(ApiKey & { key: string })[]>`
    SELECT encode(digest, 'hex') AS key, ${apiKeyColumns(sql)} FROM api_keys
    WHERE digest IN (SELECT decode(given, 'hex') FROM unnest(${[...digests]}::text[]) AS given)
      AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;
  return rows.map(({ key, ...apiKey }) => ({ key, apiKey }));
}

export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

export function apiKeyColumns(sql: Sql | Transaction) {
  return sql`id, prefix, name, role, partner_id AS "partnerId", scopes, networks, created_at AS "createdAt",
    expires_at AS "expiresAt", revoked_at AS "revokedAt", rotated_from_id AS "rotatedFromId",
    lineage_id AS "lineageId", family_id AS "familyId", switch_group AS "switchGroup",
    coalesce(call_scope, id::text) AS "callScope", caller_number_form AS "callerNumberForm",
    dialed_number_form AS "dialedNumberForm"`;
}

/** @throws NotFound, also when the partner is outside the maker's branch; NotAllowed when it is below the maker */
async function refuseUnknownPartner(tx: Transaction, partnerId: string, maker: KeyMaker): Promise<void> {
  const [partner] = await tx`SELECT 1 FROM partners WHERE id = ${partnerId} FOR KEY SHARE`;
  const isMine = maker.partnerId === null || maker.partnerId === partnerId;
  if (partner && !isMine && (await isBelow(tx, partnerId, maker.partnerId))) {
    const problem =
      'A partner makes keys for itself only: this key must be made by the operator, or with a key of that partner.';
    throw new NotAllowed({ problem });
  }
  if (!partner || !isMine) throw new NotFound({ what: 'partner', reference: partnerId });
}

/** Whether a partner is below another, who can therefore see it. */
async function isBelow(tx: Transaction, partnerId: string, superiorId: string | null): Promise<boolean> {
  const above = await tx`
    WITH RECURSIVE above AS (
      SELECT parent_id FROM partners WHERE id = ${partnerId}
      UNION SELECT p.parent_id FROM partners p JOIN above a ON p.id = a.parent_id
    )
    SELECT FROM above WHERE parent_id = ${superiorId}`;
  return above.length > 0;
}
