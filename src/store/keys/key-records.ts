import type { Sql, Transaction } from '../postgres/database.ts';
import { keyName, type MasterKey } from './master-key.ts';

/** The database's record of a master key. */
export interface KeyRecord {
  /** The id by which cards refer to it. */
  readonly keyId: number;
  readonly name: string;
  /** The secret for the references of voucher PINs, sealed under this key. */
  readonly voucherSecret: Buffer | null;
  readonly createdAt: Date;
  /** Null: new cards are sealed under it. */
  readonly supersededAt: Date | null;
  readonly movedCards: number;
  readonly movedAt: Date | null;
  /** Null: some cards are sealed under it. */
  readonly retiredAt: Date | null;
}

/** A running server. */
export interface KeyHolder {
  readonly instanceId: string;
  readonly place: string;
  /** The names of its keys. */
  readonly keys: readonly string[];
}

/** The id of the first key of a database. */
const FIRST_KEY_ID = 1;
/** After this time without a sign of life, an instance is considered dead. */
const HOLDER_SECONDS = 30;

/** All keys that were ever used, oldest first. */
export async function readKeyRecords(sql: Sql | Transaction): Promise<KeyRecord[]> {
  const rows = await sql<(Omit<KeyRecord, 'name'> & { fingerprint: Buffer })[]>`
    SELECT key_id AS "keyId", fingerprint, voucher_secret AS "voucherSecret", created_at AS "createdAt",
      superseded_at AS "supersededAt", moved_cards AS "movedCards", moved_at AS "movedAt", retired_at AS "retiredAt"
    FROM key_checks ORDER BY key_id`;
  return rows.map(({ fingerprint, ...row }) => ({ ...row, name: keyName(fingerprint) }));
}

/** Records the key that a database is set up with. Does nothing when there is one. */
export async function noteFirstKey(sql: Sql, key: MasterKey, voucherSecret: Buffer): Promise<void> {
  await sql`
    INSERT INTO key_checks (key_id, fingerprint, voucher_secret)
    VALUES (${FIRST_KEY_ID}, ${key.fingerprint}, ${voucherSecret}) ON CONFLICT DO NOTHING`;
}

/** Adds the voucher secret to the key in use, for databases that are older than that secret. */
export async function noteVoucherSecret(sql: Sql, keyId: number, voucherSecret: Buffer): Promise<void> {
  await sql`
    UPDATE key_checks SET voucher_secret = ${voucherSecret} WHERE key_id = ${keyId} AND voucher_secret IS NULL`;
}

/**
 * Records that an instance is alive and has these keys. Taking a new key into use conflicts with this lock: either it
 * waits and then finds the instance in the list, or it comes first and the instance then reads the new key.
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

/** The live instances. Instances that died are deleted after a while. */
export async function readHolders(sql: Sql | Transaction): Promise<KeyHolder[]> {
  return sql<KeyHolder[]>`
    SELECT instance_id AS "instanceId", place, keys FROM key_holders
    WHERE seen_at > clock_timestamp() - make_interval(secs => ${HOLDER_SECONDS}) ORDER BY instance_id`;
}

export async function purgeHolders(sql: Sql): Promise<void> {
  await sql`
    DELETE FROM key_holders WHERE seen_at < clock_timestamp() - make_interval(secs => ${10 * HOLDER_SECONDS})`;
}
