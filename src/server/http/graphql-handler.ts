import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { newProgress } from '../../realtime/progress.ts';
import type { Authenticate } from '../authentication/request-context.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Settings } from '../settings/settings.ts';
import type { ConnectionLimits } from '../streams/connection-limits.ts';
import type { CredentialWatch } from '../streams/credential-watch.ts';
import { cutWhenSlow, isStream } from '../streams/slow-clients.ts';
import type { ClientAddress } from './client-address.ts';
import { createShortWay, isShort } from './json-fast-path.ts';
import { mediaType } from './media-types.ts';
import { refuse } from './responses.ts';

/** An operation's body is small: whoever sends it this slowly means to hold the connection. */
const BODY_LIMIT_MS = 20_000;

interface GraphQLHandlerOptions {
  authenticate: Authenticate;
  settings: Settings;
  /** Off: Yoga answers everything. */
  shortWay: boolean;
  pipeline: Pipeline;
  credentials: CredentialWatch;
  clientAddress: ClientAddress;
  /** Streams and sockets that are open. */
  connections: ConnectionLimits;
  /** Where answers that are under way are kept. */
  responses: Set<ServerResponse>;
  logger: Logger;
  metrics: Metrics;
}

/** What every operation over HTTP passes before it goes the short way or Yoga's. */
export function createGraphQLHandler(options: GraphQLHandlerOptions) {
  const { pipeline, authenticate, clientAddress, connections, credentials, responses, settings } = options;
  const { shortWay, logger, metrics } = options;
  const answerShort = createShortWay(pipeline);

  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    const { method, headers } = request;
    // GraphiQL's page is open, since a browser can't send a key for a page. What it asks for then needs one.
    if (settings.graphiql && method === 'GET' && headers.accept?.includes('text/html')) {
      return pipeline(request, response);
    }
    const address = clientAddress(request);
    const credential = { header: headers.authorization, address };
    const viewer = await authenticate(credential);
    if (!viewer) return refuse(response, UNAUTHENTICATED);
    if (method === 'POST' && !acceptType(request)) return refuse(response, UNSUPPORTED_TYPE);
    if (Number(headers['content-length']) > settings.maxBodyBytes) return refuse(response, TOO_LARGE);
    limitBodyTime(request);

    const caller = { viewer, requestId, address };
    if (shortWay && isShort(request)) return answerShort(request, response, caller);
    const place = mayStream(headers) ? connections.take(viewer.actorId, 'sse') : undefined;
    if (mayStream(headers) && !place) return refuse(response, TOO_MANY_STREAMS);
    // Whether this becomes a stream is known when it is one.
    const unwatch = credentials.watch(credential, () => isStream(response) && response.destroy());
    cutWhenSlow(response, settings, (unsentBytes) => {
      metrics.slowClients.inc({ transport: 'sse' });
      logger.info({ requestId, unsentBytes }, 'A stream was cut: its client is too slow');
    });
    responses.add(response);
    response.once('close', () => {
      place?.();
      unwatch();
      responses.delete(response);
    });
    return pipeline(request, response, { ...caller, progress: newProgress() });
  };
}

/** A body that does not come is not waited for. */
function limitBodyTime(request: IncomingMessage): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), BODY_LIMIT_MS);
  request.once('close', () => clearTimeout(timer));
}

/** The types that a form on another site can't send. Yoga knows the first one only. */
function acceptType({ headers }: IncomingMessage): boolean {
  const type = mediaType(headers['content-type']);
  if (type === 'application/graphql-response+json') headers['content-type'] = 'application/json';
  return type === 'application/json' || type === 'application/graphql-response+json';
}

/** Whether an answer may become a stream, and take a place for as long. */
function mayStream({ accept }: IncomingMessage['headers']): boolean {
  return accept?.includes('text/event-stream') === true;
}

const UNAUTHENTICATED = {
  status: 401,
  code: 'UNAUTHENTICATED',
  message: 'A valid API key is needed: send it as "Authorization: Bearer <API key>".',
  headers: { 'WWW-Authenticate': 'Bearer' },
};

const UNSUPPORTED_TYPE = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'Send the operation as JSON, with "Content-Type: application/json".',
};

const TOO_LARGE = {
  status: 413,
  code: 'REQUEST_ENTITY_TOO_LARGE',
  message: 'Request body too large',
};

const TOO_MANY_STREAMS = {
  status: 429,
  code: 'TOO_MANY_CONNECTIONS',
  message: 'Too many sockets and streams are open: close some, or try again later.',
  headers: { 'Retry-After': '5' },
};
