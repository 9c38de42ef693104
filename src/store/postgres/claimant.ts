import type postgres from 'postgres';
import type { Sql } from './database.ts';
import { driverClient } from './driver-client.ts';
import { newId } from './new-id.ts';

/** First key of the claimants' advisory locks. They have their own key space: no other lock here has two keys. */
const CLAIMANTS = 1_129_076_813;

/**
 * A process that claims work. While it lives it holds an advisory lock in its own session, which ends with the process:
 * its claims are then free at once, and nobody has to wait for them to expire.
 *
 * The lock only shows that the claimant is alive: the session and its lock may be lost while the claimant goes on, so
 * it must check its claim each time it acts.
 */
export class Claimant {
  /** The id that a claim stores. */
  readonly id = newId();
  readonly #session: postgres.Sql;

  private constructor(directUrl: string) {
    this.#session = driverClient(directUrl, {
      max: 1,
      max_lifetime: null,
      connect_timeout: 10,
      onnotice: () => {},
      connection: { application_name: 'cardline claimant' },
    });
  }

  /** @param directUrl bypasses a transaction-pooling proxy, through which session locks don't work */
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

/** A condition: the claimant named in the row's `claimed_by` is no longer alive. Valid within one statement. */
export const claimantIsGone = (sql: Sql) => sql`
  claimed_by IS NOT NULL AND pg_try_advisory_xact_lock(${CLAIMANTS}::int, hashtext(claimed_by::text))`;
