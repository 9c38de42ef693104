/** Things written in one transaction at most. */
const LIMIT = 500;

interface PendingWrite<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
}

/**
 * Writes made together: what is given while a transaction is under way waits for the next, and each giver gets an answer
 * of its own. As store/batching/batch-reader.ts is for look-ups, but here two of the same are two.
 */
export class BatchWriter<Item, Answer> {
  readonly #write: (items: readonly Item[]) => Promise<readonly Answer[]>;
  #waiting: PendingWrite<Item, Answer>[] = [];
  #busy = false;

  /** @param write answers in the order of the items */
  constructor(write: (items: readonly Item[]) => Promise<readonly Answer[]>) {
    this.#write = write;
  }

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#busy) void this.#drive();
    });
  }

  async #drive(): Promise<void> {
    this.#busy = true;
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#writeGroup(this.#waiting.splice(0, LIMIT));
    this.#busy = false;
  }

  async #writeGroup(group: readonly PendingWrite<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#write(group.map(({ item }) => item));
      group.forEach(({ resolve }, place) => void resolve(answers[place] as Answer));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
