import { SYSTEM_ACTOR } from '../../domain/event.ts';
import { plainEntry } from '../../domain/security/audit-entry.ts';
import { appendAuditQuery } from '../audit/audit-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { type KeyHolder, readHolders, readKeyRecords } from './key-records.ts';
import { type KeyRing, openSecret, type SealedPin, sealSecret } from './key-ring.ts';
import type { MasterKey } from './master-key.ts';

/** Cards moved per transaction: a call with one of them waits some hundredths of a second. */
const CHUNK = 500;
/** Lock timeout, below PostgreSQL's deadlock timeout, so that transactions that serve callers go first. */
const LOCK_TIMEOUT_MS = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** A new key can't be taken into use yet. */
export class RotationRefused extends Error {
  readonly without: readonly KeyHolder[];

  constructor(message: string, without: readonly KeyHolder[] = []) {
    super(message);
    this.name = 'RotationRefused';
    this.without = without;
  }
}

/** The result of moving a chunk. */
interface MovedChunk {
  /** Cards moved since the rotation began. */
  readonly moved: number;
  /** Serials of cards in the chunk whose sealed PINs could not be opened: they stay under the old key. */
  readonly damaged: readonly string[];
  /** Null: there is more to move. */
  readonly end: 'RETIRED' | 'CARDS_LEFT' | null;
}

interface SupersededKey {
  readonly keyId: number;
  readonly movedThrough: string | null;
  readonly movedCards: number;
}

/** The instances that do not have a key. */
export async function holdersWithout(sql: Sql | Transaction, name: string): Promise<KeyHolder[]> {
  return (await readHolders(sql)).filter(({ keys }) => !keys.includes(name));
}

/**
 * Takes a new key into use: from now on new cards are sealed under it, and `moveChunk` moves the existing ones. Waits
 * for chunks of new cards that are being written.
 *
 * @throws RotationRefused when a rotation is in progress, the key was used before, or an instance does not have it.
 */
export async function beginRotation(sql: Sql, ring: KeyRing, to: MasterKey): Promise<void> {
  await sql.begin(async (tx) => {
    const [old] = await tx<{ keyId: number; voucherSecret: Buffer }[]>`
      UPDATE key_checks SET superseded_at = clock_timestamp() WHERE superseded_at IS NULL
      RETURNING key_id AS "keyId", voucher_secret AS "voucherSecret"`;
    const records = await readKeyRecords(tx);
    if (!old || records.some(({ keyId, retiredAt }) => keyId !== old.keyId && retiredAt === null)) {
      throw new RotationRefused('A rotation is in progress: it must end before the next begins.');
    }
    if (records.some(({ name }) => name === to.name)) {
      throw new RotationRefused(`The key ${to.name} was used before: make a new one.`);
    }
    const without = await holdersWithout(tx, to.name);
    if (without.length > 0) {
      throw new RotationRefused(`Not every server has the key ${to.name}.`, without);
    }
    const secret = sealSecret(to, openSecret(ring.keyOf(old.keyId), old.voucherSecret));
    await tx`
      INSERT INTO key_checks (key_id, fingerprint, voucher_secret)
      VALUES (${old.keyId + 1}, ${to.fingerprint}, ${secret})`;
    await recordInAudit(tx, 'rotateMasterKey');
  });
  await ring.refresh();
}

/**
 * Moves the next cards to the key in use: opens their PINs, then digests and seals them anew. Any process with the keys
 * may do so, several concurrently too; the old key's row stores the progress, and its lock serializes them. Each chunk
 * is one transaction, so that a crash leaves whole chunks. A lookup finds a card before and after, under one key or the
 * other.
 *
 * When no card is left under the old key, it is retired, and everything else sealed under it becomes unreadable.
 *
 * @returns undefined when no rotation is in progress
 */
export async function moveChunk(sql: Sql, ring: KeyRing): Promise<MovedChunk | undefined> {
  return sql.begin(async (tx) => {
    const [old] = await tx<SupersededKey[]>`
      SELECT key_id AS "keyId", moved_through AS "movedThrough", moved_cards AS "movedCards" FROM key_checks
      WHERE superseded_at IS NOT NULL AND retired_at IS NULL FOR UPDATE`;
    if (!old) return undefined;
    if (ring.inUse.keyId === old.keyId)
      throw new Error('The key ring does not know the key in use: refresh it.');
    const cards = await tx<(SealedPin & { serial: string })[]>`
      SELECT id, serial, pin_cipher AS "pinCipher", pin_key_id AS "pinKeyId" FROM cards
      WHERE id > ${old.movedThrough ?? FIRST_ID} AND pin_key_id = ${old.keyId} ORDER BY id LIMIT ${CHUNK}`;
    const last = cards.at(-1);
    if (!last) return { moved: old.movedCards, damaged: [], end: await retire(tx, old) };
    const damaged: string[] = [];
    const resealed = cards.flatMap((card) => {
      const sealed = reseal(ring, card);
      if (!sealed) damaged.push(card.serial);
      return sealed ?? [];
    });
    await writeResealed(tx, resealed, ring.inUse.keyId);
    const moved = old.movedCards + resealed.length;
    await tx`
      UPDATE key_checks SET moved_through = ${last.id}, moved_cards = ${moved}, moved_at = clock_timestamp()
      WHERE key_id = ${old.keyId}`;
    return { moved, damaged, end: null };
  });
}

interface ResealedPin {
  readonly id: string;
  readonly digest: Buffer;
  readonly cipher: Buffer;
}

/** Undefined when the PIN can't be opened: it was altered, or copied from another card. */
function reseal(ring: KeyRing, { id, pinCipher, pinKeyId }: SealedPin): ResealedPin | undefined {
  const { vault } = ring.inUse;
  try {
    const pin = ring.keyOf(pinKeyId).vault.open(pinCipher, id);
    return { id, digest: vault.digest(pin), cipher: vault.seal(pin, id) };
  } catch {
    return undefined;
  }
}

/** Locks the cards in the common lock order, and only after all the slow work is done. */
async function writeResealed(tx: Transaction, cards: readonly ResealedPin[], keyId: number): Promise<void> {
  const ids = cards.map(({ id }) => id);
  await tx`SELECT set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true)`;
  await tx`SELECT FROM cards WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx`
    UPDATE cards SET pin_digest = decode(n.digest, 'hex'), pin_cipher = decode(n.cipher, 'hex'), pin_key_id = ${keyId}
    FROM unnest(
      ${ids}::uuid[],
      ${cards.map(({ digest }) => digest.toString('hex'))}::text[],
      ${cards.map(({ cipher }) => cipher.toString('hex'))}::text[]
    ) AS n (id, digest, cipher)
    WHERE cards.id = n.id`;
}

/** Retires the key when no card is left under it; otherwise the next round begins with the first card. */
async function retire(tx: Transaction, { keyId }: SupersededKey): Promise<'RETIRED' | 'CARDS_LEFT'> {
  const [left] = await tx`SELECT FROM cards WHERE pin_key_id = ${keyId} LIMIT 1`;
  if (left) {
    await tx`
      UPDATE key_checks SET moved_through = NULL, moved_at = clock_timestamp() WHERE key_id = ${keyId}`;
    return 'CARDS_LEFT';
  }
  await tx`
    UPDATE key_checks SET retired_at = clock_timestamp(), voucher_secret = NULL, moved_through = NULL
    WHERE key_id = ${keyId}`;
  await recordInAudit(tx, 'retireMasterKey');
  return 'RETIRED';
}

/** The actor is a process with the database and the keys: no role, no address. */
async function recordInAudit(tx: Transaction, operation: string): Promise<void> {
  await appendAuditQuery(tx, [plainEntry({ actorId: SYSTEM_ACTOR, objectType: 'MasterKey', operation })]);
}

/** Whether there are cards to move and nobody has moved any for a while. */
export async function rotationIsLeft(sql: Sql, seconds: number): Promise<boolean> {
  const [left] = await sql`
    SELECT FROM key_checks WHERE superseded_at IS NOT NULL AND retired_at IS NULL
      AND coalesce(moved_at, superseded_at) < clock_timestamp() - make_interval(secs => ${seconds})`;
  return left !== undefined;
}

/** The number of cards under each key. Reads all cards. */
export async function cardsByKey(sql: Sql): Promise<Map<number, number>> {
  const rows = await sql<{ keyId: number; cards: number }[]>`
    SELECT pin_key_id AS "keyId", count(*)::float8 AS cards FROM cards GROUP BY pin_key_id`;
  return new Map(rows.map(({ keyId, cards }) => [keyId, cards]));
}
