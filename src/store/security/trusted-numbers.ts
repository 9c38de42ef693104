import { LRUCache } from 'lru-cache';
import { BatchWriter } from '../batching/batch-writer.ts';
import type { Sql } from '../postgres/database.ts';

/** For how long a record is not written again. */
const FRESH_MS = 86_400_000;

interface Proof {
  readonly number: string;
  readonly cardId: string;
}

/**
 * Records the numbers from which a card's PIN was entered successfully: once a day for a number and a card, in the
 * background.
 */
export class TrustedNumbers {
  readonly #fresh = new LRUCache<string, true>({ max: 100_000, ttl: FRESH_MS });
  readonly #writes: BatchWriter<Proof, void>;

  constructor(sql: Sql) {
    this.#writes = new BatchWriter((proofs) => write(sql, proofs));
  }

  /** Lost if the database fails, which costs callers only convenience. */
  note(proof: Proof): void {
    const key = `${proof.number} ${proof.cardId}`;
    if (this.#fresh.has(key)) return;
    this.#fresh.set(key, true);
    this.#writes.add(proof).catch(() => void this.#fresh.delete(key));
  }

  /** Resolves when all records are written. */
  drained(): Promise<void> {
    return this.#writes.drained();
  }
}

async function write(sql: Sql, proofs: readonly Proof[]): Promise<[]> {
  await sql`
    INSERT INTO trusted_numbers (number, card_id, trusted_at)
    SELECT DISTINCT number, card_id, now()
    FROM unnest(${proofs.map((p) => p.number)}::text[], ${proofs.map((p) => p.cardId)}::uuid[]) AS n (number, card_id)
    ORDER BY number, card_id
    ON CONFLICT (number, card_id) DO UPDATE SET trusted_at = excluded.trusted_at`;
  return [];
}

/** Deletes numbers from which a card's PIN was not entered for a number of days. */
export async function purgeTrustedNumbers(sql: Sql, days: number): Promise<void> {
  await sql`DELETE FROM trusted_numbers WHERE trusted_at < now() - make_interval(days => ${days})`;
}
