import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { networkList } from '../../store/access/ip-networks.ts';

/** IPv4 as a socket that listens on IPv6 writes it. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/** Finds the IP address a request came from. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * The address of the connection; or, when that is a trusted proxy, the one the proxy says it got the request from, and
 * so on. What stands before the first untrusted address in `X-Forwarded-For` anybody could have written there.
 */
export function clientAddressBehind(trustedProxies: readonly string[]): ClientAddress {
  if (trustedProxies.length === 0) return connectionAddress;
  const isTrusted = networkList(trustedProxies);
  return (request) => {
    const hops = forwardedFor(request);
    let address = connectionAddress(request);
    while (isTrusted(address)) {
      const before = hops.pop()?.replace(MAPPED, '');
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

function connectionAddress({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(MAPPED, '');
}

function forwardedFor({ headers }: IncomingMessage): string[] {
  return [headers['x-forwarded-for'] ?? []]
    .flat()
    .flatMap((line) => line.split(',').map((hop) => hop.trim()));
}
