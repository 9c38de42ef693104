import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import type { Context, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type GraphQLParams, isAsyncIterable } from 'graphql-yoga';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Viewer } from '../../graphql/core/context.ts';
import type { Broadcasts } from '../../realtime/broadcasts.ts';
import { newProgress } from '../../realtime/progress.ts';
import type { Authenticate, Credential, RequestContext } from '../authentication/request-context.ts';
import type { ClientAddress } from '../http/client-address.ts';
import { newRequestId, requestIdFrom } from '../http/request-id.ts';
import type { Metrics } from '../observability/metrics.ts';
import { formatError, isUnavailable, maskError, UNAVAILABLE } from '../pipeline/masked-errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { ResolveDocument } from '../pipeline/trusted-documents.ts';
import type { ConnectionLimits } from '../streams/connection-limits.ts';
import type { CredentialWatch } from '../streams/credential-watch.ts';
import { PushedSubscription } from '../streams/pushed-subscription.ts';
import { type SharedResult, ticketOf } from '../streams/shared-subscriptions.ts';
import { closeWhenSlow, type Patience } from '../streams/slow-clients.ts';
import { SocketFrames } from './socket-frames.ts';
import { staggered } from './staggered-close.ts';

/** Operations under way on one socket. */
const MAX_OPERATIONS = 100;
/** A socket that says nothing for this long after it was opened is closed (4408). */
const INIT_LIMIT_MS = 5_000;

/**
 * Close codes. A client of graphql-ws gives up on 4401, so that a wrong key is not tried again and again; it connects
 * again, with whatever key it then has, after 4403, 1012 and 1013, and after 4413 (slow-clients.ts). An operation that
 * ends with an error it gives up, so a subscription that fails because the database is away ends with its socket.
 */
const NO_VALID_KEY = 4401;
const KEY_ENDED = 4403;
const RESTARTING = 1012;
const TRY_AGAIN_LATER = 1013;
/** As graphql-ws says for too much: its client does not try again by itself. */
const TOO_MANY = 4429;

export interface WebSocketOptions {
  pipeline: Pipeline;
  authenticate: Authenticate;
  credentials: CredentialWatch;
  clientAddress: ClientAddress;
  /** Streams and sockets that are open. */
  connections: ConnectionLimits;
  /** Subscriptions that are told to many at once. */
  broadcasts: Broadcasts<SharedResult>;
  resolveDocument: ResolveDocument;
  maxMessageBytes: number;
  patience: Patience;
  /** How often a client is asked whether it is there; one that has not said so by the next time is gone. */
  heartbeatSeconds: number;
  /** Over how long a stop sends the clients away. */
  drainSpreadSeconds: number;
  logger: Logger;
  metrics: Metrics;
}

export interface WebSocketTransport {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * Tells every client to come back, a few at a time so that they do not all come at once, each behind its last event;
   * and waits until they have gone.
   */
  drain(): Promise<void>;
}

/** graphql-ws, with every operation going through the pipeline that HTTP uses, and the key checked for each. */
export function createWebSocketTransport(options: WebSocketOptions): WebSocketTransport {
  const { authenticate, clientAddress, connections, credentials, maxMessageBytes, patience } = options;
  const { logger, metrics } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });

  const credentialOf = (connection: Connection): Credential => ({
    header: headerOf(connection),
    address: clientAddress(connection.extra.request),
  });

  const away = ({ extra }: Connection) =>
    extra.socket.close(TRY_AGAIN_LATER, 'The database is away: connect again in a moment');
  const endIfAway = (connection: Connection, errors: readonly GraphQLError[]) => {
    if (errors.some(({ extensions }) => extensions.code === UNAVAILABLE)) away(connection);
  };

  const connect = async (connection: Connection): Promise<boolean> => {
    const { socket } = connection.extra;
    const viewer = await authenticate(credentialOf(connection)).catch((error) => {
      if (!isUnavailable(error)) throw error;
      away(connection);
    });
    if (!viewer) {
      socket.close(NO_VALID_KEY, 'Unauthenticated: send {"authorization": "Bearer <API key>"} on connection');
      return false;
    }
    const giveBack = connections.take(viewer.actorId, 'ws');
    if (!giveBack) {
      socket.close(TOO_MANY, 'Too many sockets are open: close some, or try again later');
      return false;
    }
    const unwatch = credentials.watch(credentialOf(connection), () =>
      socket.close(KEY_ENDED, 'API key ended'),
    );
    socket.once('close', () => {
      giveBack();
      unwatch();
    });
    if (socket.readyState !== socket.OPEN) giveBack();
    return true;
  };

  const frames = new WeakMap<object, SocketFrames>();

  /** A subscription that others may have too is told by the broadcast; the library keeps its life. */
  const subscribe = async (
    args: PreparedArgs,
    connection: Connection,
    id: string,
  ): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> => {
    const results = await args.subscribe(args);
    const ticket = isAsyncIterable<ExecutionResult>(results)
      ? ticketOf(options.pipeline, args, results)
      : undefined;
    const socket = frames.get(connection.extra.socket);
    if (!ticket || !socket) return results;
    const before = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
    return new PushedSubscription({
      broadcasts: options.broadcasts,
      ticket,
      push: ({ bytes, isAway }) => {
        const hasRoom = socket.send(before, bytes, END);
        if (isAway) away(connection);
        return hasRoom;
      },
      onRoom: (listener) => socket.onRoom(listener),
    });
  };

  const prepare = async (connection: Connection, id: string, payload: SubscribePayload) => {
    if (Object.keys(connection.subscriptions).length > MAX_OPERATIONS) return [tooManyOperations()];
    const requestId = newRequestId();
    let viewer: Viewer | undefined;
    try {
      viewer = await authenticate(credentialOf(connection));
    } catch (error) {
      return [maskError(error, logger, requestId)];
    }
    if (!viewer) {
      connection.extra.socket.close(KEY_ENDED, 'API key ended');
      return [unauthenticated()];
    }
    const { address } = credentialOf(connection);
    const prepared = await prepareOperation(options, payload, {
      viewer,
      requestId,
      address,
      transport: 'ws',
      progress: newProgress(),
    });
    if (Array.isArray(prepared)) return prepared;
    return { ...prepared, subscribe: () => subscribe(prepared, connection, id) };
  };

  const transport = useServer(
    {
      connectionInitWaitTimeout: INIT_LIMIT_MS,
      // Otherwise the library writes errors of its own into close reasons.
      isProd: true,
      onConnect: connect,
      onSubscribe: prepare,
      execute: (args) => (args as PreparedArgs).execute(args),
      subscribe: (args) => (args as PreparedArgs).subscribe(args),
      onNext: (connection, _id, _payload, args, result) => {
        if (!result.errors) return;
        if (isSubscription(args)) endIfAway(connection, result.errors);
        return { ...result, errors: result.errors.map(formatError) } as never;
      },
      onError: (connection, _id, _payload, errors) => {
        const told = errors.map(unwrap);
        endIfAway(connection, told);
        return told.map(formatError) as never;
      },
    },
    server,
    options.heartbeatSeconds * 1_000,
  );

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => {
        frames.set(opened, new SocketFrames(opened, socket as Socket));
        server.emit('connection', opened, request);
        // The library prints these with their stack. They are a client's mistakes; ws itself closes the socket.
        opened.removeAllListeners('error');
        const requestId = requestIdFrom(request.headers['x-request-id']);
        opened.on('error', (error) => logger.debug({ err: error, requestId }, 'A WebSocket broke a rule'));
        closeWhenSlow(opened, socket as Socket, patience, (unsentBytes) => {
          metrics.slowClients.inc({ transport: 'ws' });
          logger.info({ requestId, unsentBytes }, 'A WebSocket was closed: its client is too slow');
        });
      }),
    drain: async () => {
      await staggered([...server.clients], options.drainSpreadSeconds * 1_000, (client) =>
        client.close(RESTARTING, 'Restarting: connect again'),
      );
      const stragglers = setTimeout(() => {
        for (const client of server.clients) client.terminate();
      }, 2_000);
      await transport.dispose();
      clearTimeout(stragglers);
    },
  };
}

const END = Buffer.from('}');

type Connection = Context<Record<string, unknown> | undefined, Extra>;

/** What the pipeline runs an operation with, carried to where graphql-ws calls for it. */
type PreparedArgs = ExecutionArgs & Pick<ReturnType<Pipeline['getEnveloped']>, 'execute' | 'subscribe'>;

async function prepareOperation(
  { pipeline, resolveDocument, logger }: WebSocketOptions,
  payload: SubscribePayload,
  caller: RequestContext,
): Promise<PreparedArgs | GraphQLError[]> {
  const { variables, operationName } = payload;
  const params = payload as GraphQLParams;
  const { schema, execute, subscribe, contextFactory, parse, validate } = pipeline.getEnveloped({
    ...caller,
    params,
  });
  try {
    const document = parse(resolveDocument(params).query ?? '');
    const errors = validate(schema, document);
    if (errors.length > 0) return [...errors];
    const contextValue = await contextFactory();
    const variableValues = variables ?? null;
    return {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues,
      contextValue,
      execute,
      subscribe,
    };
  } catch (error) {
    return [maskError(error, logger, caller.requestId)];
  }
}

/** `{"authorization": "Bearer <key>"}` or `{"apiKey": "<key>"}` on connection, or the header of the upgrade. */
function headerOf({ connectionParams, extra }: Connection): string | undefined {
  const { authorization, Authorization, apiKey } = connectionParams ?? {};
  if (typeof apiKey === 'string') return `Bearer ${apiKey}`;
  const header = authorization ?? Authorization;
  return typeof header === 'string' ? header : extra.request.headers.authorization;
}

function isSubscription({ document, operationName }: ExecutionArgs): boolean {
  return getOperationAST(document, operationName)?.operation === 'subscription';
}

/** graphql-ws wraps what an iterator throws, which the pipeline has masked, into an error of its own. */
function unwrap(error: GraphQLError): GraphQLError {
  return error.originalError instanceof GraphQLError ? error.originalError : error;
}

function unauthenticated(): GraphQLError {
  return new GraphQLError('This API key is no longer valid: connect again with another.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}

function tooManyOperations(): GraphQLError {
  return new GraphQLError(`A socket carries at most ${MAX_OPERATIONS} operations at once: open another.`, {
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  });
}
