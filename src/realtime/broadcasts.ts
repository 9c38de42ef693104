import { Broadcast, BroadcastSubscriber, type Listener, type Message, type Source } from './broadcast.ts';

/** An authorized execution that can be shared, and how to start it again from another position. */
export interface SharedExecution<M extends Message> {
  /** Covers everything that determines the results: subscriptions with equal keys may share an execution. */
  readonly key: string;
  readonly source: Source<M>;
  reopen(after: bigint): Promise<Source<M>>;
}

export interface Listening {
  /** Accepts messages again. */
  resume(): void;
  leave(): void;
}

/**
 * Lets identical subscriptions share one execution. Usually a key has one broadcast. A second one starts for a subscriber
 * whose position the first does not cover, because it resumes from further back or has fallen behind; the second ends
 * when it has caught up with the first.
 */
export class Broadcasts<M extends Message> {
  readonly #byKey = new Map<string, Set<Broadcast<M>>>();
  /** Ends each listener that has joined, whether or not it has a broadcast at the moment. */
  readonly #ends = new Set<(error: unknown) => void>();
  readonly #broadcastOf = new WeakMap<BroadcastSubscriber<M>, Broadcast<M>>();

  /** Number of active broadcasts. */
  get size(): number {
    let size = 0;
    for (const broadcasts of this.#byKey.values()) size += broadcasts.size;
    return size;
  }

  /** Joins a broadcast that covers the source's position, and closes the source then; otherwise starts one from it. */
  join({ key, source, reopen }: SharedExecution<M>, listener: Listener<M>): Listening {
    let hasLeft = false;
    let isMoving = false;
    const end = (error?: unknown) => {
      hasLeft = true;
      this.#ends.delete(endWith);
      listener.end(error);
    };
    const endWith = (error: unknown) => {
      this.#broadcastOf.get(subscriber)?.leave(subscriber);
      end(error);
    };
    this.#ends.add(endWith);
    const subscriber = new BroadcastSubscriber<M>(
      { take: (message) => listener.take(message), end },
      source.after,
    );
    this.#attach(key, subscriber, source);
    const move = async () => {
      isMoving = true;
      this.#broadcastOf.get(subscriber)?.leave(subscriber);
      this.#broadcastOf.delete(subscriber);
      try {
        const found = this.#find(key, subscriber.position);
        const next = found ? undefined : await reopen(subscriber.position);
        isMoving = false;
        if (hasLeft) void next?.messages.return?.();
        else this.#attach(key, subscriber, next);
      } catch (error) {
        if (!hasLeft) end(error);
      }
    };
    return {
      resume: () => {
        if (hasLeft || isMoving) return;
        const broadcast = this.#broadcastOf.get(subscriber);
        if (broadcast?.covers(subscriber.position)) broadcast.resume(subscriber);
        else void move();
      },
      leave: () => {
        hasLeft = true;
        this.#ends.delete(endWith);
        this.#broadcastOf.get(subscriber)?.leave(subscriber);
      },
    };
  }

  /** Ends all listeners: their positions mean nothing any more. */
  endAll(error: unknown): void {
    for (const end of [...this.#ends]) end(error);
  }

  /** Rights have changed: subscribers that join from now on receive nothing that was made under the old ones. */
  forget(): void {
    for (const broadcasts of this.#byKey.values()) {
      for (const broadcast of broadcasts) broadcast.forget();
    }
  }

  #attach(key: string, subscriber: BroadcastSubscriber<M>, source: Source<M> | undefined): void {
    const found = this.#find(key, subscriber.position);
    if (found) void source?.messages.return?.();
    const broadcast = found ?? (source && this.#open(key, source));
    if (!broadcast) throw new Error('There is neither a broadcast nor a source.');
    this.#broadcastOf.set(subscriber, broadcast);
    broadcast.enter(subscriber);
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
    for (const subscriber of behind.mergeInto(ahead)) this.#broadcastOf.set(subscriber, ahead);
  }
}
