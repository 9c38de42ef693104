/** Things asked for in one query at most. */
const LIMIT = 500;

interface PendingRead<Row> {
  readonly key: string;
  resolve(row: Row | undefined): void;
  reject(reason: unknown): void;
}

/**
 * Look-ups made together: what is asked for while a query is under way waits for the next. A lone one starts at once;
 * the busier the server, the more share one trip to the database.
 */
export class BatchReader<Row extends { readonly key: string }> {
  readonly #read: (keys: readonly string[]) => Promise<readonly Row[]>;
  #waiting: PendingRead<Row>[] = [];
  #busy = false;

  constructor(read: (keys: readonly string[]) => Promise<readonly Row[]>) {
    this.#read = read;
  }

  find(key: string): Promise<Row | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (!this.#busy) void this.#drive();
    });
  }

  async #drive(): Promise<void> {
    this.#busy = true;
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, LIMIT));
    this.#busy = false;
  }

  async #answer(group: readonly PendingRead<Row>[]): Promise<void> {
    try {
      const rows = await this.#read([...new Set(group.map(({ key }) => key))]);
      const found = new Map(rows.map((row) => [row.key, row]));
      for (const { key, resolve } of group) resolve(found.get(key));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
