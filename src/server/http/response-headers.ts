import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long a browser may cache a preflight response, in seconds. */
const PREFLIGHT_SECONDS = 600;

/**
 * Headers of every response: no content sniffing, framing, caching or referrers. `Strict-Transport-Security` is left to
 * the proxy, which has the certificate.
 */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
} as const;

export function setHeaders(response: ServerResponse, requestId: string): void {
  response.setHeader('X-Request-Id', requestId);
  for (const name in ALWAYS) response.setHeader(name, ALWAYS[name as keyof typeof ALWAYS]);
}

/**
 * Opens the API to pages of the configured origins, compared exactly, by the Fetch standard's CORS protocol. The browser
 * sends no cookies or other credentials of its own: a page authenticates with a header.
 *
 * @returns whether the request was a preflight, which then has its response.
 */
export function answerCors(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): boolean {
  if (origins.length === 0) return false;
  response.setHeader('Vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return false;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After');
  if (request.method !== 'OPTIONS') return false;
  response
    .writeHead(204, {
      'Access-Control-Allow-Methods': 'POST, GET',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept, X-Request-Id',
      'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
    })
    .end();
  return true;
}
