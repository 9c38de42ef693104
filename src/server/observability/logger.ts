import { type Logger, pino } from 'pino';

/** JSON lines on standard error: standard output is for the results of commands. */
export function createLogger(level: string, instance: string): Logger {
  return pino(
    {
      level,
      base: { instance },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
