import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Viewer } from '../../graphql/core/context.ts';
import type { Credential } from '../authentication/request-context.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { CredentialWatch } from './credential-watch.ts';
import { cutWhenSlow, type SlowClientLimits } from './slow-clients.ts';

/** Why the server ends a stream. */
export type StreamEnd = 'CREDENTIAL_ENDED' | 'TOO_SLOW' | 'RESTARTING';

/** A connection that carries subscriptions: one HTTP response, or a WebSocket. */
interface StreamConnection {
  readonly transport: 'sse' | 'ws';
  readonly requestId: string;
  /** Where results are written: its `close` event releases everything kept here for the connection. */
  readonly output: ServerResponse | Socket;
  end(why: StreamEnd): void;
}

export interface OpenStream {
  /** Counts the connection and watches its credential. @returns false when there is no room for it. */
  admit(viewer: Viewer, credential: Credential): boolean;
  /** Called for each request of the client: disconnects it when it leaves too much unread. */
  weigh(): void;
}

interface Options {
  readonly limits: ConnectionLimits;
  readonly credentials: CredentialWatch;
  readonly slowClientLimits: SlowClientLimits;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * Every stream of the process, whatever its transport. The only place that counts streams against the limits, ends them
 * with their credential, disconnects clients that do not read, and closes streams when the server stops.
 */
export class OpenStreams {
  readonly #options: Options;
  readonly #open = new Set<StreamConnection>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether there is room for one more stream of any actor. */
  get hasRoom(): boolean {
    return this.#options.limits.hasRoom;
  }

  open(connection: StreamConnection): OpenStream {
    const { slowClientLimits } = this.#options;
    this.#open.add(connection);
    onClose(connection, () => this.#open.delete(connection));
    const weigh = cutWhenSlow(connection.output, slowClientLimits, (unsentBytes) =>
      this.#cut(connection, unsentBytes),
    );
    return { weigh, admit: (viewer, credential) => this.#admit(connection, viewer, credential) };
  }

  /** Disconnects every client, a few at a time so that they do not all reconnect at once. */
  drain(milliseconds: number): Promise<void> {
    return staggered([...this.#open], milliseconds, (connection) => connection.end('RESTARTING'));
  }

  #admit(connection: StreamConnection, { actorId }: Viewer, credential: Credential): boolean {
    const { limits, credentials } = this.#options;
    const giveBack = limits.take(actorId, connection.transport);
    if (!giveBack) return false;
    const unwatch = credentials.watch(credential, () => connection.end('CREDENTIAL_ENDED'));
    onClose(connection, () => {
      giveBack();
      unwatch();
    });
    return true;
  }

  #cut(connection: StreamConnection, unsentBytes: number): void {
    const { metrics, logger } = this.#options;
    const { transport, requestId } = connection;
    metrics.slowClients.inc({ transport });
    logger.info({ requestId, transport, unsentBytes }, 'A stream was cut: its client is too slow');
    connection.end('TOO_SLOW');
  }
}

/** Also calls the listener for a connection that has already closed. */
function onClose({ output }: StreamConnection, listener: () => void): void {
  if (output.closed || output.destroyed) listener();
  else output.once('close', listener);
}

const STEP_MS = 50;

/**
 * Applies an action to many items, a few at a time, spread over about the given time.
 */
async function staggered<Item>(
  items: readonly Item[],
  milliseconds: number,
  act: (item: Item) => void,
): Promise<void> {
  const each = Math.max(1, Math.ceil((items.length * STEP_MS) / Math.max(STEP_MS, milliseconds)));
  for (let from = 0; from < items.length; from += each) {
    if (from > 0) await delay(STEP_MS);
    for (const item of items.slice(from, from + each)) act(item);
  }
}
