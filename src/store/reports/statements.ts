import type { PostedTransfer } from '../../domain/transfer.ts';
import { type LogPlace, timeAtHead } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { transferRows } from '../postgres/rows.ts';
import { type ReportPage, readPeriod, type StatementQuery } from './report.ts';

/** The balances of an account before and after a period, in micro-units, and the transfers between. */
export interface Statement extends ReportPage<PostedTransfer> {
  readonly currency: string;
  readonly opening: bigint;
  readonly closing: bigint;
}

const ACCOUNTS = {
  CARD: { table: 'cards', id: 'card_id', version: 'card_version', balance: 'card_balance_after' },
  WALLET: {
    table: 'partners',
    id: 'partner_id',
    version: 'partner_version',
    balance: 'wallet_balance_after',
  },
} as const;
export type StatementOf = keyof typeof ACCOUNTS;

/**
 * The transfers of a card or a wallet within a period, oldest first, and the balances at its ends, in one snapshot.
 * Transfers are numbered by the version of their account, and later versions have later instants; so a binary search
 * finds the ends of a period, and a statement of a wallet with millions of transfers costs only what it shows.
 */
export async function readStatement(
  sql: Sql,
  of: StatementOf,
  { accountId, period, after, limit }: StatementQuery,
): Promise<Statement> {
  const account = ACCOUNTS[of];
  return sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (tx) => {
    const [head] = await tx<(LogPlace & { currency: string })[]>`
      SELECT head.position, ${timeAtHead(tx)} AS at, a.currency FROM event_head AS head, ${tx(account.table)} AS a WHERE a.id = ${accountId}`;
    const { starts, ends } = await readPeriod(tx, period);
    const first = await lastBefore(tx, account, accountId, starts);
    const last = await lastBefore(tx, account, accountId, ends);
    const rows = await tx<PostedTransfer[]>`
      SELECT ${transferRows.list(tx)} FROM transfers
      WHERE ${tx(account.id)} = ${accountId} AND ${tx(account.version)} > ${Math.max(first.version, after ?? 0)}
        AND ${tx(account.version)} <= ${last.version}
      ORDER BY ${tx(account.version)} LIMIT ${limit}`;
    return {
      place: { position: head?.position ?? 0n, at: head?.at ?? null },
      currency: head?.currency ?? '',
      opening: first.balance,
      closing: last.balance,
      rows,
    };
  });
}

/** The last transfer of an account before an instant: its version, and the balance after it. */
async function lastBefore(
  tx: Transaction,
  { id, version, balance }: (typeof ACCOUNTS)[StatementOf],
  accountId: string,
  instant: string,
): Promise<{ version: number; balance: bigint }> {
  // Invariant: all versions up to `low` are before the instant, all above `high` are not.
  const [found] = await tx<{ version: number; balance: bigint }[]>`
    WITH RECURSIVE search AS (
      SELECT 0 AS low, coalesce((SELECT max(${tx(version)}) FROM transfers WHERE ${tx(id)} = ${accountId}), 0) AS high
      UNION ALL
      SELECT CASE WHEN probed.at IS NULL THEN middle WHEN probed.at < ${instant}::text::timestamptz THEN middle ELSE low END,
             CASE WHEN probed.at >= ${instant}::text::timestamptz THEN probed.version - 1 ELSE high END
      FROM (SELECT low, high, (low + high + 1) / 2 AS middle FROM search WHERE low < high) AS half
      LEFT JOIN LATERAL (
        SELECT t.${tx(version)} AS version, t.created_at AS at FROM transfers AS t
        WHERE t.${tx(id)} = ${accountId} AND t.${tx(version)} > half.low AND t.${tx(version)} <= half.middle
        ORDER BY t.${tx(version)} DESC LIMIT 1
      ) AS probed ON true
    )
    SELECT t.${tx(version)} AS version, t.${tx(balance)} AS balance FROM transfers AS t
    WHERE t.${tx(id)} = ${accountId} AND t.${tx(version)} <= (SELECT low FROM search WHERE low >= high)
    ORDER BY t.${tx(version)} DESC LIMIT 1`;
  return found ?? { version: 0, balance: 0n };
}
