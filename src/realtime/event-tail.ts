import postgres from 'postgres';
import type { LogEntry } from '../domain/event.ts';
import { EVENT_CHANNEL, readEvents } from '../store/events/event-log.ts';
import type { Sql } from '../store/postgres/database.ts';
import { backoff } from '../store/postgres/pool.ts';

const PAGE = 1_000;

export interface TailOptions {
  sql: Sql;
  /** A direct connection to the database: LISTEN does not work through a transaction-pooling proxy. */
  listenUrl: string;
  /** The position after which to start. */
  from: bigint;
  /** How often to poll, in case a notification was lost. */
  pollMs?: number;
  /** When it fails, it is called with the same events again. */
  onEvents(events: readonly LogEntry[]): unknown;
  onError(error: unknown): void;
}

/**
 * Follows the event log from a position. NOTIFY only wakes the tail: each wake and each poll reads the table after
 * the last position delivered, one read at a time however often it is woken, so a lost connection loses no event.
 */
export class EventTail {
  readonly #options: Required<TailOptions>;
  readonly #listener: postgres.Sql;
  #position: bigint;
  #reading: Promise<void> | undefined;
  #rungWhileReading = false;
  #poll: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: TailOptions) {
    this.#options = { pollMs: 1_000, ...options };
    this.#position = options.from;
    this.#listener = postgres(options.listenUrl, {
      max: 1,
      backoff,
      onnotice: () => {},
      connection: { application_name: 'cardline tail' },
    });
  }

  /** Listens before the first read, so that no commit between the two goes unnoticed. */
  async start(): Promise<void> {
    this.#poll = setInterval(() => this.wake(), this.#options.pollMs);
    await this.#listener.listen(
      EVENT_CHANNEL,
      () => this.wake(),
      () => this.wake(),
    );
  }

  /** Reads new events now. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#reading) {
      this.#rungWhileReading = true;
      return;
    }
    this.#reading = this.#read()
      .catch((error) => this.#options.onError(error))
      .finally(() => {
        this.#reading = undefined;
        if (this.#rungWhileReading) this.wake();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    await this.#reading;
    await this.#listener.end({ timeout: 1 });
  }

  async #read(): Promise<void> {
    for (;;) {
      this.#rungWhileReading = false;
      const events = await readEvents(this.#options.sql, { after: this.#position, limit: PAGE });
      const last = events.at(-1);
      if (!last || this.#stopped) return;
      await this.#options.onEvents(events);
      this.#position = last.position;
    }
  }
}
