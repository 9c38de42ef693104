import type { Sql } from './database.ts';

/** A session of this program that waits for a lock, and the one that holds it. */
interface LockWait {
  readonly waitingSeconds: number;
  readonly waiting: string;
  /** The session at the head of the queue: one that waits for nobody of it. */
  readonly heldBy: {
    readonly pid: number;
    readonly applicationName: string;
    readonly user: string | null;
    readonly state: string | null;
    readonly transactionSeconds: number | null;
    readonly query: string;
  };
  /** All sessions that wait. */
  readonly sessions: number;
}

interface Row {
  readonly waitingSeconds: number;
  readonly waiting: string;
  readonly sessions: number;
  readonly pid: number;
  readonly applicationName: string | null;
  readonly user: string | null;
  readonly state: string | null;
  readonly transactionSeconds: number | null;
  readonly query: string | null;
}

const SHOWN = 200;

/**
 * The session that has waited longest for a lock, and who holds it. Undefined: none has waited so long. `pg_blocking_pids`
 * is asked only for sessions that wait. Without the role pg_read_all_stats PostgreSQL shows only the pid of a session
 * of another user.
 */
export async function longestLockWait(sql: Sql, afterSeconds: number): Promise<LockWait | undefined> {
  const [row] = await sql<Row[]>`
    WITH RECURSIVE waiting AS MATERIALIZED (
      SELECT pid, query, extract(epoch FROM clock_timestamp() - query_start)::float8 AS seconds
      FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND wait_event_type = 'Lock'
        AND query_start < clock_timestamp() - make_interval(secs => ${afterSeconds})
    ), longest AS (SELECT * FROM waiting ORDER BY seconds DESC LIMIT 1),
    chain AS (
      SELECT unnest(pg_blocking_pids(pid)) AS pid, 1 AS depth FROM longest
      UNION SELECT unnest(pg_blocking_pids(pid)), depth + 1 FROM chain WHERE depth < 20
    )
    SELECT longest.seconds AS "waitingSeconds", longest.query AS waiting,
      (SELECT count(*)::int FROM waiting) AS sessions, head.pid, holder.application_name AS "applicationName",
      holder.usename AS "user", holder.state, holder.query,
      extract(epoch FROM clock_timestamp() - holder.xact_start)::float8 AS "transactionSeconds"
    FROM longest, (SELECT pid FROM chain ORDER BY depth DESC LIMIT 1) AS head
    LEFT JOIN pg_stat_activity AS holder USING (pid)`;
  if (!row) return undefined;
  const { waitingSeconds, sessions, pid, user, state, transactionSeconds } = row;
  const heldBy = {
    pid,
    applicationName: row.applicationName ?? '',
    user,
    state,
    transactionSeconds,
    query: withoutValues(row.query ?? ''),
  };
  return { waitingSeconds, waiting: withoutValues(row.waiting), heldBy, sessions };
}

/** The beginning of a statement without its literals, which may be a PIN or a number. Parameters are not in it. */
export function withoutValues(query: string): string {
  const redacted = query
    .replace(/\/\*[\s\S]*?(\*\/|$)/g, ' ')
    .replace(/--[^\n]*/g, ' ')
    .replace(/\$([A-Za-z_]\w*)?\$[\s\S]*?(\$\1\$|$)/g, '?')
    .replace(/[eEbBxXnN]?'(?:[^'\\]|''|\\[\s\S])*('|$)/g, '?')
    .replace(/(?<![\w$])[+-]?\d[\d.eE+-]*/g, '?')
    .replace(/\s+/g, ' ')
    .trim();
  return redacted.length > SHOWN ? `${redacted.slice(0, SHOWN)}…` : redacted;
}
