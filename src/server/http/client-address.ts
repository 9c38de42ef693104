import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { networkList } from '../../store/access/ip-networks.ts';

/** An IPv4 address as an IPv6 socket reports it. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/** Finds the IP address a request came from. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * The address of the connection; if that is a trusted proxy, the address that the proxy reports, and so on. Entries of
 * `X-Forwarded-For` before the first untrusted address could be forged and are ignored.
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
