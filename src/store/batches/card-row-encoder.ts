import { randomBytes } from 'node:crypto';
import { drawPins, type PinFormat } from '../../domain/batches/pin-format.ts';
import { serialOf } from '../../domain/cards/serial.ts';
import type { KeyInUse } from '../keys/key-ring.ts';
import { DIGEST_BYTES, SEALING_BYTES } from '../keys/pin-vault.ts';
import { BinaryFields, BinaryRows, int16, int64, timestamp, uuidBytes } from '../postgres/binary-rows.ts';
import { newId } from '../postgres/new-id.ts';
import type { cards } from '../schema/cards.ts';

/** What the rows of a chunk of new cards are made from. Plain data: it crosses to a worker thread. */
export interface ChunkOrder {
  readonly batchId: string;
  readonly partnerId: string | null;
  readonly currency: string;
  readonly serialPrefix: string;
  /** Running number of the first serial of the chunk. */
  readonly firstNumber: number;
  readonly count: number;
  readonly pinFormat: PinFormat;
  /** Milliseconds since 1970; null: no last date of first use. */
  readonly validUntilMs: number | null;
  readonly graceUntilMs: number | null;
  readonly createdAtMs: number;
}

export interface MadeChunk {
  /** The key that its PINs are under. */
  readonly keyId: number;
  /** COPY's binary format. */
  readonly rows: Uint8Array<ArrayBuffer>;
  /** The digests that its PINs have under keys that other cards may still be under, one after another. */
  readonly earlierDigests: Uint8Array<ArrayBuffer>;
}

/** The columns that encodeCards writes, in its order: those that differ from card to card first. */
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
 * A chunk of new, inactive cards as COPY's binary format (PostgreSQL manual, COPY, "Binary Format"): what the server
 * reads with the least work. Each has a PIN of its own that nobody has seen. Written into one piece of memory of its
 * own, which can be handed from thread to thread.
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

/** The most that one row takes. */
function rowBytes({ serialPrefix, pinFormat }: ChunkOrder, alike: Buffer): number {
  const lengths = 2 + 4 * 4;
  const sealed = SEALING_BYTES + pinFormat.length;
  // Twenty digits: more than any running number has.
  return lengths + 16 + serialPrefix.length + 20 + DIGEST_BYTES + sealed + alike.length;
}

/** The fields that all cards of the chunk have in common, from batchId on. */
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
  // An unused card changes by time at the end of its grace only.
  rows.optional(order.graceUntilMs === null ? null : timestamp(order.graceUntilMs));
  rows.field(timestamp(order.createdAtMs));
  return Buffer.from(rows.written());
}
