const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER_BYTES = 2;
const NULL_FIELD = Buffer.from([0xff, 0xff, 0xff, 0xff]);

/** PostgreSQL counts microseconds from the start of 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

/** Fields in sequence, each preceded by its length, in one buffer that grows when necessary. */
export class BinaryFields {
  #buffer: Buffer<ArrayBuffer>;
  #length = 0;

  /** @param bytes initial capacity */
  constructor(bytes: number) {
    this.#buffer = Buffer.from(new ArrayBuffer(bytes));
  }

  int16(value: number): void {
    this.#makeRoom(2);
    this.#length = this.#buffer.writeInt16BE(value, this.#length);
  }

  field(value: Buffer): void {
    this.#makeRoom(4 + value.length);
    this.#length = this.#buffer.writeInt32BE(value.length, this.#length);
    this.bytes(value);
  }

  optional(value: Buffer | null): void {
    if (value === null) this.bytes(NULL_FIELD);
    else this.field(value);
  }

  /** Fields written in place, without a separate buffer for each. */
  uuid(id: string): void {
    this.#makeRoom(4 + 16);
    this.#length = this.#buffer.writeInt32BE(16, this.#length);
    this.#length += this.#buffer.write(id.replaceAll('-', ''), this.#length, 'hex');
  }

  int32(value: number): void {
    this.#makeRoom(4 + 4);
    this.#length = this.#buffer.writeInt32BE(4, this.#length);
    this.#length = this.#buffer.writeInt32BE(value, this.#length);
  }

  optionalInt32(value: number | null): void {
    if (value === null) this.bytes(NULL_FIELD);
    else this.int32(value);
  }

  int64(value: bigint | null): void {
    if (value === null) {
      this.bytes(NULL_FIELD);
      return;
    }
    this.#makeRoom(4 + 8);
    this.#length = this.#buffer.writeInt32BE(8, this.#length);
    this.#length = this.#buffer.writeBigInt64BE(value, this.#length);
  }

  instant(value: Date | null): void {
    if (value === null) {
      this.bytes(NULL_FIELD);
      return;
    }
    const micros = (value.getTime() - POSTGRES_EPOCH_MS) * 1_000;
    this.#makeRoom(4 + 8);
    this.#length = this.#buffer.writeInt32BE(8, this.#length);
    this.#length = this.#buffer.writeInt32BE(Math.floor(micros / 2 ** 32), this.#length);
    this.#length = this.#buffer.writeUInt32BE(micros - Math.floor(micros / 2 ** 32) * 2 ** 32, this.#length);
  }

  /** For serials, states and codes, whose characters are one byte each. */
  text(value: string | null): void {
    if (value === null) {
      this.bytes(NULL_FIELD);
      return;
    }
    this.#makeRoom(4 + value.length);
    this.#length = this.#buffer.writeInt32BE(value.length, this.#length);
    this.#length += this.#buffer.write(value, this.#length, 'latin1');
  }

  bytes(value: Buffer): void {
    this.#makeRoom(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }

  written(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#buffer.buffer, 0, this.#length);
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(2 * (this.#buffer.length + bytes)));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}

/**
 * Rows in COPY's binary format (PostgreSQL manual, COPY, "Binary Format"), the cheapest for the server to read. They
 * are in a buffer that can be transferred between threads.
 */
export class BinaryRows extends BinaryFields {
  /** @param bytes expected size of the rows */
  constructor(bytes: number) {
    super(SIGNATURE.length + bytes + TRAILER_BYTES);
    this.bytes(SIGNATURE);
  }

  /** Starts a row with this many fields. */
  row(fields: number): void {
    this.int16(fields);
  }

  /** All rows, with the trailer. */
  ended(): Uint8Array<ArrayBuffer> {
    this.int16(-1);
    return this.written();
  }
}

export function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** @param ms milliseconds since 1970 */
export function timestamp(ms: number): Buffer {
  return int64(BigInt(ms - POSTGRES_EPOCH_MS) * 1000n);
}
