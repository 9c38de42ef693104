import type postgres from 'postgres';
import type { LogEntry } from '../domain/event.ts';
import { EVENT_CHANNEL, isStandby, type LogPlace, readOn, ring } from '../store/events/event-log.ts';
import type { Sql } from '../store/postgres/database.ts';
import { driverClient } from '../store/postgres/driver-client.ts';
import { backoff } from '../store/postgres/pool.ts';

const PAGE = 1_000;
/** How long the first notification may take. */
const HEARD_WITHIN_MS = 5_000;

interface TailOptions {
  sql: Sql;
  /** A direct connection to the database: LISTEN does not work through a transaction-pooling proxy. */
  listenUrl: string;
  /** The last event before those to deliver. */
  from: LogPlace;
  /** How often to poll, in case a notification was lost. */
  pollMs?: number;
  /** When it fails, it is called with the same events again. */
  onEvents(events: readonly LogEntry[]): unknown;
  /**
   * The log no longer has the last event that was delivered. When it fails, it is called again.
   *
   * @returns where to go on
   */
  onLost(last: LogPlace): Promise<LogPlace>;
  /** No notification arrives, although the connection listens: it leads through a transaction-pooling proxy. */
  onDeaf(): void;
  onError(error: unknown): void;
}

/**
 * Follows the event log from a position. NOTIFY only wakes the tail: each wake and each poll reads the table after
 * the last position delivered, one read at a time however often it is woken, so a lost connection loses no event.
 *
 * Each read includes the last event delivered. If the log no longer has it, the database has lost committed transactions:
 * a standby that lagged was promoted, or a backup was restored under a running server.
 */
export class EventTail {
  readonly #options: Required<TailOptions>;
  readonly #listener: postgres.Sql;
  #last: LogPlace;
  #reading: Promise<void> | undefined;
  #rungWhileReading = false;
  #poll: NodeJS.Timeout | undefined;
  #deafness: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: TailOptions) {
    this.#options = { pollMs: 1_000, ...options };
    this.#last = options.from;
    this.#listener = driverClient(options.listenUrl, {
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
      () => {
        clearTimeout(this.#deafness);
        this.wake();
      },
      () => this.wake(),
    );
    this.#deafness = setTimeout(() => this.#options.onDeaf(), HEARD_WITHIN_MS).unref();
    // A database that takes no writes for a while notifies nobody: that says nothing about the connection.
    await ring(this.#options.sql).catch(() => clearTimeout(this.#deafness));
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
    clearTimeout(this.#deafness);
    await this.#reading;
    await this.#listener.end({ timeout: 1 });
  }

  async #read(): Promise<void> {
    for (;;) {
      this.#rungWhileReading = false;
      const { sql, onEvents, onLost } = this.#options;
      const events = await readOn(sql, { last: this.#last, limit: PAGE });
      if (this.#stopped) return;
      if (events === undefined) {
        if (await isStandby(sql)) return;
        this.#last = await onLost(this.#last);
        continue;
      }
      const last = events.at(-1);
      if (!last) return;
      await onEvents(events);
      this.#last = { position: last.position, at: last.at };
    }
  }
}
