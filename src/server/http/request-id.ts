import { randomUUID } from 'node:crypto';

/** The id a proxy or client gave the request, when it is a plain one; otherwise a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : newRequestId();
}

export function newRequestId(): string {
  return randomUUID();
}
