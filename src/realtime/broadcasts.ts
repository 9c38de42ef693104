import { Broadcast, type Listener, type Message, Seat, type Source } from './broadcast.ts';

/** What opens a seat: an execution that was allowed, and how to begin it again elsewhere. */
export interface Ticket<M extends Message> {
  /** Those with the same key may hear the same: all that decides what is told is in it. */
  readonly key: string;
  readonly source: Source<M>;
  reopen(after: bigint): Promise<Source<M>>;
}

export interface Listening {
  /** Takes messages again. */
  resume(): void;
  leave(): void;
}

/**
 * Brings those together who are to hear the same. Most often there is one broadcast for a key; another begins for who
 * comes with a position that the first does not reach back to, or has fallen behind its recent messages, and ends when
 * it has caught up with the first.
 */
export class Broadcasts<M extends Message> {
  readonly #byKey = new Map<string, Set<Broadcast<M>>>();
  readonly #places = new WeakMap<Seat<M>, Broadcast<M>>();

  /** Broadcasts that are under way. */
  get size(): number {
    let size = 0;
    for (const broadcasts of this.#byKey.values()) size += broadcasts.size;
    return size;
  }

  /** Who finds others that reach back far enough listens with them, and does without the source of its own. */
  join({ key, source, reopen }: Ticket<M>, listener: Listener<M>): Listening {
    let hasLeft = false;
    let isMoving = false;
    const end = (error?: unknown) => {
      hasLeft = true;
      listener.end(error);
    };
    const seat = new Seat<M>({ take: (message) => listener.take(message), end }, source.after);
    this.#seat(key, seat, source);
    const move = async () => {
      isMoving = true;
      this.#places.get(seat)?.leave(seat);
      this.#places.delete(seat);
      try {
        const found = this.#find(key, seat.position);
        const next = found ? undefined : await reopen(seat.position);
        isMoving = false;
        if (hasLeft) void next?.messages.return?.();
        else this.#seat(key, seat, next);
      } catch (error) {
        if (!hasLeft) end(error);
      }
    };
    return {
      resume: () => {
        if (hasLeft || isMoving) return;
        const place = this.#places.get(seat);
        if (place?.covers(seat.position)) place.resume(seat);
        else void move();
      },
      leave: () => {
        hasLeft = true;
        this.#places.get(seat)?.leave(seat);
      },
    };
  }

  /** Rights have changed: what was made under the old ones is told to nobody who comes from now on. */
  forget(): void {
    for (const broadcasts of this.#byKey.values()) {
      for (const broadcast of broadcasts) broadcast.forget();
    }
  }

  #seat(key: string, seat: Seat<M>, source: Source<M> | undefined): void {
    const found = this.#find(key, seat.position);
    if (found) void source?.messages.return?.();
    const place = found ?? (source && this.#open(key, source));
    if (!place) throw new Error('There is neither a broadcast nor a source.');
    this.#places.set(seat, place);
    place.enter(seat);
  }

  #open(key: string, source: Source<M>): Broadcast<M> {
    const all = this.#byKey.get(key) ?? new Set();
    this.#byKey.set(key, all);
    const opened = new Broadcast(
      source,
      () => all.size > 1 && this.#merge(opened, all),
      () => {
        all.delete(opened);
        if (all.size === 0 && this.#byKey.get(key) === all) this.#byKey.delete(key);
      },
    );
    all.add(opened);
    return opened;
  }

  #find(key: string, position: bigint): Broadcast<M> | undefined {
    return [...(this.#byKey.get(key) ?? [])].find((broadcast) => broadcast.covers(position));
  }

  #merge(behind: Broadcast<M>, all: ReadonlySet<Broadcast<M>>): void {
    const { position } = behind;
    const ahead = [...all].find(
      (other) => other !== behind && other.position >= position && other.covers(position),
    );
    if (!ahead) return;
    for (const seat of behind.mergeInto(ahead)) this.#places.set(seat, ahead);
  }
}
