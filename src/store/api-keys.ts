import { hash, randomBytes } from 'node:crypto';
import { InvalidInput, NotFound } from '../domain/rejections/input.ts';
import type { Sql, Transaction } from './database.ts';
import { appendEvents } from './event-log.ts';
import { newId } from './new-id.ts';

export type ApiKeyRole = 'ADMINISTRATOR' | 'PARTNER' | 'SWITCH';

export interface ApiKey {
  readonly id: string;
  /** The first characters, to tell keys apart; not secret. */
  readonly prefix: string;
  readonly name: string;
  readonly role: ApiKeyRole;
  readonly partnerId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewApiKey {
  readonly name: string;
  readonly role: ApiKeyRole;
  readonly partnerId: string | null;
  readonly expiresAt: Date | null;
  readonly actorId: string;
}

const PREFIX_LENGTH = 12;

/**
 * Makes a credential. Its secret is 256 random bits and is returned this once; only its SHA-256 is kept.
 *
 * @throws InvalidInput when role and partner do not go together; NotFound when there is no such partner.
 */
export async function createApiKey(sql: Sql, key: NewApiKey): Promise<{ apiKey: ApiKey; secret: string }> {
  refuseMisfit(key);
  return sql.begin(async (tx) => {
    if (key.partnerId !== null) await mustExist(tx, key.partnerId);
    return insertApiKey(tx, key);
  });
}

async function insertApiKey(tx: Transaction, key: NewApiKey): Promise<{ apiKey: ApiKey; secret: string }> {
  const { name, role, partnerId, expiresAt, actorId } = key;
  const secret = `clk_${randomBytes(32).toString('base64url')}`;
  const [apiKey] = await tx<ApiKey[]>`
    INSERT INTO api_keys (id, prefix, digest, name, role, partner_id, expires_at)
    VALUES (${newId()}, ${secret.slice(0, PREFIX_LENGTH)}, ${digestOf(secret)}, ${name.trim()}, ${role},
            ${partnerId}, ${expiresAt})
    RETURNING ${columns(tx)}`;
  if (!apiKey) throw new Error('An API key was inserted and not returned.');
  await appendEvents(tx, [
    {
      type: 'API_KEY_CREATED',
      actorId,
      ...(partnerId !== null && { partnerId }),
      payload: { apiKeyId: apiKey.id, prefix: apiKey.prefix, role },
    },
  ]);
  return { apiKey, secret };
}

/**
 * The first administrator's key, made when there is no key at all; undefined when there is one. Of several instances
 * that start at once, one makes it.
 */
export async function createFirstApiKey(sql: Sql, actorId: string): Promise<string | undefined> {
  return sql.begin(async (tx) => {
    await tx`LOCK TABLE api_keys IN SHARE ROW EXCLUSIVE MODE`;
    const [any] = await tx`SELECT 1 FROM api_keys LIMIT 1`;
    if (any) return undefined;
    const first = {
      name: 'First administrator',
      role: 'ADMINISTRATOR',
      partnerId: null,
      expiresAt: null,
    } as const;
    const { secret } = await insertApiKey(tx, { ...first, actorId });
    return secret;
  });
}

/** The key that a secret opens, unless it has expired or was revoked. */
export async function findApiKey(sql: Sql, secret: string): Promise<ApiKey | undefined> {
  const [apiKey] = await sql<ApiKey[]>`
    SELECT ${columns(sql)} FROM api_keys
    WHERE digest = ${digestOf(secret)} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;
  return apiKey;
}

export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

function refuseMisfit({ name, role, partnerId, expiresAt }: NewApiKey): void {
  if (name.trim().length === 0 || name.length > 200) {
    throw new InvalidInput({ field: 'name', problem: 'must have 1 to 200 characters.' });
  }
  if (role === 'PARTNER' && partnerId === null) {
    throw new InvalidInput({
      field: 'partnerId',
      problem: 'is needed for a PARTNER key: name the partner it acts for.',
    });
  }
  if (role !== 'PARTNER' && partnerId !== null) {
    throw new InvalidInput({ field: 'partnerId', problem: 'belongs to PARTNER keys only: leave it out.' });
  }
  if (expiresAt !== null && expiresAt <= new Date()) {
    throw new InvalidInput({
      field: 'expiresAt',
      problem: 'is in the past: leave it out or name a later time.',
    });
  }
}

async function mustExist(tx: Transaction, partnerId: string): Promise<void> {
  const [partner] = await tx`SELECT 1 FROM partners WHERE id = ${partnerId}`;
  if (!partner) throw new NotFound({ what: 'partner', reference: partnerId });
}

function columns(sql: Sql | Transaction) {
  return sql`id, prefix, name, role, partner_id AS "partnerId", created_at AS "createdAt",
    expires_at AS "expiresAt", revoked_at AS "revokedAt"`;
}
