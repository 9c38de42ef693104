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
 * Answers scrapes. On the port of the API only with METRICS_TOKEN: the figures tell how business goes, and a proxy in
 * front makes every address look like its own.
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

/** A port for scrapes alone, on the loopback address unless METRICS_HOST says otherwise. */
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

/** Compared by digest, so that neither length nor content shows in the time. */
function carries({ headers }: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(bearerToken(headers.authorization) ?? ''), digest(token));
}
