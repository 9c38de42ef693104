import type postgres from 'postgres';
import type { Query } from './undocumented.ts';

type CopyStatement = Pick<postgres.PendingQuery<postgres.Row[]>, 'writable'>;

/**
 * Sends the rows of a COPY and resolves when PostgreSQL has accepted them.
 *
 * The driver drops its stream when the end of the data is sent. A later error, such as a duplicate key, only reaches
 * the statement, which was already resolved with the stream and can't be rejected again; the stream neither finishes
 * nor fails. So this function intercepts the statement's `reject`.
 */
export async function sendRows(statement: CopyStatement, rows: string | Uint8Array): Promise<void> {
  const stream = await statement.writable();
  await new Promise<void>((resolve, reject) => {
    (statement as CopyStatement & Pick<Query, 'reject'>).reject = reject;
    stream.on('error', reject);
    stream.once('finish', resolve);
    stream.end(rows);
  });
}
