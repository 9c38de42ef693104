import { connect, type Socket } from 'node:net';
import type { LoadOrders } from './load.ts';

/** Sends a body and resolves with the answer's. */
export type Exchange = (body: string, authorization: string) => Promise<string>;

/** Keep-alive connections, each with one request under way. */
export function httpConnections({
  port,
  path,
  slots,
}: Pick<LoadOrders, 'port' | 'path' | 'slots'>): Promise<Exchange[]> {
  return Promise.all(Array.from({ length: slots }, () => open(port, path)));
}

function open(port: number, path: string): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(exchangeOver(socket, port, path)));
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.once('error', reject);
  });
}

function exchangeOver(socket: Socket, port: number, path: string): Exchange {
  let buffered = '';
  let answered: (body: string) => void = () => {};
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
