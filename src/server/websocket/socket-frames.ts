import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Sink } from '../streams/pushed-subscription.ts';

/** Final frame of a text (RFC 6455, 5.2). */
const TEXT = 0x81;
const LENGTH_IN_16_BITS = 126;
const LENGTH_IN_64_BITS = 127;

/** Unsent bytes beyond which a client receives nothing more until it has accepted them all. */
const ROOM_BYTES = 65_536;

/**
 * Writes whole frames to the connection below `ws`. `ws` itself passes each message on in two pieces, which takes longer
 * than copying its few hundred bytes behind their header (measured: 15 % more CPU time). This is safe because neither of
 * the two compresses or fragments messages, so that each write is a whole frame.
 */
export class SocketFrames {
  readonly #opened: WebSocket;
  readonly #raw: Socket;
  #waiting: (() => void)[] = [];

  constructor(opened: WebSocket, raw: Socket) {
    this.#opened = opened;
    this.#raw = raw;
    raw.on('drain', () => {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const listener of waiting) listener();
    });
  }

  /** Sends a text given in three parts. @returns whether there is room for another; if not, wait for `onRoom`. */
  send(before: Buffer, text: Buffer, after: Buffer): boolean {
    const { OPEN, readyState } = this.#opened;
    if (readyState !== OPEN) return false;
    const length = before.length + text.length + after.length;
    const frame = Buffer.allocUnsafe(headLength(length) + length);
    let end = writeHead(frame, length);
    for (const part of [before, text, after]) end += part.copy(frame, end);
    this.#raw.write(frame);
    return this.#raw.writableLength <= ROOM_BYTES;
  }

  /** The listener is called once, when the client has accepted everything. */
  onRoom(listener: () => void): void {
    this.#waiting.push(listener);
  }
}

function headLength(length: number): number {
  if (length < LENGTH_IN_16_BITS) return 2;
  return length < 65_536 ? 4 : 10;
}

/** @returns where the payload begins */
function writeHead(frame: Buffer, length: number): number {
  frame[0] = TEXT;
  if (length < LENGTH_IN_16_BITS) {
    frame[1] = length;
    return 2;
  }
  if (length < 65_536) {
    frame[1] = LENGTH_IN_16_BITS;
    return frame.writeUInt16BE(length, 2);
  }
  frame[1] = LENGTH_IN_64_BITS;
  return frame.writeBigUInt64BE(BigInt(length), 2);
}

const END = Buffer.from('}');

/** Sends an operation's results as `next` messages of graphql-ws. @param onAway called if the database is away */
export function socketSink(frames: SocketFrames, { id, onAway }: { id: string; onAway: () => void }): Sink {
  const before = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return {
    push: ({ bytes, isAway }) => {
      const hasRoom = frames.send(before, bytes, END);
      if (isAway) onAway();
      return hasRoom;
    },
    onRoom: (listener) => frames.onRoom(listener),
  };
}
