/** SQLSTATEs of a rollback that no command caused: serialization failure, deadlock, shutdown. */
const ROLLED_BACK = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '53300']);

/**
 * SQLSTATEs of a database that takes no writes for a while: read-only, as after a failover to another server; a full
 * disk; out of memory; a fault of its storage.
 */
const TAKES_NO_WRITES = new Set(['25006', '53100', '53200', '58030']);

/** Error codes of the driver and the system for a connection that was never made, so nothing was sent. */
const NOT_CONNECTED = new Set(['CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** The network failed: before the connection was made, or during it. */
const NETWORK_GONE = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);

/** The connection broke or stopped responding. If that happens during a COMMIT, its outcome is unknown. */
const BROKEN = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'ECONNRESET',
  'EPIPE',
]);

/**
 * A unique key already exists. For a command with an idempotency key it means that a concurrent duplicate was faster.
 */
const UNIQUE_VIOLATION = '23505';

/** Another transaction held a row lock for longer than the lock timeout. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Whether nothing was done, and the same transaction may succeed in a moment. */
export function rolledBack(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  if (ROLLED_BACK.has(code) || TAKES_NO_WRITES.has(code) || NOT_CONNECTED.has(code)) return true;
  return NETWORK_GONE.has(code) && atConnect(error);
}

/** Whether the transaction may have been committed despite the error: only retry what can detect that. */
export function outcomeUnknown(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  // SQLSTATE class 08 is for connections; PgBouncer uses it for most of its own errors.
  return BROKEN.has(code) || code.startsWith('08') || (NETWORK_GONE.has(code) && !atConnect(error));
}

function atConnect(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'connect';
}

/** Whether the database takes no queries or no writes for a while: the same may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  return connectionLost(error) || rolledBack(error);
}

/** Whether the error closed the connection, or reports that it was closed. */
export function connectionLost(error: unknown): boolean {
  return (
    outcomeUnknown(error) || (error instanceof Error && 'severity' in error && error.severity === 'FATAL')
  );
}

/** Whether the connection leads to a server that has become a standby: another one may be the primary by now. */
export function isReadOnly(error: unknown): boolean {
  return codeOf(error) === '25006';
}

/** Whether a lock timed out. Nothing was done, and work that does not need the row can go on. */
export function lockTimedOut(error: unknown): boolean {
  return codeOf(error) === LOCK_NOT_AVAILABLE;
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (codeOf(error) !== UNIQUE_VIOLATION) return false;
  return constraint === undefined || (error as { constraint_name?: unknown }).constraint_name === constraint;
}

/** Whether the rows themselves are invalid and every retry will fail: SQLSTATE classes 22 (data) and 23 (integrity). */
export function isFaultOfData(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
