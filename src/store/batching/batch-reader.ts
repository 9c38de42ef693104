import { BatchWriter } from './batch-writer.ts';

/** Look-ups that share a query: a key requested twice is looked up once. */
export class BatchReader<Row extends { readonly key: string }> {
  readonly #lookups: BatchWriter<string, Row | undefined>;

  constructor(read: (keys: readonly string[]) => Promise<readonly Row[]>) {
    this.#lookups = new BatchWriter(async (keys) => {
      const rows = await read([...new Set(keys)]);
      const found = new Map(rows.map((row) => [row.key, row]));
      return keys.map((key) => found.get(key));
    });
  }

  find(key: string): Promise<Row | undefined> {
    return this.#lookups.add(key);
  }
}
