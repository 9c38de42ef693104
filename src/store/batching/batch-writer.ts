import { Overloaded } from '../../domain/rejections/commands.ts';
import { BatchLoop } from './batch-loop.ts';

/** The most items in one batch. */
const BATCH = 500;

interface Pending<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/** Writes items together in one statement or transaction; each gets its own answer. */
export class BatchWriter<Item, Answer> {
  readonly #write: (items: readonly Item[]) => Promise<readonly Answer[]>;
  readonly #limit: number;
  readonly #waiting: Pending<Item, Answer>[] = [];
  readonly #loop = new BatchLoop<Pending<Item, Answer>>({
    take: () => this.#waiting.splice(0, BATCH),
    run: (batch) => this.#run(batch),
  });

  /**
   * @param write returns answers in the order of the items
   * @param limit the most items that may be waiting
   */
  constructor(
    write: (items: readonly Item[]) => Promise<readonly Answer[]>,
    limit = Number.POSITIVE_INFINITY,
  ) {
    this.#write = write;
    this.#limit = limit;
  }

  /** @throws Overloaded when too many are waiting: the item is not written. */
  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const queued = this.#waiting.length;
      if (queued >= this.#limit) return reject(new Overloaded({ queued }));
      this.#waiting.push({ item, resolve, reject });
      this.#loop.wake();
    });
  }

  /** Resolves when every added item is answered. */
  drained(): Promise<void> {
    return this.#loop.drained();
  }

  async #run(batch: readonly Pending<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#write(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => void resolve(answers[index] as Answer));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
