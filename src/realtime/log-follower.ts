import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry } from '../domain/event.ts';
import { CursorExpired } from '../domain/rejections/realtime.ts';
import { readEvents } from '../store/events/event-log.ts';
import type { Sql } from '../store/postgres/database.ts';
import { connectionLost, rolledBack } from '../store/postgres/database-errors.ts';
import { encodeCursor } from './cursor.ts';
import type { EventStream } from './event-stream.ts';
import { fairShare } from './fair-share.ts';
import type { EventHub } from './hub.ts';
import { fits, type Watch } from './watch.ts';

const PAGE = 1_000;
/** Pause before the log is read again, when the database can't be reached. */
const RETRY_MS = 250;

export interface Log {
  readonly sql: Sql;
  readonly hub: EventHub;
}

/**
 * Reads the log up to within a page of where the hub is; then registers with the hub, which fixes the seam at the
 * hub's position, reads the last stretch before the seam, and goes on live. Whoever the hub lets go, because it reads
 * more slowly than its events come, reads the log again, a page whenever it has sent the last, until it has caught up:
 * a burst costs it time and nobody else anything.
 *
 * Not a generator: the `return` of one waits for its pending `next`, and a subscriber that leaves while nothing
 * happens would stay registered.
 */
export class LogFollower implements AsyncIterableIterator<LogEntry> {
  readonly #log: Log;
  readonly #watch: Watch;
  /** All up to here was handed out, or was not for it. */
  #position: bigint;
  #page: LogEntry[] = [];
  #live: EventStream | undefined;
  /** The hub's position when it registered: what comes after it is live. */
  #seam = 0n;
  readonly #closing = new AbortController();

  constructor(log: Log, watch: Watch, position: bigint) {
    this.#log = log;
    this.#watch = watch;
    this.#position = position;
  }

  async next(): Promise<IteratorResult<LogEntry>> {
    while (!this.#closed) {
      const event = this.#page.shift() ?? (await this.#onward());
      if (!event) continue;
      // Behind the wait for an event, since one event wakes all that wait for it.
      await fairShare();
      return { value: event, done: false };
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<LogEntry>> {
    this.#closing.abort();
    this.#live?.close();
    return { value: undefined, done: true };
  }

  throw(): Promise<IteratorResult<LogEntry>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** One step on. Undefined when it brought a page, or nothing. */
  async #onward(): Promise<LogEntry | undefined> {
    const { hub } = this.#log;
    if (!this.#live && hub.position - this.#position <= BigInt(PAGE)) {
      this.#seam = hub.position;
      this.#live = hub.subscribe(this.#watch);
    }
    if (!this.#live || this.#position < this.#seam) return this.#readPage();
    return this.#nextLive(this.#live);
  }

  async #readPage(): Promise<undefined> {
    const rest = this.#live ? Number(this.#seam - this.#position) : PAGE;
    const page = await this.#read({ after: this.#position, limit: rest });
    // Positions have no holes: one that is missing was dropped with the oldest events.
    if (page[0]?.position !== this.#position + 1n) {
      if (this.#closed) return;
      this.#live?.close();
      throw new CursorExpired({ cursor: encodeCursor(this.#position) });
    }
    this.#position = page.at(-1)?.position ?? this.#position;
    this.#page = page.filter((event) => fits(this.#watch, event));
  }

  /** While the database is away there is nothing to tell: who waits for what is to come can wait for what was, too. */
  async #read(range: { after: bigint; limit: number }): Promise<LogEntry[]> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        return await readEvents(this.#log.sql, range);
      } catch (error) {
        if (!connectionLost(error) && !rolledBack(error)) throw error;
        await delay(RETRY_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    }
    return [];
  }

  /** The hub may lag behind the cursor a client brought from another instance: what it has seen is left out. */
  async #nextLive(live: EventStream): Promise<LogEntry | undefined> {
    const event = await live.next();
    if (event && event.position > this.#position) {
      this.#position = event.position;
      return event;
    }
    if (live.behind === undefined) return;
    this.#live = undefined;
    if (live.behind > this.#position) this.#position = live.behind;
  }
}
