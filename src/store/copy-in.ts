import { setImmediate as turn } from 'node:timers/promises';
import type { Transaction } from './database.ts';

/** PostgreSQL refused the rows at the end of a COPY: a constraint, most likely a key that is there already. */
export class CopyRefused extends Error {
  constructor(options?: ErrorOptions) {
    super('The rows were refused by the table: none of them is in it.', options);
    this.name = 'CopyRefused';
  }
}

/**
 * Brings rows into a table by COPY within a transaction.
 *
 * The driver (postgres 3.4.9) ends its stream when the end of the data is sent, and forgets an error that comes in
 * answer to that: the stream then neither finishes nor fails. The next statement tells: it is refused, because the
 * transaction has failed.
 *
 * @param statement `COPY … FROM STDIN …`
 * @throws CopyRefused
 */
export async function copyIn(
  tx: Transaction,
  statement: ReturnType<Transaction>,
  rows: Uint8Array,
): Promise<void> {
  const stream = await statement.writable();
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  await new Promise<void>((resolve) => stream.write(rows, () => resolve()));
  stream.end();
  // The end of the data is on its way only in the next turn; a statement before it would break into the data.
  await turn();
  if (failure) throw new CopyRefused({ cause: failure });
  try {
    await tx`SELECT 1`;
  } catch (error) {
    const refused = (error as { code?: string }).code === '25P02';
    throw refused ? new CopyRefused({ cause: failure ?? error }) : error;
  }
}
