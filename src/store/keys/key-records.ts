import type { Sql, Transaction } from '../postgres/database.ts';
import { keyName, type MasterKey } from './master-key.ts';

/** What the database knows of a master key. */
export interface KeyRecord {
  /** What cards name it by. */
  readonly keyId: number;
  readonly name: string;
  /** What keyed vouchers are told apart by, sealed under it. */
  readonly voucherSecret: Buffer | null;
  readonly createdAt: Date;
  /** Null: new cards are under it. */
  readonly supersededAt: Date | null;
  readonly movedCards: number;
  readonly movedAt: Date | null;
  /** Null: cards are under it. */
  readonly retiredAt: Date | null;
}

/** A server that is running. */
export interface KeyHolder {
  readonly instanceId: string;
  readonly place: string;
  /** The names of its keys. */
  readonly keys: readonly string[];
}

/** The first key of a database. */
const FIRST_KEY_ID = 1;
/** An instance that was not heard of for so long has ended without a word. */
export const HOLDER_SECONDS = 30;

/** All keys there ever were, the oldest first. */
export async function readKeyRecords(sql: Sql | Transaction): Promise<KeyRecord[]> {
  const rows = await sql<(Omit<KeyRecord, 'name'> & { fingerprint: Buffer })[]>`
    SELECT key_id AS "keyId", fingerprint, voucher_secret AS "voucherSecret", created_at AS "createdAt",
      superseded_at AS "supersededAt", moved_cards AS "movedCards", moved_at AS "movedAt", retired_at AS "retiredAt"
    FROM key_checks ORDER BY key_id`;
  return rows.map(({ fingerprint, ...row }) => ({ ...row, name: keyName(fingerprint) }));
}

/** Notes the key that a database is set up with. Does nothing where there is one. */
export async function noteFirstKey(sql: Sql, key: MasterKey, voucherSecret: Buffer): Promise<void> {
  await sql`
    INSERT INTO key_checks (key_id, fingerprint, voucher_secret)
    VALUES (${FIRST_KEY_ID}, ${key.fingerprint}, ${voucherSecret}) ON CONFLICT DO NOTHING`;
}

/** Gives the key in use its secret, where a database is older than that. */
export async function noteVoucherSecret(sql: Sql, keyId: number, voucherSecret: Buffer): Promise<void> {
  await sql`
    UPDATE key_checks SET voucher_secret = ${voucherSecret} WHERE key_id = ${keyId} AND voucher_secret IS NULL`;
}

/**
 * Notes that an instance lives and has these keys. Whoever takes a new key into use waits for it, and finds the instance on
 * the list; or is first, and then the instance reads the new key.
 */
export async function noteHolder(tx: Transaction, { instanceId, place, keys }: KeyHolder): Promise<void> {
  await tx`SELECT FROM key_checks WHERE superseded_at IS NULL FOR SHARE`;
  await tx`
    INSERT INTO key_holders (instance_id, place, keys, seen_at)
    VALUES (${instanceId}, ${place}, ${[...keys]}::text[], clock_timestamp())
    ON CONFLICT (instance_id) DO UPDATE SET keys = excluded.keys, seen_at = excluded.seen_at`;
}

export async function forgetHolder(sql: Sql, instanceId: string): Promise<void> {
  await sql`DELETE FROM key_holders WHERE instance_id = ${instanceId}`;
}

/** The instances that live. Those that ended without a word are forgotten after a while. */
export async function readHolders(sql: Sql | Transaction): Promise<KeyHolder[]> {
  return sql<KeyHolder[]>`
    SELECT instance_id AS "instanceId", place, keys FROM key_holders
    WHERE seen_at > clock_timestamp() - make_interval(secs => ${HOLDER_SECONDS}) ORDER BY instance_id`;
}

export async function purgeHolders(sql: Sql): Promise<void> {
  await sql`
    DELETE FROM key_holders WHERE seen_at < clock_timestamp() - make_interval(secs => ${10 * HOLDER_SECONDS})`;
}
