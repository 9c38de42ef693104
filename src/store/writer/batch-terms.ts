import { LRUCache } from 'lru-cache';
import type { BatchTerms } from '../../domain/cards/card.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { termsRows } from '../postgres/rows.ts';

/** A cache of the terms of batches, which rarely change: read once, kept for the ten thousand most recently used. */
export class BatchTermsCache {
  readonly #known = new LRUCache<string, BatchTerms>({ max: 10_000 });
  /** The number of invalidations: a read in progress during one may return stale terms. */
  #invalidations = 0;

  get(batchId: string): BatchTerms | undefined {
    return this.#known.get(batchId);
  }

  /** Invalidates a batch's terms, which changed on some instance: they are read again. */
  forget(batchId: string): void {
    this.#known.delete(batchId);
    this.#invalidations += 1;
  }

  /** Invalidates all. */
  clear(): void {
    this.#known.clear();
    this.#invalidations += 1;
  }

  /** The terms of all these batches; those not cached are read in one statement. */
  async load(sql: Sql | Transaction, batchIds: Iterable<string>): Promise<Map<string, BatchTerms>> {
    const terms = new Map<string, BatchTerms>();
    const unknown: string[] = [];
    for (const id of new Set(batchIds)) {
      const known = this.#known.get(id);
      if (known) terms.set(id, known);
      else unknown.push(id);
    }
    if (unknown.length === 0) return terms;
    const invalidations = this.#invalidations;
    const rows = await sql<BatchTerms[]>`
      SELECT ${termsRows.list(sql)} FROM card_batches WHERE id = ANY(${unknown}::uuid[])`;
    for (const read of rows) {
      if (invalidations === this.#invalidations) this.#known.set(read.id, read);
      terms.set(read.id, read);
    }
    return terms;
  }
}
