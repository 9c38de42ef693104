import { connect, type Socket } from 'node:net';
import type { LoadOrders } from './load.ts';

/** Sends a body and resolves with the answer's. */
export type Exchange = (body: string, authorization: string) => Promise<string>;

/** Keep-alive connections, each with one request in progress. */
export function httpConnections({
  port,
  path,
  slots,
}: Pick<LoadOrders, 'port' | 'path' | 'slots'>): Promise<Exchange[]> {
  return Promise.all(Array.from({ length: slots }, () => reopening(port, path)));
}

/** A server may close the connection of a request that it refuses: the next one opens another. */
async function reopening(port: number, path: string): Promise<Exchange> {
  let connection = await open(port, path);
  return async (body, authorization) => {
    if (connection.socket.closed || !connection.socket.writable) connection = await open(port, path);
    return connection.exchange(body, authorization);
  };
}

interface Connection {
  readonly socket: Socket;
  readonly exchange: Exchange;
}

function open(port: number, path: string): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      resolve({ socket, exchange: exchangeOver(socket, port, path) }),
    );
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.once('error', reject);
  });
}

function exchangeOver(socket: Socket, port: number, path: string): Exchange {
  let buffered = '';
  let answered: (body: string) => void = () => {};
  // Closed before the whole body was sent: an answer without a body.
  socket.on('error', () => socket.destroy());
  socket.once('close', () => answered(''));
  socket.on('data', (data: string) => {
    buffered += data;
    const headEnd = buffered.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(buffered.slice(0, headEnd))?.[1]);
    const end = headEnd + 4 + length;
    if (buffered.length < end) return;
    const body = buffered.slice(headEnd + 4, end);
    buffered = buffered.slice(end);
    answered(body);
  });
  return (body, authorization) =>
    new Promise((resolve) => {
      answered = resolve;
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nAccept: application/json\r\nAuthorization: ${authorization}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
}
