import { randomBytes } from 'node:crypto';
import { drawPins, type PinFormat } from '../../domain/batches/pin-format.ts';
import { serialOf } from '../../domain/cards/serial.ts';
import type { KeyInUse } from '../keys/key-ring.ts';
import { DIGEST_BYTES, SEALING_BYTES } from '../keys/pin-vault.ts';
import { BinaryFields, BinaryRows, int16, int64, timestamp, uuidBytes } from '../postgres/binary-rows.ts';
import { newId } from '../postgres/new-id.ts';
import type { cards } from '../schema/cards.ts';

/** Input for the rows of a chunk of new cards. Plain data: it is passed to a worker thread. */
export interface ChunkOrder {
  readonly batchId: string;
  readonly partnerId: string | null;
  readonly currency: string;
  readonly serialPrefix: string;
  /** Running number of the first serial of the chunk. */
  readonly firstNumber: number;
  readonly count: number;
  readonly pinFormat: PinFormat;
  /** Milliseconds since 1970; null: no deadline for the first use. */
  readonly validUntilMs: number | null;
  readonly graceUntilMs: number | null;
  readonly createdAtMs: number;
}

export interface MadeChunk {
  /** The key that seals its PINs. */
  readonly keyId: number;
  /** COPY's binary format. */
  readonly rows: Uint8Array<ArrayBuffer>;
  /** The digests of its PINs under earlier keys that some cards still use, concatenated. */
  readonly earlierDigests: Uint8Array<ArrayBuffer>;
}

/** The columns that encodeCards writes, in its order: columns that vary from card to card come first. */
export const CARD_COLUMNS = [
  'id',
  'serial',
  'pinDigest',
  'pinCipher',
  'batchId',
  'partnerId',
  'pinKeyId',
  'currency',
  'status',
  'balance',
  'held',
  'version',
  'validUntil',
  'graceUntil',
  'dueAt',
  'createdAt',
] as const satisfies readonly (keyof typeof cards.$inferSelect)[];

/**
 * Encodes a chunk of new, inactive cards in COPY's binary format (PostgreSQL manual, COPY, "Binary Format"), the
 * cheapest for the server to parse. Each card gets a newly generated PIN. The result has its own buffer, which can be
 * transferred between threads.
 */
export function encodeCards(order: ChunkOrder, { keyId, vault, earlier }: KeyInUse): MadeChunk {
  const pins = drawPins(order.pinFormat, randomBytes);
  const alike = fieldsAlike(order, keyId);
  const earlierDigests = new BinaryFields(order.count * earlier.length * DIGEST_BYTES);
  const rows = new BinaryRows(order.count * rowBytes(order, alike));
  for (let n = 0; n < order.count; n += 1) {
    const id = newId();
    const pin = pins.next().value;
    rows.row(CARD_COLUMNS.length);
    rows.uuid(id);
    rows.text(serialOf(order.serialPrefix, order.firstNumber + n));
    rows.field(vault.digest(pin));
    rows.field(vault.seal(pin, id));
    rows.bytes(alike);
    for (const each of earlier) earlierDigests.bytes(each.digest(pin));
  }
  return { keyId, rows: rows.ended(), earlierDigests: earlierDigests.written() };
}

/** Upper bound for the size of one row. */
function rowBytes({ serialPrefix, pinFormat }: ChunkOrder, alike: Buffer): number {
  const lengths = 2 + 4 * 4;
  const sealed = SEALING_BYTES + pinFormat.length;
  // Twenty digits: no running number is longer.
  return lengths + 16 + serialPrefix.length + 20 + DIGEST_BYTES + sealed + alike.length;
}

/** The fields that are the same for all cards of the chunk, from batchId on. */
function fieldsAlike(order: ChunkOrder, keyId: number): Buffer {
  const rows = new BinaryFields(1_000);
  rows.field(uuidBytes(order.batchId));
  rows.optional(order.partnerId === null ? null : uuidBytes(order.partnerId));
  rows.field(int16(keyId));
  rows.field(Buffer.from(order.currency));
  rows.field(Buffer.from('INACTIVE'));
  rows.field(int64(0n));
  rows.field(int64(0n));
  rows.field(Buffer.alloc(4));
  rows.optional(order.validUntilMs === null ? null : timestamp(order.validUntilMs));
  rows.optional(order.graceUntilMs === null ? null : timestamp(order.graceUntilMs));
  // For an unused card, the only change that time causes is the end of its grace period.
  rows.optional(order.graceUntilMs === null ? null : timestamp(order.graceUntilMs));
  rows.field(timestamp(order.createdAtMs));
  return Buffer.from(rows.written());
}
