import { fairShare } from './fair-share.ts';

/** The encoded frame of one event: made once for all subscribers. */
export interface Message {
  readonly position: bigint;
  readonly bytes: Buffer;
}

/** All messages after a position, in order. */
export interface Source<M extends Message> {
  readonly after: bigint;
  readonly messages: AsyncIterator<M>;
}

/** Receives messages. */
export interface Listener<M extends Message> {
  /** @returns whether it accepts another message now; if not, `Broadcast.resume` is called once it does. */
  take(message: M): boolean;
  /** Called when no more messages follow: the source has ended or failed. */
  end(error?: unknown): void;
}

/** A listener and its position. */
export class BroadcastSubscriber<M extends Message> {
  readonly listener: Listener<M>;
  /** Everything up to this position was delivered. */
  position: bigint;

  constructor(listener: Listener<M>, position: bigint) {
    this.listener = listener;
    this.position = position;
  }

  take(message: M): boolean {
    this.position = message.position;
    return this.listener.take(message);
  }
}

/** Recent messages kept for subscribers that join late or fall behind: bytes per subscriber, and bytes in total. */
const RECENT_BYTES_EACH = 16_384;
const RECENT_BYTES = 4_194_304;
/** Messages delivered before other work gets its share of the event loop. */
const AT_ONCE = 32;

/**
 * One source for many subscribers, read at the pace of the fastest. Ready subscribers receive each message as it arrives;
 * the others catch up from the recent messages when they are ready again, as long as those are kept. Nobody waits for
 * the slowest subscriber, and the source is not read while no subscriber is ready.
 */
export class Broadcast<M extends Message> {
  readonly #messages: AsyncIterator<M>;
  readonly #recent: M[] = [];
  #recentBytes = 0;
  /** Every message after this position is either among the recent messages or not yet read. */
  #from: bigint;
  readonly #subscribers = new Set<BroadcastSubscriber<M>>();
  /** Subscribers that have received everything so far and wait for more. */
  readonly #ready = new Set<BroadcastSubscriber<M>>();
  readonly #onMessage: () => void;
  readonly #onEnd: () => void;
  #isReading = false;
  #hasEnded = false;

  /**
   * @param onMessage called after a message was delivered
   * @param onEnd called once, when the last subscriber has left or the source has ended
   */
  constructor({ after, messages }: Source<M>, onMessage: () => void, onEnd: () => void) {
    this.#messages = messages;
    this.#from = after;
    this.#onMessage = onMessage;
    this.#onEnd = onEnd;
  }

  /** The last position read. */
  get position(): bigint {
    return this.#recent.at(-1)?.position ?? this.#from;
  }

  /** Whether this broadcast has every message after the position. */
  covers(position: bigint): boolean {
    return !this.#hasEnded && position >= this.#from;
  }

  enter(subscriber: BroadcastSubscriber<M>): void {
    this.#subscribers.add(subscriber);
    this.resume(subscriber);
  }

  /** Delivers to a subscriber again. Its position must be covered. */
  resume(subscriber: BroadcastSubscriber<M>): void {
    if (this.#ready.has(subscriber)) return;
    for (const message of this.#after(subscriber.position)) {
      if (!subscriber.take(message)) return;
    }
    this.#ready.add(subscriber);
    void this.#read();
  }

  leave(subscriber: BroadcastSubscriber<M>): void {
    this.#subscribers.delete(subscriber);
    this.#ready.delete(subscriber);
    if (this.#subscribers.size === 0) this.#close();
  }

  /** Moves all subscribers to another broadcast, which must cover this one's position. */
  mergeInto(other: Broadcast<M>): readonly BroadcastSubscriber<M>[] {
    const moved = [...this.#subscribers];
    for (const subscriber of moved) {
      other.#subscribers.add(subscriber);
      if (this.#ready.has(subscriber)) other.resume(subscriber);
    }
    this.#subscribers.clear();
    this.#ready.clear();
    this.#close();
    return moved;
  }

  /** Discards the recent messages: they were made under rights that have changed. */
  forget(): void {
    this.#from = this.position;
    this.#recent.length = 0;
    this.#recentBytes = 0;
  }

  #after(position: bigint): readonly M[] {
    const next = this.#recent.findLastIndex((message) => message.position <= position) + 1;
    return this.#recent.slice(next);
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#ready.size > 0) {
        const { value, done } = await this.#messages.next();
        if (done || this.#hasEnded) return this.#end();
        this.#keep(value);
        await this.#deliver(value);
        this.#onMessage();
      }
    } catch (error) {
      this.#end(error);
    } finally {
      this.#isReading = false;
    }
  }

  #keep(message: M): void {
    this.#recent.push(message);
    this.#recentBytes += message.bytes.length;
    const limit = Math.min(RECENT_BYTES, RECENT_BYTES_EACH * this.#subscribers.size);
    while (this.#recentBytes > limit) {
      const oldest = this.#recent.shift();
      if (!oldest) return;
      this.#recentBytes -= oldest.bytes.length;
      this.#from = oldest.position;
    }
  }

  async #deliver(message: M): Promise<void> {
    let delivered = 0;
    for (const subscriber of this.#ready) {
      if (subscriber.position >= message.position) continue;
      if (!subscriber.take(message)) this.#ready.delete(subscriber);
      delivered += 1;
      if (delivered % AT_ONCE === 0) await fairShare();
    }
  }

  #end(error?: unknown): void {
    const subscribers = [...this.#subscribers];
    this.#subscribers.clear();
    this.#ready.clear();
    this.#close();
    for (const { listener } of subscribers) listener.end(error);
  }

  #close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd();
    // Nobody awaits the source's clean-up, so its failure must not become an unhandled rejection.
    void Promise.resolve(this.#messages.return?.()).catch(() => {});
  }
}
