import type { Logger } from 'pino';
import { connectionLost } from '../../store/postgres/database-errors.ts';

/**
 * The driver (postgres 3.4.9) queries the array types on each new connection, and nobody handles the rejection when that
 * connection is lost before the result: the promise is internal, and Node ends the process for an unhandled rejection.
 * The next connection queries them again, so the rejection is harmless. Every other unhandled rejection ends the process
 * as it would without this.
 */
export function outliveLostConnections(logger: Logger): void {
  process.on('unhandledRejection', (reason) => {
    if (!connectionLost(reason)) throw reason;
    logger.warn({ err: reason }, 'A connection to the database was lost before it was used');
  });
}
