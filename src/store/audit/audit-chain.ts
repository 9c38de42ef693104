import { createHash } from 'node:crypto';
import type { Sql, Transaction } from '../postgres/database.ts';

/** The most entries in one block. */
const BLOCK = 1_000;

/** Entries per partition: a block never spans two, so that partitions can be dropped with whole blocks. */
export const AUDIT_PARTITION = 1_000_000;

/** Arbitrary fixed number; only this program takes the lock. */
const SEAL_LOCK = 4_220_761_305;

/** The previous hash of the first block. */
const NO_HASH = Buffer.alloc(32);

/**
 * The digest of an entry `e` in SQL: SHA-256 of its columns as a JSON list, in the order of the table, with the instant
 * in UTC to the microsecond. It is defined in the program, since whoever can alter entries in the database could alter
 * a function there too.
 */
export const ENTRY_DIGEST = `sha256(convert_to(jsonb_build_array(e.position,
  to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.role, e.key_prefix, e.operation,
  e.address, e.request_id, e.object_type, e.object_id, e.outcome)::text, 'UTF8'))`;

/** The hash of a block `b` in SQL: over the hash of the previous block, its bounds and the digests of its entries. */
export const BLOCK_HASH = `sha256(b.previous_hash || int8send(b.number) || int8send(b.from_position)
  || int8send(b.to_position) || b.digests)`;

interface Seal {
  readonly number: bigint;
  readonly toPosition: bigint;
  readonly hash: Buffer;
}

/**
 * Seals the entries written since the last seal, in blocks. Of several instances one does it at a time; the others find
 * nothing to do. Positions are in commit order without gaps, so all entries up to the last visible one are visible.
 *
 * @returns how many blocks were sealed
 */
export async function sealAuditBlocks(sql: Sql, signal?: AbortSignal): Promise<number> {
  let sealed = 0;
  while (!signal?.aborted && (await sql.begin(sealNext))) sealed += 1;
  return sealed;
}

/** @returns whether there was something to seal */
async function sealNext(tx: Transaction): Promise<boolean> {
  const [lock] = await tx<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${SEAL_LOCK}) AS mine`;
  if (!lock?.mine) return false;
  const [last] = await tx<Seal[]>`
    SELECT number, to_position AS "toPosition", hash FROM audit_blocks ORDER BY number DESC LIMIT 1`;
  const from = (last?.toPosition ?? 0n) + 1n;
  const end = lastOfBlock(from);
  const rows = await tx.unsafe<{ position: bigint; digest: Buffer }[]>(
    `SELECT e.position, ${ENTRY_DIGEST} AS digest FROM audit_entries e
     WHERE e.position BETWEEN $1::text::bigint AND $2::text::bigint ORDER BY e.position`,
    [`${from}`, `${end}`],
  );
  const to = rows.at(-1)?.position;
  if (to === undefined) return false;
  // No crash can make a gap, so one is never sealed over, and verification reports it.
  if (to !== from + BigInt(rows.length) - 1n)
    throw new Error(`The audit trail has missing positions after ${from - 1n}.`);
  const digests = Buffer.concat(rows.map(({ digest }) => digest));
  const number = (last?.number ?? 0n) + 1n;
  const previous = last?.hash ?? NO_HASH;
  const hash = hashOf({ previous, number, from, to, digests });
  await tx`
    INSERT INTO audit_blocks (number, from_position, to_position, count, digests, previous_hash, hash)
    VALUES (${`${number}`}::text::bigint, ${`${from}`}::text::bigint, ${`${to}`}::text::bigint, ${rows.length}, ${digests},
            ${previous}, ${hash})`;
  return true;
}

/** The last position allowed in a block that starts here. */
function lastOfBlock(from: bigint): bigint {
  const size = BigInt(AUDIT_PARTITION);
  const endOfPartition = (from / size + 1n) * size - 1n;
  const full = from + BigInt(BLOCK) - 1n;
  return full < endOfPartition ? full : endOfPartition;
}

/** The same hash as BLOCK_HASH. */
function hashOf(block: { previous: Buffer; number: bigint; from: bigint; to: bigint; digests: Buffer }) {
  const { previous, number, from, to, digests } = block;
  const bounds = Buffer.alloc(24);
  [number, from, to].forEach((value, index) => void bounds.writeBigInt64BE(value, index * 8));
  return createHash('sha256').update(previous).update(bounds).update(digests).digest();
}
