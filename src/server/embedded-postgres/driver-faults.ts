import type { Logger } from 'pino';
import { connectionLost } from '../../store/postgres/database-errors.ts';

/**
 * The driver (postgres 3.4.9) asks each new connection for the types of arrays, and hears of nobody when that connection
 * is lost before the answer: the promise is its own, no caller has it, and Node ends a process for that. The next
 * connection asks again, so nothing is wrong that has to be mended. Every other rejection that nobody handles ends the
 * process as it would without this.
 */
export function outliveLostConnections(logger: Logger): void {
  process.on('unhandledRejection', (reason) => {
    if (!connectionLost(reason)) throw reason;
    logger.warn({ err: reason }, 'A connection to the database was lost before it was used');
  });
}
