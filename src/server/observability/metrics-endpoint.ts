import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { bearerToken } from '../authentication/bearer-token.ts';
import { answerText } from '../http/responses.ts';
import type { Settings } from '../settings/settings.ts';
import { UsageError } from '../settings/usage-error.ts';
import type { Metrics } from './metrics.ts';

export const METRICS_PATH = '/metrics';

export type AnswerMetrics = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Answers scrapes. On the API's port only with METRICS_TOKEN: the figures are business secrets, and behind a proxy every
 * request seems to come from the proxy's address.
 */
export function metricsAnswer(
  { registry }: Metrics,
  { metricsToken }: Pick<Settings, 'metricsToken'>,
  refresh: () => Promise<void>,
): AnswerMetrics {
  return async (request, response) => {
    if (metricsToken !== undefined && !carries(request, metricsToken)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      return answerText(response, 401, 'Send METRICS_TOKEN as "Authorization: Bearer <token>".');
    }
    await refresh();
    const text = await registry.metrics();
    response.writeHead(200, { 'Content-Type': registry.contentType }).end(text);
  };
}

/** A separate port for scrapes, on the loopback address unless METRICS_HOST says otherwise. */
export async function listenForScrapes(
  { metricsHost: host, metricsPort: port }: Pick<Settings, 'metricsHost' | 'metricsPort'>,
  answer: AnswerMetrics,
): Promise<Server | undefined> {
  if (port === undefined) return undefined;
  const server = createServer((request, response) => {
    if (request.url !== METRICS_PATH) return answerText(response, 404, `Metrics are at ${METRICS_PATH}.`);
    void answer(request, response).catch(() => answerText(response, 500, 'Unexpected error.'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new UsageError(`METRICS_PORT: can't listen on ${host}, port ${port} (${error.message}).`)),
    );
    server.listen(port, host, resolve);
  });
  return server;
}

/** Compared by digest, so that the time reveals neither length nor content. */
function carries({ headers }: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(bearerToken(headers.authorization) ?? ''), digest(token));
}
