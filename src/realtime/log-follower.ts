import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry } from '../domain/event.ts';
import { CursorAhead, CursorExpired } from '../domain/rejections/realtime.ts';
import { keptSpan, readEvents } from '../store/events/event-log.ts';
import type { Sql } from '../store/postgres/database.ts';
import { connectionLost, rolledBack } from '../store/postgres/database-errors.ts';
import { encodeCursor } from './cursor.ts';
import type { EventHub } from './event-hub.ts';
import type { EventStream } from './event-stream.ts';
import { fits, type Watch } from './event-watch.ts';
import { fairShare } from './fair-share.ts';
import type { PositionedStream } from './positioned-stream.ts';

const PAGE = 1_000;
/** Pause before the log is read again while the database is unreachable. */
const RETRY_MS = 250;

export interface Log {
  readonly sql: Sql;
  readonly hub: EventHub;
}

/**
 * Reads the log up to within a page of the hub's position. Then it registers with the hub, which fixes the seam at the
 * hub's position, reads the rest of the log before the seam, and continues live. A follower that the hub drops, because
 * it reads more slowly than its events arrive, reads the log again page by page until it has caught up: a burst delays
 * only the follower itself.
 *
 * Not a generator: a generator's `return` waits for its pending `next`, so a subscriber that leaves while nothing happens
 * would stay registered.
 */
export class LogFollower implements PositionedStream<LogEntry> {
  readonly after: bigint;
  readonly #history: number;
  readonly #log: Log;
  readonly #watch: Watch;
  /** Every matching event up to this position was returned. */
  #position: bigint;
  #page: LogEntry[] = [];
  #live: EventStream | undefined;
  /** The hub's position at registration: later events arrive live. */
  #seam = 0n;
  readonly #closing = new AbortController();

  /** @param from where to begin, in which of the hub's histories */
  constructor(log: Log, watch: Watch, { after, history }: { after: bigint; history: number }) {
    this.#history = history;
    this.#log = log;
    this.#watch = watch;
    this.after = after;
    this.#position = after;
  }

  async next(): Promise<IteratorResult<LogEntry>> {
    while (!this.#closed) {
      if (this.#history !== this.#log.hub.history) throw this.#ahead();
      const event = this.#page.shift() ?? (await this.#onward());
      if (!event) continue;
      // After the wait for an event, since one event wakes every follower that waits for it.
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

  /** Takes one step. Undefined when the step read a page, or nothing. */
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
    // Positions have no gaps: a missing one was dropped with the oldest events.
    if (page[0]?.position !== this.#position + 1n) {
      if (this.#closed) return;
      this.#live?.close();
      const { head } = await keptSpan(this.#log.sql);
      throw this.#position > head ? this.#ahead() : new CursorExpired({ cursor: this.#cursor });
    }
    this.#position = page.at(-1)?.position ?? this.#position;
    this.#page = page.filter((event) => fits(this.#watch, event));
  }

  #ahead(): CursorAhead {
    return new CursorAhead({ cursor: this.#cursor });
  }

  get #cursor(): string {
    return encodeCursor({ position: this.#position, at: null });
  }

  /** Retries until the database is back: a subscriber that waits for new events can wait for old ones too. */
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

  /** The hub may lag behind a cursor that a client brought from another instance: skips what the client has seen. */
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
