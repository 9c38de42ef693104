import type postgres from 'postgres';
import type { Query } from './undocumented.ts';

type CopyStatement = Pick<postgres.PendingQuery<postgres.Row[]>, 'writable'>;

/**
 * Sends the rows of a COPY and resolves when PostgreSQL has taken them.
 *
 * The driver drops its stream when the end of the data is sent, and an error that comes in answer to that, such as a
 * key that is there already, only reaches the statement: it has been resolved with the stream, so it can't be rejected
 * any more, and the stream neither finishes nor fails. So the statement's `reject` is listened to.
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
