import { Overloaded } from '../../domain/rejections/commands.ts';

/**
 * Runs long operations one after another within this process, in the order requested: each holds a connection of the
 * shared pool from start to end.
 */
export class SerialQueue {
  readonly #limit: number;
  #taken = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @param limit the most operations that may be waiting or running */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws Overloaded when too many are waiting: the operation was not started. */
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
