import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { answerText, refuse } from './answers.ts';
import type { Authenticate, MakeContext } from './caller.ts';
import { type CredentialWatch, watchCredentials } from './credential-watch.ts';
import { mediaType } from './media-types.ts';
import { createPipeline, GRAPHQL_PATH, type Pipeline } from './pipeline.ts';
import { requestIdFrom } from './request-id.ts';
import { matchRoute, type Route } from './routes.ts';
import type { Settings } from './settings.ts';
import { createShortWay, isShort } from './short-way.ts';
import { createWebSocketTransport } from './web-socket.ts';

/** Longer than the usual minute of load balancers, so that it is not us who closes first. */
const KEEP_ALIVE_MS = 65_000;

export interface HttpServerOptions<Context extends object> {
  schema: GraphQLSchema;
  makeContext: MakeContext<Context>;
  authenticate: Authenticate;
  settings: Settings;
  logger: Logger;
  routes?: readonly Route[];
  /** Whether operations can be answered now, for load balancers. */
  isReady?: () => Promise<boolean>;
  /** Off: Yoga answers everything. For tests that compare. */
  shortWay?: boolean;
}

export interface HttpServer {
  readonly server: Server;
  readonly pipeline: Pipeline;
  /** @returns the port that was taken. */
  listen(): Promise<number>;
  /** Takes no more requests, sends the clients of streams away, and waits for what is under way. */
  drain(): Promise<void>;
}

/** GraphQL over HTTP, SSE and WebSocket, file links and health, on one port. */
export function createHttpServer<Context extends object>(options: HttpServerOptions<Context>): HttpServer {
  const { authenticate, settings, logger } = options;
  const pipeline = createPipeline(options);
  const credentials = watchCredentials(authenticate, logger);
  const sockets = createWebSocketTransport({
    pipeline,
    authenticate,
    credentials,
    maxMessageBytes: settings.maxBodyBytes,
    logger,
  });
  const responses = new Set<ServerResponse>();
  const answerGraphQL = createGraphQLHandler({ ...options, pipeline, credentials, responses });
  let draining = false;

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> => {
    const path = pathOf(request);
    if (path === GRAPHQL_PATH) return answerGraphQL(request, response, requestId);
    if (path === '/healthz') return answerText(response, 200, 'ok');
    if (path === '/readyz') {
      const ready = !draining && (await (options.isReady?.() ?? true));
      return answerText(response, ready ? 200 : 503, ready ? 'ready' : 'not ready');
    }
    const match = matchRoute(options.routes ?? [], request.method ?? '', path);
    if (!match) return answerText(response, 404, `Nothing is here: GraphQL is at ${GRAPHQL_PATH}.`);
    if (match.route) return match.route.handle(request, response, { params: match.params, requestId });
    response.setHeader('Allow', match.methods.join(', '));
    answerText(response, 405, 'Method not allowed.');
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    response.setHeader('X-Request-Id', requestId);
    answer(request, response, requestId).catch((error) => {
      if (request.destroyed && !request.complete) return logger.debug({ requestId }, 'A client went away');
      logger.error({ err: error, requestId }, 'Unexpected error');
      refuse(response, { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.' });
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (pathOf(request) === GRAPHQL_PATH && !draining) sockets.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });

  return {
    server,
    pipeline,
    listen: () => listen(server, settings),
    drain: async () => {
      draining = true;
      credentials.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      await sockets.drain();
      for (const response of responses) if (isStream(response)) response.destroy();
      server.closeIdleConnections();
      const stragglers = setTimeout(() => server.closeAllConnections(), settings.drainSeconds * 1_000);
      await closed;
      clearTimeout(stragglers);
    },
  };
}

interface GraphQLHandlerOptions
  extends Pick<HttpServerOptions<object>, 'authenticate' | 'settings' | 'shortWay'> {
  pipeline: Pipeline;
  credentials: CredentialWatch;
  responses: Set<ServerResponse>;
}

/** What every operation over HTTP passes before it goes the short way or Yoga's. */
function createGraphQLHandler(options: GraphQLHandlerOptions) {
  const { pipeline, authenticate, credentials, responses, settings, shortWay = true } = options;
  const answerShort = createShortWay(pipeline);

  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    const { method, headers } = request;
    // GraphiQL's page is open, since a browser can't send a key for a page. What it asks for then needs one.
    if (settings.graphiql && method === 'GET' && headers.accept?.includes('text/html')) {
      return pipeline(request, response);
    }
    const viewer = await authenticate(headers.authorization);
    if (!viewer) return refuse(response, UNAUTHENTICATED);
    if (method === 'POST' && !acceptType(request)) return refuse(response, UNSUPPORTED_TYPE);
    if (Number(headers['content-length']) > settings.maxBodyBytes) return refuse(response, TOO_LARGE);

    const caller = { viewer, requestId };
    if (shortWay && isShort(request)) return answerShort(request, response, caller);
    // Whether this becomes a stream is known when it is one.
    const unwatch = credentials.watch(headers.authorization, () => isStream(response) && response.destroy());
    responses.add(response);
    response.once('close', () => {
      unwatch();
      responses.delete(response);
    });
    return pipeline(request, response, caller);
  };
}

/** The types that a form on another site can't send. Yoga knows the first one only. */
function acceptType({ headers }: IncomingMessage): boolean {
  const type = mediaType(headers['content-type']);
  if (type === 'application/graphql-response+json') headers['content-type'] = 'application/json';
  return type === 'application/json' || type === 'application/graphql-response+json';
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
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

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

async function listen(server: Server, { port, host }: Settings): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
