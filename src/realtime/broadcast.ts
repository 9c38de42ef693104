import { fairShare } from './fair-share.ts';

/** What is sent for one event: made once, whoever gets it. */
export interface Message {
  readonly position: bigint;
  readonly bytes: Buffer;
}

/** All messages after a position, in order. */
export interface Source<M extends Message> {
  readonly after: bigint;
  readonly messages: AsyncIterator<M>;
}

/** Who gets messages. */
export interface Listener<M extends Message> {
  /** @returns whether it takes another at once; who does not says when it does: `Seat.resume`. */
  take(message: M): boolean;
  /** There will be no more: the source has ended, or failed. */
  end(error?: unknown): void;
}

/** One listener, and how far it has come. */
export class Seat<M extends Message> {
  readonly listener: Listener<M>;
  /** All up to here was taken. */
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

/** What is kept for those who come late or fall behind: so much for each listener, and so much in all. */
const RECENT_BYTES_EACH = 16_384;
const RECENT_BYTES = 4_194_304;
/** Messages handed out between two looks at the clock. */
const AT_ONCE = 32;

/**
 * One source for many listeners. It is read at the pace of the fastest: who is ready for more gets each message as it
 * comes; who is not reads on among the recent ones when it is, as long as they are there. Nobody waits for the slowest,
 * and while nobody is ready nothing is read.
 */
export class Broadcast<M extends Message> {
  readonly #messages: AsyncIterator<M>;
  readonly #recent: M[] = [];
  #recentBytes = 0;
  /** All that comes after this position is among the recent ones, or is still to come. */
  #from: bigint;
  readonly #seats = new Set<Seat<M>>();
  /** Those who have all there is, and wait for more. */
  readonly #ready = new Set<Seat<M>>();
  readonly #onMessage: () => void;
  readonly #onEnd: () => void;
  #isReading = false;
  #hasEnded = false;

  /**
   * @param onMessage called when a message was handed out
   * @param onEnd called once, when nobody listens any more or nothing is to come
   */
  constructor({ after, messages }: Source<M>, onMessage: () => void, onEnd: () => void) {
    this.#messages = messages;
    this.#from = after;
    this.#onMessage = onMessage;
    this.#onEnd = onEnd;
  }

  /** The last position that was read. */
  get position(): bigint {
    return this.#recent.at(-1)?.position ?? this.#from;
  }

  /** Whether what comes after a position is to be had here. */
  covers(position: bigint): boolean {
    return !this.#hasEnded && position >= this.#from;
  }

  enter(seat: Seat<M>): void {
    this.#seats.add(seat);
    this.resume(seat);
  }

  /** For a seat whose position is covered. */
  resume(seat: Seat<M>): void {
    if (this.#ready.has(seat)) return;
    for (const message of this.#after(seat.position)) {
      if (!seat.take(message)) return;
    }
    this.#ready.add(seat);
    void this.#read();
  }

  leave(seat: Seat<M>): void {
    this.#seats.delete(seat);
    this.#ready.delete(seat);
    if (this.#seats.size === 0) this.#close();
  }

  /** Whoever is here goes on with another one, which covers how far this one has come. */
  mergeInto(other: Broadcast<M>): readonly Seat<M>[] {
    const moved = [...this.#seats];
    for (const seat of moved) {
      other.#seats.add(seat);
      if (this.#ready.has(seat)) other.resume(seat);
    }
    this.#seats.clear();
    this.#ready.clear();
    this.#close();
    return moved;
  }

  /** What was said is not said again: it was made under rights that have changed. */
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
        await this.#tell(value);
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
    const limit = Math.min(RECENT_BYTES, RECENT_BYTES_EACH * this.#seats.size);
    while (this.#recentBytes > limit) {
      const oldest = this.#recent.shift();
      if (!oldest) return;
      this.#recentBytes -= oldest.bytes.length;
      this.#from = oldest.position;
    }
  }

  async #tell(message: M): Promise<void> {
    let told = 0;
    for (const seat of this.#ready) {
      if (seat.position >= message.position) continue;
      if (!seat.take(message)) this.#ready.delete(seat);
      told += 1;
      if (told % AT_ONCE === 0) await fairShare();
    }
  }

  #end(error?: unknown): void {
    const seats = [...this.#seats];
    this.#seats.clear();
    this.#ready.clear();
    this.#close();
    for (const { listener } of seats) listener.end(error);
  }

  #close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd();
    // Who waits for it to have gone has nothing to do with how it went.
    void Promise.resolve(this.#messages.return?.()).catch(() => {});
  }
}
