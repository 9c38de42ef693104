import { randomUUID } from 'node:crypto';

/** The request id set by a proxy or client, if it is well-formed; otherwise a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : newRequestId();
}

export function newRequestId(): string {
  return randomUUID();
}
