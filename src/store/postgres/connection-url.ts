import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import {
  type ConnectionOptions,
  checkServerIdentity,
  type PeerCertificate,
  rootCertificates,
} from 'node:tls';

/** A database URL that can't be used: the message says which parameter, and what to set. */
export class InvalidConnectionUrl extends Error {
  override readonly name = 'InvalidConnectionUrl';
}

/** How to connect, by the parameters of a URL. */
interface ConnectionTarget {
  /** Without the parameters that are for this side. */
  readonly url: string;
  readonly options: {
    readonly ssl?: false | 'prefer' | ConnectionOptions;
    /** In seconds; 0: without limit. */
    readonly connect_timeout?: number;
  };
}

/** libpq's modes, except `allow`: this driver can't try without TLS first. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];
/** Read here; the others that begin with `ssl` are refused, since they would silently protect nothing. */
const READ_HERE = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'connect_timeout'];
/** libpq's own parameters, which a server would refuse as unknown settings. */
const ONLY_LIBPQ =
  /^(ssl\w*|gss\w*|krb\w*|channel_binding|require_auth|require_peer|requirepeer|service|passfile|hostaddr|host|port|user|password|dbname|load_balance_hosts|tcp_user_timeout|keepalives\w*|fallback_application_name|min_protocol_version|max_protocol_version)$/;

/**
 * Reads a URL as libpq does (PostgreSQL manual, "Parameter Key Words" and "SSL Support"): what the driver understands by
 * itself stays in it, such as `target_session_attrs`, `application_name` and `options`.
 *
 * @throws InvalidConnectionUrl
 */
export function connectionTarget(url: string): ConnectionTarget {
  const [address = '', query = ''] = splitAt(url, '?');
  const parameters = new URLSearchParams(query);
  const given = new Map([...parameters].filter(([name]) => READ_HERE.includes(name)));
  for (const name of given.keys()) parameters.delete(name);
  const foreign = [...parameters.keys()].find((name) => ONLY_LIBPQ.test(name));
  if (foreign !== undefined) {
    throw new InvalidConnectionUrl(
      `the parameter ${foreign} is not supported: leave it out. For TLS there are ${READ_HERE.filter((name) => name.startsWith('ssl')).join(', ')}.`,
    );
  }
  const rest = parameters.toString();
  const ssl = tlsOptions(given, hostsOf(address));
  const timeout = given.get('connect_timeout');
  return {
    url: rest === '' ? address : `${address}?${rest}`,
    options: {
      ...(ssl !== undefined && { ssl }),
      ...(timeout !== undefined && { connect_timeout: secondsIn(timeout) }),
    },
  };
}

function splitAt(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Without their ports. */
function hostsOf(address: string): string[] {
  const [authority = ''] = address.slice(address.indexOf('://') + 3).split('/');
  const hosts = decodeURIComponent(authority.slice(authority.lastIndexOf('@') + 1));
  return hosts.split(',').map((host) => host.replace(/:\d*$/, '').replace(/^\[|\]$/g, ''));
}

function secondsIn(text: string): number {
  if (!/^\d{1,6}$/.test(text)) {
    throw new InvalidConnectionUrl(
      `connect_timeout is ${JSON.stringify(text.slice(0, 20))}: give whole seconds.`,
    );
  }
  return Number(text);
}

/** Undefined: the URL says nothing about TLS, and none is used. */
function tlsOptions(
  given: ReadonlyMap<string, string>,
  hosts: readonly string[],
): ConnectionTarget['options']['ssl'] {
  const isSystem = given.get('sslrootcert') === 'system';
  const mode = given.get('sslmode') ?? (isSystem ? 'verify-full' : undefined);
  if (mode === undefined) {
    const other = [...given.keys()].find((name) => name.startsWith('ssl'));
    if (other !== undefined) {
      throw new InvalidConnectionUrl(`${other} is given without sslmode: add sslmode=verify-full.`);
    }
    return undefined;
  }
  if (!SSL_MODES.includes(mode)) {
    throw new InvalidConnectionUrl(`sslmode is none of ${SSL_MODES.join(', ')}.`);
  }
  if (isSystem && mode !== 'verify-full') {
    throw new InvalidConnectionUrl(
      'sslrootcert=system needs sslmode=verify-full: everybody can get such a certificate.',
    );
  }
  if (mode === 'disable') return false;
  if (mode === 'prefer') return 'prefer';
  const ca = authorities(given.get('sslrootcert'), mode);
  return { ...ownCertificate(given), ...verification(mode, ca, hosts) };
}

/** As in libpq, `require` verifies too when there is a root certificate. */
function authorities(file: string | undefined, mode: string): ConnectionOptions['ca'] | undefined {
  if (file === 'system') return [...rootCertificates];
  if (file !== undefined) return read('sslrootcert', file);
  const usual = path.join(homedir(), '.postgresql', 'root.crt');
  try {
    return readFileSync(usual);
  } catch {
    if (mode === 'require') return undefined;
    throw new InvalidConnectionUrl(
      `sslmode=${mode} needs the certificate of the authority: add sslrootcert=<file>, or sslrootcert=system, or make ${usual}.`,
    );
  }
}

function verification(
  mode: string,
  ca: ConnectionOptions['ca'] | undefined,
  hosts: readonly string[],
): ConnectionOptions {
  if (ca === undefined) return { rejectUnauthorized: false };
  const check = mode === 'verify-full' ? hostCheck(hosts) : () => undefined;
  return { ca, rejectUnauthorized: true, checkServerIdentity: check };
}

/**
 * For a host that is an IP address the driver names none, and Node would check the certificate for "localhost".
 *
 * @param hosts of the URL
 */
function hostCheck(hosts: readonly string[]) {
  const addresses = hosts.filter((host) => isIP(host) !== 0);
  return (name: string, certificate: PeerCertificate): Error | undefined => {
    if (hosts.includes(name) && isIP(name) === 0) return checkServerIdentity(name, certificate);
    const failures = addresses.map((address) => checkServerIdentity(address, certificate));
    return failures.includes(undefined) ? undefined : (failures[0] ?? checkServerIdentity(name, certificate));
  };
}

function ownCertificate(given: ReadonlyMap<string, string>): ConnectionOptions {
  const [cert, key, passphrase] = ['sslcert', 'sslkey', 'sslpassword'].map((name) => given.get(name));
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined || key === undefined) {
    throw new InvalidConnectionUrl('sslcert and sslkey belong together: give both.');
  }
  return {
    cert: read('sslcert', cert),
    key: read('sslkey', key),
    ...(passphrase !== undefined && { passphrase }),
  };
}

function read(parameter: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new InvalidConnectionUrl(`${parameter}: ${file} can't be read (${code}).`);
  }
}
