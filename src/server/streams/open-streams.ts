import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Viewer } from '../../graphql/core/context.ts';
import type { Credential } from '../authentication/request-context.ts';
import type { Metrics } from '../observability/metrics.ts';
import { staggered } from '../websocket/staggered-close.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { CredentialWatch } from './credential-watch.ts';
import { cutWhenSlow, type Patience } from './slow-clients.ts';

/** Why the server ends a stream. */
export type StreamEnd = 'CREDENTIAL_ENDED' | 'TOO_SLOW' | 'RESTARTING';

/** What carries subscriptions: one answer over HTTP, or a WebSocket. */
export interface StreamConnection {
  readonly transport: 'sse' | 'ws';
  readonly requestId: string;
  /** What is written to: its `close` ends everything that is kept here for it. */
  readonly output: ServerResponse | Socket;
  end(why: StreamEnd): void;
}

export interface OpenStream {
  /** Counts the connection, and watches its credential. @returns false when there is no room for it. */
  admit(viewer: Viewer, credential: Credential): boolean;
  /** Called when the client has asked for something: cuts it when it leaves too much unread. */
  weigh(): void;
}

interface Options {
  readonly limits: ConnectionLimits;
  readonly credentials: CredentialWatch;
  readonly patience: Patience;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * Every stream of the process, whatever its transport. Here, and nowhere else, a stream is counted against the limits,
 * ended with its credential, cut when its client does not read, and sent away when the server stops.
 */
export class OpenStreams {
  readonly #options: Options;
  readonly #open = new Set<StreamConnection>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether there is room for one more, whoever asks. */
  get hasRoom(): boolean {
    return this.#options.limits.hasRoom;
  }

  open(connection: StreamConnection): OpenStream {
    const { patience } = this.#options;
    this.#open.add(connection);
    onClose(connection, () => this.#open.delete(connection));
    const weigh = cutWhenSlow(connection.output, patience, (unsentBytes) =>
      this.#cut(connection, unsentBytes),
    );
    return { weigh, admit: (viewer, credential) => this.#admit(connection, viewer, credential) };
  }

  /** Sends every client away, a few at a time so that they do not all come back at once. */
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

/** Also for one that was closed before it came here. */
function onClose({ output }: StreamConnection, listener: () => void): void {
  if (output.closed || output.destroyed) listener();
  else output.once('close', listener);
}
