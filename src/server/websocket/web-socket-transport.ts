import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import type { Context, Disposable, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type GraphQLParams, isAsyncIterable } from 'graphql-yoga';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Viewer } from '../../graphql/core/context.ts';
import { requestError } from '../../graphql/core/error-codes.ts';
import {
  type Authenticate,
  type Credential,
  OPEN_GATE,
  type RequestContext,
} from '../authentication/request-context.ts';
import type { ClientAddress } from '../http/client-address.ts';
import { newRequestId, requestIdFrom } from '../http/request-id.ts';
import { formatError, isUnavailable, maskError, UNAVAILABLE } from '../pipeline/masked-errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { ResolveDocument } from '../pipeline/trusted-documents.ts';
import type { OpenStream, OpenStreams, StreamEnd } from '../streams/open-streams.ts';
import type { RunningSubscriptions } from '../streams/running-subscriptions.ts';
import { CLOSE_CODES, closeWith } from './close-codes.ts';
import { SocketFrames, socketSink } from './socket-frames.ts';

/** Concurrent operations on one socket. */
export const MAX_OPERATIONS = 100;
/** A socket that has not sent `connection_init` within this time is closed (4408). */
const INIT_LIMIT_MS = 5_000;
/** How long a client has to answer a close. */
const CLOSE_LIMIT_MS = 2_000;

interface WebSocketOptions {
  pipeline: Pipeline;
  authenticate: Authenticate;
  clientAddress: ClientAddress;
  streams: OpenStreams;
  subscriptions: RunningSubscriptions;
  resolveDocument: ResolveDocument;
  maxMessageBytes: number;
  /** Interval of pings; a client that has not answered one by the next is disconnected. */
  heartbeatSeconds: number;
  logger: Logger;
}

interface WebSocketTransport {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Waits a short time for the clients to close their sockets. */
  dispose(): Promise<void>;
}

/** graphql-ws: every operation goes through the same pipeline as over HTTP, and the key is checked for each. */
export function createWebSocketTransport(options: WebSocketOptions): WebSocketTransport {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxMessageBytes,
    perMessageDeflate: false,
  });
  const connections = new SocketConnections(options);
  const transport = useServer(
    {
      connectionInitWaitTimeout: INIT_LIMIT_MS,
      // Otherwise the library writes internal error messages into close reasons.
      isProd: true,
      onConnect: (connection) => connections.connect(connection),
      onSubscribe: (connection, id, payload) => connections.prepare(connection, id, payload),
      execute: (args) => (args as PreparedArgs).execute(args),
      subscribe: (args) => (args as PreparedArgs).subscribe(args),
      onNext: (connection, _id, _payload, args, result) => {
        if (!result.errors) return;
        if (isSubscription(args)) closeIfAway(connection, result.errors);
        return { ...result, errors: result.errors.map(formatError) } as never;
      },
      onError: (connection, _id, _payload, errors) => {
        const unwrapped = errors.map(unwrap);
        closeIfAway(connection, unwrapped);
        return unwrapped.map(formatError) as never;
      },
    },
    server,
    options.heartbeatSeconds * 1_000,
  );
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => {
        server.emit('connection', opened, request);
        // The library prints these with their stack. They are a client's mistakes; ws itself closes the socket.
        opened.removeAllListeners('error');
        connections.open(opened, socket as Socket, requestIdFrom(request.headers['x-request-id']));
      }),
    dispose: () => dispose(server, transport),
  };
}

async function dispose(server: WebSocketServer, transport: Disposable): Promise<void> {
  const stragglers = setTimeout(() => {
    for (const client of server.clients) client.terminate();
  }, CLOSE_LIMIT_MS);
  await transport.dispose();
  clearTimeout(stragglers);
}

interface OpenSocket {
  readonly frames: SocketFrames;
  readonly stream: OpenStream;
}

/** The state of each socket, and the checks before it carries an operation. */
class SocketConnections {
  readonly #options: WebSocketOptions;
  readonly #open = new WeakMap<object, OpenSocket>();

  constructor(options: WebSocketOptions) {
    this.#options = options;
  }

  open(opened: WebSocket, raw: Socket, requestId: string): void {
    const { logger, streams } = this.#options;
    const end = (why: StreamEnd) => closeWith(opened, CLOSE_CODES[why]);
    const stream = streams.open({ transport: 'ws', requestId, output: raw, end });
    this.#open.set(opened, { frames: new SocketFrames(opened, raw), stream });
    opened.on('message', stream.weigh);
    opened.on('ping', stream.weigh);
    opened.on('error', (error) =>
      logger.debug({ err: error, requestId }, 'A client violated the WebSocket protocol'),
    );
  }

  async connect(connection: Connection): Promise<boolean> {
    const { socket } = connection.extra;
    const credential = this.#credentialOf(connection);
    const viewer = await this.#options.authenticate(credential).catch((error) => {
      if (!isUnavailable(error)) throw error;
      closeAway(connection);
    });
    if (!viewer) {
      closeWith(socket, CLOSE_CODES.NO_VALID_KEY);
      return false;
    }
    if (this.#openSocket(connection).stream.admit(viewer, credential)) return true;
    closeWith(socket, CLOSE_CODES.TOO_MANY);
    return false;
  }

  async prepare(
    connection: Connection,
    id: string,
    payload: SubscribePayload,
  ): Promise<PreparedArgs | GraphQLError[]> {
    if (Object.keys(connection.subscriptions).length > MAX_OPERATIONS) return [tooManyOperations()];
    const requestId = newRequestId();
    const credential = this.#credentialOf(connection);
    let viewer: Viewer | undefined;
    try {
      viewer = await this.#options.authenticate(credential);
    } catch (error) {
      return [maskError(error, this.#options.logger, requestId)];
    }
    if (!viewer) {
      closeWith(connection.extra.socket, CLOSE_CODES.CREDENTIAL_ENDED);
      return [unauthenticated()];
    }
    const prepared = await prepareOperation(this.#options, payload, {
      viewer,
      requestId,
      address: credential.address,
      transport: 'ws',
      // The socket was already admitted, counted and watched.
      stream: OPEN_GATE,
    });
    if (Array.isArray(prepared)) return prepared;
    return { ...prepared, subscribe: () => this.#subscribe(prepared, connection, id) };
  }

  /** The broadcast delivers the results of a shared subscription; the library manages its lifetime. */
  async #subscribe(
    args: PreparedArgs,
    connection: Connection,
    id: string,
  ): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
    const results = await args.subscribe(args);
    if (!isAsyncIterable<ExecutionResult>(results)) return results;
    const { frames } = this.#openSocket(connection);
    const sink = socketSink(frames, { id, onAway: () => closeAway(connection) });
    const running = this.#options.subscriptions.start(args, results, sink);
    return running instanceof GraphQLError ? { errors: [running] } : running;
  }

  #openSocket({ extra }: Connection): OpenSocket {
    const socket = this.#open.get(extra.socket);
    if (!socket) throw new Error('An open WebSocket is not registered.');
    return socket;
  }

  #credentialOf(connection: Connection): Credential {
    const address = this.#options.clientAddress(connection.extra.request);
    return { header: headerOf(connection), address };
  }
}

function closeAway({ extra }: Connection): void {
  closeWith(extra.socket, CLOSE_CODES.AWAY);
}

function closeIfAway(connection: Connection, errors: readonly GraphQLError[]): void {
  if (errors.some(({ extensions }) => extensions.code === UNAVAILABLE)) closeAway(connection);
}

type Connection = Context<Record<string, unknown> | undefined, Extra>;

/** The pipeline's functions for an operation, kept for when graphql-ws calls them. */
type PreparedArgs = ExecutionArgs & Pick<ReturnType<Pipeline['getEnveloped']>, 'execute' | 'subscribe'>;

async function prepareOperation(
  { pipeline, resolveDocument, logger }: WebSocketOptions,
  payload: SubscribePayload,
  requestContext: RequestContext,
): Promise<PreparedArgs | GraphQLError[]> {
  const { variables, operationName } = payload;
  const params = payload as GraphQLParams;
  const { schema, execute, subscribe, contextFactory, parse, validate } = pipeline.getEnveloped({
    ...requestContext,
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
    return [maskError(error, logger, requestContext.requestId)];
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

/** graphql-ws wraps what an iterator throws, which the pipeline has already masked, into another error. */
function unwrap(error: GraphQLError): GraphQLError {
  return error.originalError instanceof GraphQLError ? error.originalError : error;
}

function unauthenticated(): GraphQLError {
  return requestError('UNAUTHENTICATED', 'This API key is no longer valid: connect again with another.');
}

function tooManyOperations(): GraphQLError {
  const message = `A socket carries at most ${MAX_OPERATIONS} operations at once: open another.`;
  return requestError('TOO_MANY_OPERATIONS', message);
}
