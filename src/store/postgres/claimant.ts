import postgres from 'postgres';
import type { Sql } from './database.ts';
import { newId } from './new-id.ts';

/** First key of the advisory locks of claimants, which are in a space of their own: no other lock here has two keys. */
const CLAIMANTS = 1_129_076_813;

/**
 * Whoever claims work. While it lives it holds an advisory lock in a session of its own, which ends with its process:
 * then what it claimed is free at once, and nobody has to wait until the claim runs out.
 *
 * The lock is a sign of life and no more: it may be lost with its session while the claimant goes on, so what it does
 * must look at the claim each time.
 */
export class Claimant {
  /** Whom a claim names. */
  readonly id = newId();
  readonly #session: postgres.Sql;

  private constructor(directUrl: string) {
    this.#session = postgres(directUrl, {
      max: 1,
      max_lifetime: null,
      connect_timeout: 10,
      onnotice: () => {},
      connection: { application_name: 'cardline claimant' },
    });
  }

  /** @param directUrl a session's locks don't pass a transaction-pooling proxy. */
  static async open(directUrl: string): Promise<Claimant> {
    const claimant = new Claimant(directUrl);
    try {
      await claimant.#session`SELECT pg_advisory_lock(${CLAIMANTS}::int, hashtext(${claimant.id}))`;
      return claimant;
    } catch (error) {
      await claimant.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#session.end({ timeout: 1 });
  }
}

/** A condition: nobody lives who is named as the claimant in `claimed_by` of the row. Right within one statement. */
export const claimantIsGone = (sql: Sql) => sql`
  claimed_by IS NOT NULL AND pg_try_advisory_xact_lock(${CLAIMANTS}::int, hashtext(claimed_by::text))`;
