/** SQLSTATEs after which nothing was done and the same transaction may succeed: serialisation, deadlock, shutdown. */
const ROLLED_BACK = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '53300', '55P03']);

/** The driver's own codes: the connection was never made, or broke. At a COMMIT the outcome is then unknown. */
const CONNECTION = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);

/** A unique key was there already. For a command with an idempotency key it means that its twin was faster. */
const UNIQUE_VIOLATION = '23505';

/**
 * Whether the same command may be tried again.
 *
 * @param repeatable it carries an idempotency key, so that a second try finds out what became of the first.
 */
export function isTransient(error: unknown, { repeatable }: { repeatable: boolean }): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  if (ROLLED_BACK.has(code) || code === UNIQUE_VIOLATION) return true;
  return CONNECTION.has(code) && (repeatable || code === 'ECONNREFUSED' || code === 'CONNECT_TIMEOUT');
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== UNIQUE_VIOLATION) return false;
  return constraint === undefined || (error as { constraint_name?: unknown }).constraint_name === constraint;
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
