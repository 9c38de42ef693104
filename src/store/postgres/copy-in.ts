import type { Transaction } from './database.ts';
import { connectionLost } from './database-errors.ts';

/** PostgreSQL did not take the rows of a COPY; the cause is its error. */
export class CopyRefused extends Error {
  constructor(options: { cause: unknown }) {
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(`The table took none of the rows: ${why}`, options);
    this.name = 'CopyRefused';
  }
}

/**
 * Brings rows into a table by COPY within a transaction. When it resolves they are there, and the connection is free
 * for the next statement.
 *
 * The driver (postgres 3.4.9) drops its stream when the end of the data is sent, and an error that comes in answer to
 * that, such as a key that is there already, only reaches the statement: it has been resolved with the stream, so it
 * can't be rejected any more, and the stream neither finishes nor fails. So the statement's `reject` is listened to.
 *
 * @param statement `COPY … FROM STDIN …`
 * @throws CopyRefused
 */
export async function copyIn(
  statement: Pick<ReturnType<Transaction>, 'writable'>,
  rows: string | Uint8Array,
): Promise<void> {
  const stream = await statement.writable();
  await new Promise<void>((resolve, reject) => {
    (statement as unknown as { reject(reason: unknown): void }).reject = reject;
    stream.on('error', reject);
    stream.once('finish', resolve);
    stream.end(rows);
  }).catch((cause) => {
    throw connectionLost(cause) ? cause : new CopyRefused({ cause });
  });
}
