import type { IncomingMessage } from 'node:http';

/** IPv4 as a socket that listens on IPv6 writes it. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/** The IP address a request came from. */
export function clientAddress({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(MAPPED, '');
}
