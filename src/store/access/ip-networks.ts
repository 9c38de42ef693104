import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { NotAllowed } from '../../domain/rejections/access.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';

/** Maximum number of networks of one credential. */
const MAX_NETWORKS = 32;

/**
 * Parses networks in CIDR notation, such as `203.0.113.0/24` or `2001:db8::/32`; a bare address is a network of one.
 *
 * @throws InvalidInput for an invalid network, or for too many of them
 */
export function readNetworks(texts: readonly string[]): string[] {
  if (texts.length === 0 || texts.length > MAX_NETWORKS) {
    throw new InvalidInput({ field: 'networks', problem: `names 1 to ${MAX_NETWORKS} networks.` });
  }
  return texts.map(readNetwork);
}

function readNetwork(text: string): string {
  if (!isNetwork(text)) {
    throw new InvalidInput({
      field: 'networks',
      problem: 'holds something that is no network: write one as 203.0.113.0/24 or 2001:db8::/32.',
    });
  }
  return text.trim();
}

/** Whether a text is an address, with or without a prefix length. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.trim().split('/');
  const isAddress = isIPv4(address) || (isIPv6(address) && !address.includes('%'));
  const isLength = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest(address));
  return isAddress && isLength && more === undefined;
}

const longest = (address: string) => (isIPv4(address) ? 32 : 128);

/**
 * Refuses networks outside those that the actor itself is restricted to.
 *
 * @param own null: unrestricted
 * @param given null: from anywhere
 * @throws NotAllowed
 */
export function refuseBeyond(own: readonly string[] | null, given: readonly string[] | null): void {
  if (own === null) return;
  const beyond =
    given === null ? 'anywhere' : given.find((network) => !own.some((of) => isSubnet(network, of)));
  if (beyond !== undefined) {
    throw new NotAllowed({
      problem: `Your key may not give ${beyond}: it is good in ${own.join(', ')} only.`,
    });
  }
}

/** Whether a network is contained in another. Never across address families, even for IPv4-mapped addresses. */
function isSubnet(network: string, of: string): boolean {
  const [[base = '', bits], [ofBase = '', ofBits]] = [network.split('/'), of.split('/')];
  if (isIPv4(base) !== isIPv4(ofBase)) return false;
  if (Number(bits ?? longest(base)) < Number(ofBits ?? longest(ofBase))) return false;
  return networkList([of])(base);
}

/** Returns a predicate: is an address in one of these networks? */
export function networkList(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    list.addSubnet(base, Number(bits ?? longest(base)), isIPv4(base) ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    if (isIPv4(address)) return list.check(address, 'ipv4');
    return isIPv6(address) && list.check(address, 'ipv6');
  };
}

/** The network that an address is likely to stay in: /24 for IPv4, /48 for IPv6. */
export function networkOf(address: string): string {
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(address)) return 'unknown';
  return `${firstGroups(address).join(':')}::/48`;
}

/** The first three groups of an IPv6 address, expanded. */
function firstGroups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 3);
}
