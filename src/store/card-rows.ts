import { randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { drawPins, type PinFormat } from '../domain/pin-format.ts';
import { serialOf } from '../domain/serial.ts';
import { CURRENT_KEY_ID, type PinVault } from './pin-vault.ts';

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

/** The columns that encodeCards writes, in its order: those that differ from card to card first. */
export const CARD_COLUMNS = [
  'id',
  'serial',
  'pin_digest',
  'pin_cipher',
  'batch_id',
  'partner_id',
  'pin_key_id',
  'currency',
  'status',
  'balance',
  'held',
  'version',
  'valid_until',
  'grace_until',
  'due_at',
  'created_at',
] as const;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
const NULL = Buffer.from([0xff, 0xff, 0xff, 0xff]);

/** PostgreSQL counts microseconds from the beginning of 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

/**
 * A chunk of new, inactive cards as COPY's binary format (PostgreSQL manual, COPY, "Binary Format"): what the server
 * reads with the least work. Each has a PIN of its own that nobody has seen.
 */
export function encodeCards(order: ChunkOrder, vault: PinVault): Buffer {
  const pins = drawPins(order.pinFormat, randomBytes);
  const fieldCount = Buffer.alloc(2);
  fieldCount.writeInt16BE(CARD_COLUMNS.length);
  const alike = fieldsAlike(order);
  const rows: Buffer[] = [SIGNATURE];
  for (let n = 0; n < order.count; n += 1) {
    const id = uuidV7();
    const pin = pins.next().value;
    rows.push(
      fieldCount,
      field(uuidBytes(id)),
      field(Buffer.from(serialOf(order.serialPrefix, order.firstNumber + n), 'latin1')),
      field(vault.digest(pin)),
      field(vault.seal(pin, id)),
      alike,
    );
  }
  rows.push(TRAILER);
  return Buffer.concat(rows);
}

/** The fields that all cards of the chunk have in common, from batch_id on. */
function fieldsAlike(order: ChunkOrder): Buffer {
  const validUntil = order.validUntilMs === null ? NULL : field(timestamp(order.validUntilMs));
  const graceUntil = order.graceUntilMs === null ? NULL : field(timestamp(order.graceUntilMs));
  return Buffer.concat([
    field(uuidBytes(order.batchId)),
    order.partnerId === null ? NULL : field(uuidBytes(order.partnerId)),
    field(int16(CURRENT_KEY_ID)),
    field(Buffer.from(order.currency)),
    field(Buffer.from('INACTIVE')),
    field(int64(0n)),
    field(int64(0n)),
    field(Buffer.alloc(4)),
    validUntil,
    graceUntil,
    // An unused card changes by time at the end of its grace only.
    graceUntil,
    field(timestamp(order.createdAtMs)),
  ]);
}

function field(value: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(4 + value.length);
  bytes.writeInt32BE(value.length);
  value.copy(bytes, 4);
  return bytes;
}

function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function timestamp(ms: number): Buffer {
  return int64(BigInt(ms - POSTGRES_EPOCH_MS) * 1000n);
}
