import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AnswerMetrics, METRICS_PATH } from '../observability/metrics-endpoint.ts';
import { GRAPHQL_PATH } from '../pipeline/pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import type { ClientAddress } from './client-address.ts';
import { answerCors } from './response-headers.ts';
import { answerText } from './responses.ts';
import { matchRoute, type Route } from './route-matching.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse, requestId: string) => Promise<void>;

interface RouterParts {
  readonly settings: Pick<Settings, 'corsOrigins'>;
  readonly routes: readonly Route[];
  readonly answerGraphQL: Answer;
  /** Omitted: scrapes are refused. */
  readonly answerMetrics: AnswerMetrics | undefined;
  readonly clientAddress: ClientAddress;
  isReady(): Promise<boolean>;
}

/** Answers each request by its path: GraphQL, health, metrics, and the given routes. */
export function createRouter({ settings, routes, ...parts }: RouterParts): Answer {
  const { answerGraphQL, answerMetrics, clientAddress, isReady } = parts;
  return async (request, response, requestId) => {
    const path = pathOf(request);
    if (path === GRAPHQL_PATH) {
      if (answerCors(request, response, settings.corsOrigins)) return;
      return answerGraphQL(request, response, requestId);
    }
    if (path === '/healthz') return answerText(response, 200, 'ok');
    if (path === '/readyz') {
      const ready = await isReady();
      return answerText(response, ready ? 200 : 503, ready ? 'ready' : 'not ready');
    }
    if (path === METRICS_PATH && answerMetrics) return answerMetrics(request, response);
    const match = matchRoute(routes, request.method ?? '', path);
    if (!match) return answerText(response, 404, `Nothing is here: GraphQL is at ${GRAPHQL_PATH}.`);
    if (match.route) {
      const call = { params: match.params, requestId, address: clientAddress(request) };
      return match.route.handle(request, response, call);
    }
    response.setHeader('Allow', match.methods.join(', '));
    answerText(response, 405, 'Method not allowed.');
  };
}

/** The route of a path: without secrets, and without parts that a client could invent. */
export function routeOf(path: string): string {
  if ([GRAPHQL_PATH, METRICS_PATH, '/healthz', '/readyz'].includes(path)) return path;
  return path.startsWith('/files/') ? '/files' : 'other';
}

export function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
