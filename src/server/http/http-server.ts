import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { Broadcasts } from '../../realtime/broadcasts.ts';
import type { Authenticate, MakeContext } from '../authentication/request-context.ts';
import { Metrics } from '../observability/metrics.ts';
import type { AnswerMetrics } from '../observability/metrics-endpoint.ts';
import { inRequestSpan } from '../observability/request-span.ts';
import { Admission } from '../pipeline/admission.ts';
import { isUnavailable, maskError, UNAVAILABLE } from '../pipeline/masked-errors.ts';
import { createPipeline, GRAPHQL_PATH, type Pipeline } from '../pipeline/pipeline.ts';
import { trustedDocuments } from '../pipeline/trusted-documents.ts';
import type { Settings } from '../settings/settings.ts';
import { ConnectionLimits } from '../streams/connection-limits.ts';
import { watchCredentials } from '../streams/credential-watch.ts';
import { OpenStreams } from '../streams/open-streams.ts';
import { RunningSubscriptions } from '../streams/running-subscriptions.ts';
import type { SharedResult } from '../streams/shared-subscriptions.ts';
import { createWebSocketTransport } from '../websocket/web-socket-transport.ts';
import { clientAddressBehind } from './client-address.ts';
import { createGraphQLHandler } from './graphql-handler.ts';
import { InFlightRequests } from './in-flight-requests.ts';
import { requestIdFrom } from './request-id.ts';
import { setHeaders } from './response-headers.ts';
import { type Refusal, refuse } from './responses.ts';
import type { Route } from './route-matching.ts';
import { type Answer, createRouter, pathOf, routeOf } from './router.ts';

/** Longer than the usual minute of load balancers, so that the server never closes first. */
const KEEP_ALIVE_MS = 65_000;

/** How long requests are held before the port closes. */
const HOLD_MS = 100;

const AWAY: Refusal = {
  code: UNAVAILABLE,
  message: 'The database is unavailable: try again in a moment.',
};
/** How long a client may take to send its headers. */
const HEADERS_LIMIT_MS = 15_000;

export interface HttpServerOptions<Context extends object> {
  schema: GraphQLSchema;
  makeContext: MakeContext<Context>;
  authenticate: Authenticate;
  settings: Settings;
  logger: Logger;
  routes?: readonly Route[];
  metrics?: Metrics;
  /** Answers scrapes on this port; omitted: scrapes are refused. */
  answerMetrics?: AnswerMetrics | undefined;
  /** Whether the server can answer operations now, for load balancers. */
  isReady?: () => Promise<boolean>;
  /** Off: Yoga answers everything except subscriptions. For tests that compare the two. */
  fastPath?: boolean;
}

export interface DrainOptions {
  /** Whether load balancers get time to notice, which is the default; otherwise the port closes at once. */
  readonly notice?: boolean;
}

export interface HttpServer {
  readonly server: Server;
  readonly pipeline: Pipeline;
  /** Access rights have changed: closes connections whose credential is no longer valid. */
  accessChanged(): void;
  /** The database has lost its latest changes: ends the subscriptions, each with this error. */
  eventsLost(loss: Error): void;
  /** @returns the port in use. */
  listen(): Promise<number>;
  /**
   * Reports not ready, then stops accepting connections, disconnects the clients of streams, and waits for requests in
   * flight. From the first moment each response ends its connection, so that the client's next request goes elsewhere.
   */
  drain(options?: DrainOptions): Promise<void>;
}

/** GraphQL over HTTP, SSE and WebSocket, file links and health, on one port. */
export function createHttpServer<Context extends object>(options: HttpServerOptions<Context>): HttpServer {
  const { settings } = options;
  const graphql = createGraphQLParts(options);
  const { streams, credentials, broadcasts, sockets, pipeline } = graphql;
  const inFlight = new InFlightRequests();
  let state: 'open' | 'notice' | 'closed' = 'open';
  const isReady = async () => state === 'open' && (await (options.isReady?.() ?? true));
  const { routes = [], answerMetrics } = options;
  const answer = createRouter({ ...graphql, settings, routes, answerMetrics, isReady });
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: HEADERS_LIMIT_MS },
    requestListener(options, { metrics: graphql.metrics, inFlight, answer }),
  );
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const isHere = pathOf(request) === GRAPHQL_PATH;
    if (isHere && state !== 'closed' && streams.hasRoom) sockets.upgrade(request, socket, head);
    else refuseUpgrade(socket, isHere ? '503 Service Unavailable' : '404 Not Found');
  });

  return {
    server,
    pipeline,
    accessChanged: () => {
      credentials.check();
      broadcasts.forget();
    },
    eventsLost: (loss) => broadcasts.endAll(maskError(loss, options.logger)),
    listen: () => listen(server, settings),
    drain: async ({ notice = true } = {}) => {
      state = 'notice';
      inFlight.endConnections();
      // Load balancers need time to see that the server is not ready; until then it answers their requests.
      if (notice) await delay(settings.drainNoticeSeconds * 1_000);
      state = 'closed';
      credentials.stop();
      // Closing resets connections that wait to be accepted. Clients without an answer open no others, and these are accepted.
      const release = inFlight.hold();
      await delay(HOLD_MS);
      const closed = new Promise((resolve) => server.close(resolve));
      release();
      await streams.drain(settings.drainSpreadSeconds * 1_000);
      await sockets.dispose();
      server.closeIdleConnections();
      const stragglers = setTimeout(() => server.closeAllConnections(), settings.drainSeconds * 1_000);
      await closed;
      await Promise.race([inFlight.ended(), delay(settings.drainSeconds * 1_000, undefined, { ref: false })]);
      clearTimeout(stragglers);
    },
  };
}

/** The pipeline that all operations share, and the two transports. */
function createGraphQLParts<Context extends object>(options: HttpServerOptions<Context>) {
  const { authenticate, settings, logger, fastPath = true, metrics = new Metrics() } = options;
  const resolveDocument = trustedDocuments(settings);
  const admission = new Admission({ targetMs: settings.targetDelayMs });
  const pipeline = createPipeline({ ...options, resolveDocument, metrics, admission });
  const clientAddress = clientAddressBehind(settings.trustedProxies);
  const credentials = watchCredentials(authenticate, logger);
  const limits = new ConnectionLimits({
    most: settings.maxSockets,
    mostEach: settings.maxSocketsPerKey,
    onOpen: (transport) => metrics.connected(transport),
  });
  const streams = new OpenStreams({ limits, credentials, slowClientLimits: settings, metrics, logger });
  const broadcasts = new Broadcasts<SharedResult>();
  const maxPerKey = settings.maxSubscriptionsPerKey;
  const subscriptions = new RunningSubscriptions({ pipeline, broadcasts, maxPerKey });
  const shared = { pipeline, authenticate, clientAddress, streams, subscriptions, logger };
  return {
    pipeline,
    credentials,
    broadcasts,
    streams,
    metrics,
    clientAddress,
    answerGraphQL: createGraphQLHandler({ ...shared, settings, fastPath, admission, metrics }),
    sockets: createWebSocketTransport({
      ...shared,
      resolveDocument,
      maxMessageBytes: settings.maxBodyBytes,
      heartbeatSeconds: settings.heartbeatSeconds,
    }),
  };
}

interface ListenerParts {
  readonly metrics: Metrics;
  readonly inFlight: InFlightRequests;
  readonly answer: Answer;
}

/** Counts, traces and answers a request; an unexpected error also gets a response. */
function requestListener(
  { logger }: { readonly logger: Logger },
  { metrics, inFlight, answer }: ListenerParts,
): RequestListener {
  return (request, response) => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    setHeaders(response, requestId);
    const route = routeOf(pathOf(request));
    response.once('finish', () => metrics.requests.inc({ route, status: response.statusCode }));
    const answered = inRequestSpan(request, response, route, () =>
      inFlight.whenReleased(() => answer(request, response, requestId)),
    );
    inFlight.add(
      response,
      answered.catch((error) => {
        if (request.destroyed && !request.complete)
          return logger.debug({ requestId }, 'A client disconnected');
        if (isUnavailable(error)) {
          logger.warn({ err: error, requestId }, 'The database could not be reached');
          return refuse(response, AWAY);
        }
        logger.error({ err: error, requestId }, 'Unexpected error');
        refuse(response, { code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.' });
      }),
    );
  };
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
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
