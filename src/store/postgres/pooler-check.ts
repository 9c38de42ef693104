import { setTimeout as delay } from 'node:timers/promises';
import { driverClient } from './driver-client.ts';

/** A pooler with a single session makes the second statement wait for the end of the transaction. */
const TIMEOUT_MS = 2_000;

/** A pooler in transaction mode that does not keep prepared statements: PgBouncer before 1.21, or set so. */
export class PreparedStatementsLost extends Error {
  override readonly name = 'PreparedStatementsLost';
}

/** Other clients of the pooler may take the session that was meant: then the next round decides. */
const ROUNDS = 5;

/**
 * Finds out whether prepared statements outlast a transaction, before a request depends on it: a client prepares a
 * statement; while another holds the database session that it used, the pooler gives the first one another session.
 *
 * @throws PreparedStatementsLost
 */
export async function checkPreparedStatements(url: string): Promise<void> {
  const open = () =>
    driverClient(url, { max: 1, connect_timeout: 10, fetch_types: false, onnotice: () => {} });
  const [one, other] = [open(), open()];
  // Outside a transaction the driver would prepare the statement again, which the pipelined ones of the writer can't.
  const sessionOfOne = () =>
    one.begin(async (tx) => (await tx`SELECT pg_backend_pid() AS pid, ${1}::int AS prepared`)[0]?.pid);
  try {
    const first = await sessionOfOne();
    for (let round = 0; round < ROUNDS; round += 1) {
      const next = await other.begin(async (tx) => {
        await tx`SELECT 1`;
        const asked = sessionOfOne();
        asked.catch(() => {});
        return Promise.race([asked, delay(TIMEOUT_MS, undefined, { ref: false })]);
      });
      // The statement was carried out in another session.
      if (next !== first) return;
    }
  } catch (error) {
    throw isLost(error) ? new PreparedStatementsLost(String(error)) : error;
  } finally {
    await Promise.all([one.end({ timeout: 1 }), other.end({ timeout: 1 })]);
  }
}

/** SQLSTATEs: no such statement; it exists; and what follows in its transaction when the driver tries again. */
function isLost(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['26000', '42P05', '25P02'].includes(String(error.code))
  );
}
