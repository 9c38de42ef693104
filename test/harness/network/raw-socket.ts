import { connect, type Socket } from 'node:net';

export interface RawSocketOptions {
  readonly port: number;
  /** Undefined: nothing is asked for, and all that comes is taken. */
  readonly subscription:
    | { readonly key: string; readonly query: string; readonly variables: object }
    | undefined;
  /** Each text message after the handshake, as it came. */
  onText(text: Buffer): void;
  onClose(): void;
}

/**
 * A WebSocket with nothing that takes time, so that thousands of them in one process are not what is measured: frames
 * of a server are never masked nor, here, in parts (RFC 6455).
 */
export function openRawSocket({ port, subscription, onText, onClose }: RawSocketOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    socket.write(UPGRADE);
    let rest: Buffer = Buffer.alloc(0);
    let isUp = false;
    const send = (text: object) => socket.write(frame(0x1, Buffer.from(JSON.stringify(text))));
    const take = (opcode: number, payload: Buffer) => {
      if (opcode === 0x9) socket.write(frame(0xa, payload));
      if (opcode === 0x8) socket.destroy();
      if (opcode !== 0x1) return;
      if (!subscription || payload.includes('"type":"next"')) return onText(payload);
      if (!payload.includes('"connection_ack"')) return reject(new Error(payload.toString()));
      const { query, variables } = subscription;
      send({ id: '1', type: 'subscribe', payload: { query, variables } });
      resolve(socket);
    };
    socket.on('data', (data) => {
      rest = rest.length > 0 ? Buffer.concat([rest, data]) : data;
      if (!isUp) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!rest.includes(' 101 ')) return reject(new Error(rest.toString()));
        isUp = true;
        rest = rest.subarray(end + 4);
        if (!subscription) resolve(socket);
        else send({ type: 'connection_init', payload: { authorization: `Bearer ${subscription.key}` } });
      }
      rest = rest.subarray(takeFrames(rest, take));
    });
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('Closed.'));
      onClose();
    });
  });
}

const UPGRADE = [
  'GET /graphql HTTP/1.1',
  'Host: 127.0.0.1',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Protocol: graphql-transport-ws',
  '\r\n',
].join('\r\n');

/** Masked with zeros, which changes nothing. */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (length < 126 ? length : 126);
  if (length >= 126) head.writeUInt16BE(length, 2);
  return Buffer.concat([head, payload]);
}

/** @returns how many bytes were whole frames */
function takeFrames(data: Buffer, take: (opcode: number, payload: Buffer) => void): number {
  let at = 0;
  while (data.length - at >= 2) {
    const short = (data[at + 1] ?? 0) & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (data.length - at < head) break;
    const length =
      short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : data.readUIntBE(at + 4, 6);
    if (data.length - at < head + length) break;
    take((data[at] ?? 0) & 0x0f, data.subarray(at + head, at + head + length));
    at += head + length;
  }
  return at;
}

const MARK = Buffer.from('"cursor":"');

/** The cursor of a message. */
export function cursorIn(text: Buffer): string {
  const from = text.indexOf(MARK) + MARK.length;
  return text.toString('latin1', from, text.indexOf(0x22, from));
}
