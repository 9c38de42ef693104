import { CursorExpired, InvalidCursor } from '../domain/rejections/realtime.ts';
import type { Sql } from '../store/database.ts';
import { headPosition, keptSpan, type LoggedEvent, readEvents } from '../store/event-log.ts';
import { decodeCursor } from './cursor.ts';
import type { EventStream } from './event-stream.ts';
import type { EventHub } from './hub.ts';
import { fits, type Watch } from './watch.ts';

const PAGE = 1_000;

export interface Log {
  readonly sql: Sql;
  readonly hub: EventHub;
}

/**
 * What fits a watch: live from now on, or, after a cursor, from the log first and then live, at a seam without a gap
 * and without a repeat.
 *
 * @throws InvalidCursor for a cursor of no log or of the future; CursorExpired when it is older than what is kept.
 */
export async function subscribeToEvents(
  log: Log,
  watch: Watch,
  after: string | null,
): Promise<AsyncIterableIterator<LoggedEvent>> {
  if (after === null) return log.hub.subscribe(watch);
  return new ResumedStream(log, watch, await positionOf(log.sql, after));
}

/** @throws InvalidCursor for a cursor of no log or of the future. */
export async function pastPosition(sql: Sql, cursor: string): Promise<bigint> {
  const position = decodeCursor(cursor);
  if (position > (await headPosition(sql))) throw new InvalidCursor({ cursor });
  return position;
}

async function positionOf(sql: Sql, cursor: string): Promise<bigint> {
  const position = decodeCursor(cursor);
  const { oldest, head } = await keptSpan(sql);
  if (position > head) throw new InvalidCursor({ cursor });
  if (position + 1n < oldest) throw new CursorExpired({ cursor });
  return position;
}

/**
 * Reads the log up to within a page of where the hub is; then registers with the hub, which fixes the seam at the
 * hub's position, reads the last stretch before the seam, and goes on live.
 *
 * Not a generator: the `return` of one waits for its pending `next`, and a subscriber that leaves while nothing
 * happens would stay registered.
 */
class ResumedStream implements AsyncIterableIterator<LoggedEvent> {
  readonly #log: Log;
  readonly #watch: Watch;
  #position: bigint;
  #page: LoggedEvent[] = [];
  #live: EventStream | undefined;
  #seam: bigint | undefined;
  #closed = false;

  constructor(log: Log, watch: Watch, position: bigint) {
    this.#log = log;
    this.#watch = watch;
    this.#position = position;
  }

  async next(): Promise<IteratorResult<LoggedEvent>> {
    while (!this.#closed) {
      const event = this.#page.shift();
      if (event) return { value: event, done: false };
      if (this.#seam !== undefined && this.#position >= this.#seam) return this.#nextLive();
      await this.#readPage();
    }
    return { value: undefined, done: true };
  }

  async return(): Promise<IteratorResult<LoggedEvent>> {
    this.#closed = true;
    await this.#live?.return();
    return { value: undefined, done: true };
  }

  throw(): Promise<IteratorResult<LoggedEvent>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #readPage(): Promise<void> {
    const { sql, hub } = this.#log;
    if (this.#seam === undefined && hub.position - this.#position <= BigInt(PAGE)) {
      this.#seam = hub.position;
      this.#live = hub.subscribe(this.#watch);
      if (this.#position >= this.#seam) return;
    }
    const rest = this.#seam === undefined ? PAGE : Number(this.#seam - this.#position);
    const page = await readEvents(sql, { after: this.#position, limit: Math.min(rest, PAGE) });
    this.#position = page.at(-1)?.position ?? this.#seam ?? this.#position;
    this.#page = page.filter((event) => fits(this.#watch, event));
  }

  /** The hub may lag behind the cursor a client brought from another instance: what it has seen is left out. */
  async #nextLive(): Promise<IteratorResult<LoggedEvent>> {
    for (;;) {
      const result = await (this.#live?.next() ?? Promise.resolve({ value: undefined, done: true as const }));
      if (result.done || result.value.position > this.#position) return result;
    }
  }
}
