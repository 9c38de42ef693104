import { Overloaded } from '../../domain/rejections/recharges.ts';

/**
 * Has long work done one piece after another within this process, in the order asked for: each holds a connection of
 * the pool from its beginning to its end, and the pool is for all.
 */
export class SerialQueue {
  readonly #limit: number;
  #taken = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @param limit pieces of work that wait or are under way at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws Overloaded when too much waits: the work was not begun. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#taken >= this.#limit) throw new Overloaded({ queued: this.#taken });
    this.#taken += 1;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#taken -= 1;
    }
  }
}
