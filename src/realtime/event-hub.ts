import type { LogEntry } from '../domain/event.ts';
import { EventStream } from './event-stream.ts';
import { fits, type Watch } from './event-watch.ts';

/** Unread events one subscriber may have. */
const UNREAD_LIMIT = 1_000;

interface Subscriber {
  readonly watch: Watch;
  readonly stream: EventStream;
}

/**
 * Delivers each event to the subscribers that watch for it. Subscribers are indexed by the narrowest thing they watch
 * (cards, else a batch, else a partner, else everything), so that an event visits only candidates; `fits` then decides.
 */
export class EventHub {
  /** The last position published: new subscribers receive everything after it. */
  #position: bigint;
  #history = 0;
  readonly #upwards: (partnerId: string) => readonly string[];
  readonly #index = new Map<string, Set<Subscriber>>();
  /** All subscribers, including those that watch an empty list of cards and so have no index entry. */
  readonly #subscribers = new Set<Subscriber>();

  /**
   * @param position the last known position
   * @param upwards returns a partner and its ancestors
   */
  constructor(position: bigint, upwards: (partnerId: string) => readonly string[] = (id) => [id]) {
    this.#position = position;
    this.#upwards = upwards;
  }

  get position(): bigint {
    return this.#position;
  }

  /** The number of times that the log has lost its end: positions of different histories do not compare. */
  get history(): number {
    return this.#history;
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** Events in order, each once. Called by the tail only. */
  publish(events: readonly LogEntry[]): void {
    for (const event of events) {
      this.#position = event.position;
      const notified = new Set<Subscriber>();
      for (const key of this.#keysOfEvent(event)) {
        for (const subscriber of this.#index.get(key) ?? []) {
          if (notified.has(subscriber) || !fits(subscriber.watch, event)) continue;
          notified.add(subscriber);
          subscriber.stream.push(event);
        }
      }
    }
  }

  /** The log has lost its end: ends all streams and goes on from a position in what is left. */
  restart(position: bigint): void {
    this.#position = position;
    this.#history += 1;
    for (const { stream } of [...this.#subscribers]) stream.close();
  }

  /** Every matching event from now on. The subscriber is registered before this returns. */
  subscribe(watch: Watch, limit = UNREAD_LIMIT): EventStream {
    const keys = keysOfWatch(watch);
    const stream = new EventStream({ limit, onClose: () => this.#remove(subscriber, keys) });
    const subscriber: Subscriber = { watch, stream };
    for (const key of keys) {
      const set = this.#index.get(key) ?? new Set();
      set.add(subscriber);
      this.#index.set(key, set);
    }
    this.#subscribers.add(subscriber);
    return stream;
  }

  /** An event of a partner also reaches those that watch one of its ancestors. */
  #keysOfEvent({ cardId, batchId, partnerId, fromNumber }: LogEntry): string[] {
    const keys = ['all'];
    if (cardId !== undefined) keys.push(`card:${cardId}`);
    if (batchId !== undefined) keys.push(`batch:${batchId}`);
    if (batchId !== undefined && fromNumber !== undefined) keys.push(`range:${batchId}`);
    if (partnerId !== undefined) keys.push(...this.#upwards(partnerId).map((id) => `partner:${id}`));
    return keys;
  }

  #remove(subscriber: Subscriber, keys: readonly string[]): void {
    this.#subscribers.delete(subscriber);
    for (const key of keys) {
      const set = this.#index.get(key);
      set?.delete(subscriber);
      if (set?.size === 0) this.#index.delete(key);
    }
  }
}

function keysOfWatch({ cards, batchId, partnerId, owner }: Watch): string[] {
  if (cards) {
    const ranges = new Set(cards.map((card) => `range:${card.batchId}`));
    return [...cards.map((card) => `card:${card.id}`), ...ranges];
  }
  if (batchId !== undefined) return [`batch:${batchId}`];
  const partner = partnerId ?? owner?.rootId;
  return [partner === undefined ? 'all' : `partner:${partner}`];
}
