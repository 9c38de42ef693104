/** SQLSTATEs after which nothing was done, through no fault of any one command: serialisation, deadlock, shutdown. */
const ROLLED_BACK = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '53300']);

/** The driver's own codes, and the system's: the connection was never made, so nothing was sent. */
const NOT_CONNECTED = new Set(['CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** The network is gone: before the connection was made, or under it. */
const NETWORK_GONE = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/** The connection broke, or fell silent. At a COMMIT the outcome is then unknown. */
const BROKEN = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'ECONNRESET',
  'EPIPE',
]);

/** A unique key was there already. For a command with an idempotency key it means that its twin was faster. */
const UNIQUE_VIOLATION = '23505';

/** Somebody kept a row locked for longer than was waited. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Whether nothing was done, and the very same transaction may succeed in a moment. */
export function rolledBack(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  return ROLLED_BACK.has(code) || NOT_CONNECTED.has(code) || (NETWORK_GONE.has(code) && atConnect(error));
}

/** Whether the transaction may have been committed all the same: only who can find out may try again. */
export function outcomeUnknown(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  // SQLSTATE class 08 is of connections; PgBouncer says so of most that becomes of its own.
  return BROKEN.has(code) || code.startsWith('08') || (NETWORK_GONE.has(code) && !atConnect(error));
}

function atConnect(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'connect';
}

/** Whether the error was the connection's last word, or its end. */
export function connectionLost(error: unknown): boolean {
  return (
    outcomeUnknown(error) || (error instanceof Error && 'severity' in error && error.severity === 'FATAL')
  );
}

/** Whether a lock was waited for in vain. Nothing was done, and whoever does without that row fares better. */
export function lockTimedOut(error: unknown): boolean {
  return codeOf(error) === LOCK_NOT_AVAILABLE;
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== UNIQUE_VIOLATION) return false;
  return constraint === undefined || (error as { constraint_name?: unknown }).constraint_name === constraint;
}

/** Whether the rows themselves are at fault, and will be at every try: SQLSTATE classes 22 (data) and 23 (integrity). */
export function isFaultOfData(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
