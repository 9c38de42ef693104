/**
 * The latest value, for one reader: a value that was not read before the next one arrives is dropped, since old figures
 * are of no use. Not a generator, for the reason given in log-follower.ts.
 */
export class StatsStream<Value> implements AsyncIterableIterator<Value> {
  #latest: Value | undefined;
  #waiting: ((result: IteratorResult<Value>) => void) | undefined;
  #closed = false;
  readonly #onClose: () => void;

  constructor(first: Value, onClose: () => void) {
    this.#latest = first;
    this.#onClose = onClose;
  }

  push(value: Value): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting({ value, done: false });
    else this.#latest = value;
  }

  next(): Promise<IteratorResult<Value>> {
    if (this.#closed) return Promise.resolve({ value: undefined, done: true });
    const value = this.#latest;
    this.#latest = undefined;
    if (value !== undefined) return Promise.resolve({ value, done: false });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  async return(): Promise<IteratorResult<Value>> {
    if (!this.#closed) this.#onClose();
    this.#closed = true;
    this.#waiting?.({ value: undefined, done: true });
    this.#waiting = undefined;
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
