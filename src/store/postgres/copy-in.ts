import type { Transaction } from './database.ts';
import { connectionLost } from './database-errors.ts';
import { sendRows } from './driver/copy-stream.ts';

/** PostgreSQL rejected the rows of a COPY; the cause is its error. */
export class CopyRefused extends Error {
  constructor(options: { cause: unknown }) {
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(`The table took none of the rows: ${why}`, options);
    this.name = 'CopyRefused';
  }
}

/**
 * Copies rows into a table within a transaction. When it resolves they are in the table, and the connection is free for
 * the next statement.
 *
 * @param statement `COPY … FROM STDIN …`
 * @throws CopyRefused
 */
export async function copyIn(
  statement: Pick<ReturnType<Transaction>, 'writable'>,
  rows: string | Uint8Array,
): Promise<void> {
  try {
    await sendRows(statement, rows);
  } catch (cause) {
    throw connectionLost(cause) ? cause : new CopyRefused({ cause });
  }
}
