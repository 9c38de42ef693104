import { AUDIT_CHECKS } from './audit/audit-checks.ts';
import type { Sql } from './postgres/database.ts';
import { REPORT_CHECKS } from './reports/report-recount.ts';

/** A row that contradicts the transfers. */
export interface Discrepancy {
  /** The check that found it. */
  readonly check: string;
  /** What identifies the row. */
  readonly row: string;
  readonly problem: string;
}

export interface Verification {
  readonly clean: boolean;
  readonly cards: bigint;
  readonly partners: bigint;
  readonly transfers: bigint;
  readonly events: bigint;
  readonly idempotencyKeys: bigint;
  readonly auditEntries: bigint;
  /** The hash of the last block of the audit trail, hexadecimal; null while there is none. */
  readonly lastSeal: string | null;
  /** The first thousand of each check. */
  readonly discrepancies: readonly Discrepancy[];
}

const MAX_LISTED = 1_000;

/**
 * Recomputes every balance from the transfers and compares, in one snapshot of the database, so that it can run while
 * the system works. Reads everything once; on a large database it takes minutes but no locks.
 *
 * @param onCheck called after each check with the number of checks done
 */
export async function verify(
  sql: Sql,
  onCheck: (done: number, of: number) => void = () => {},
): Promise<Verification> {
  return sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (tx) => {
    const found: Discrepancy[] = [];
    for (const [index, [check, query]] of Object.entries(CHECKS).entries()) {
      const rows = await tx.unsafe<{ row: string; problem: string }[]>(`${query} LIMIT ${MAX_LISTED}`);
      for (const { row, problem } of rows) found.push({ check, row, problem });
      onCheck(index + 1, VERIFICATION_CHECKS.length);
    }
    const [counts] = await tx<Omit<Verification, 'clean' | 'discrepancies'>[]>`
      SELECT (SELECT count(*) FROM cards) AS cards, (SELECT count(*) FROM partners) AS partners,
             (SELECT count(*) FROM transfers) AS transfers, (SELECT count(*) FROM events) AS events,
             (SELECT count(*) FROM idempotency_keys) AS "idempotencyKeys",
             (SELECT count(*) FROM audit_entries) AS "auditEntries",
             (SELECT encode(hash, 'hex') FROM audit_blocks ORDER BY number DESC LIMIT 1) AS "lastSeal"`;
    if (!counts) throw new Error('The query for the counts returned no row.');
    return { ...counts, clean: found.length === 0, discrepancies: found };
  });
}

/**
 * Each check finds rows that break one guarantee: none when it holds. `row` identifies the row, `problem` says what is
 * wrong.
 */
const CHECKS: Readonly<Record<string, string>> = {
  'card balances': `
    WITH sums AS (
      SELECT account, sum(change) AS balance FROM (
        SELECT credit_account AS account, amount AS change FROM transfers WHERE card_id IS NOT NULL
        UNION ALL SELECT debit_account, -amount FROM transfers WHERE card_id IS NOT NULL
      ) AS changes GROUP BY account
    )
    SELECT 'card ' || c.serial AS row,
           format('balance is %s, its transfers sum to %s', c.balance, coalesce(s.balance, 0)) AS problem
    FROM cards c LEFT JOIN sums s ON s.account = c.id
    WHERE c.balance <> coalesce(s.balance, 0)`,
  'wallet balances': `
    WITH sums AS (
      SELECT account, sum(change) AS balance FROM (
        SELECT credit_account AS account, amount AS change FROM transfers WHERE partner_id IS NOT NULL
        UNION ALL SELECT debit_account, -amount FROM transfers WHERE partner_id IS NOT NULL
      ) AS changes GROUP BY account
    )
    SELECT 'partner ' || p.name AS row,
           format('balance is %s, its transfers sum to %s', p.balance, coalesce(s.balance, 0)) AS problem
    FROM partners p LEFT JOIN sums s ON s.account = p.id
    WHERE p.balance <> coalesce(s.balance, 0)`,
  'card statements': `
    SELECT 'transfer ' || id AS row,
           format('records a card balance of %s, the previous transfer recorded %s', card_balance_after, before) AS problem
    FROM (
      SELECT id, card_id, card_balance_after, credit_account, amount,
             coalesce(lag(card_balance_after) OVER (PARTITION BY card_id ORDER BY card_version), 0) AS before
      FROM transfers WHERE card_id IS NOT NULL
    ) AS t
    WHERE card_balance_after <> before + CASE WHEN credit_account = card_id THEN amount ELSE -amount END`,
  'wallet statements': `
    SELECT 'transfer ' || id AS row,
           format('records a wallet balance of %s, the previous transfer recorded %s', wallet_balance_after, before) AS problem
    FROM (
      SELECT id, partner_id, wallet_balance_after, credit_account, amount,
             coalesce(lag(wallet_balance_after) OVER (PARTITION BY partner_id ORDER BY partner_version), 0) AS before
      FROM transfers WHERE partner_id IS NOT NULL
    ) AS t
    WHERE wallet_balance_after <> before + CASE WHEN credit_account = partner_id THEN amount ELSE -amount END`,
  // Transfers of one transaction have the same instant: the account is empty after each transaction, not only in the
  // end.
  'voucher clearing': `
    SELECT format('account VOUCHERS %s at %s', l.currency, t.created_at) AS row,
           format('has %s left that vouchers paid in and no card received', sum(t.change)) AS problem
    FROM ledger_accounts l
    JOIN LATERAL (
      SELECT created_at, CASE WHEN credit_account = l.id THEN amount ELSE -amount END AS change
      FROM transfers WHERE l.id IN (debit_account, credit_account)
    ) AS t ON true
    WHERE l.kind = 'VOUCHERS'
    GROUP BY l.currency, t.created_at HAVING sum(t.change) <> 0`,
  accounts: `
    SELECT 'transfer ' || t.id AS row, 'refers to an account that is not a card, a wallet or an operator account' AS problem
    FROM transfers t
    WHERE EXISTS (
      SELECT FROM unnest(ARRAY[t.debit_account, t.credit_account]) AS a
      WHERE a IS DISTINCT FROM t.card_id AND a IS DISTINCT FROM t.partner_id
        AND NOT EXISTS (SELECT FROM ledger_accounts l WHERE l.id = a AND l.currency = t.currency)
    )`,
  currencies: `
    SELECT 'transfer ' || t.id AS row, 'has a different currency from its card or wallet' AS problem
    FROM transfers t LEFT JOIN cards c ON c.id = t.card_id LEFT JOIN partners p ON p.id = t.partner_id
    WHERE c.currency <> t.currency OR p.currency <> t.currency`,
  reversals: `
    SELECT 'transfer ' || t.id AS row, 'reverses more than its recharge, or refers to no recharge of its card' AS problem
    FROM transfers t LEFT JOIN transfers r ON r.id = t.reverses_id AND r.kind = 'RECHARGE' AND r.card_id = t.card_id
    WHERE t.kind = 'REVERSAL' AND (r.id IS NULL OR r.amount < t.amount)`,
  reopenings: `
    SELECT 'transfer ' || t.id AS row, 'does not give back exactly what a forfeiture of its card took' AS problem
    FROM transfers t LEFT JOIN transfers f ON f.id = t.reverses_id AND f.kind = 'FORFEITURE' AND f.card_id = t.card_id
    WHERE t.kind = 'FORFEITURE_REVERSAL' AND (f.id IS NULL OR f.amount <> t.amount)`,
  'card holds': `
    WITH held AS (
      SELECT card_id, sum(held) AS held, count(*) AS calls FROM calls WHERE state = 'AUTHORIZED' GROUP BY card_id
    )
    SELECT 'card ' || c.serial AS row,
           format('holds %s for %s calls, its calls in progress hold %s for %s', c.held, c.calls_in_progress,
             coalesce(h.held, 0), coalesce(h.calls, 0)) AS problem
    FROM cards c LEFT JOIN held h ON h.card_id = c.id
    WHERE c.held <> coalesce(h.held, 0) OR c.calls_in_progress <> coalesce(h.calls, 0)`,
  'call charges': `
    WITH posted AS (
      SELECT call_id, sum(CASE WHEN debit_account = card_id THEN amount ELSE -amount END) AS charge
      FROM transfers WHERE call_id IS NOT NULL GROUP BY call_id
    )
    SELECT 'call ' || c.switch_call_id AS row,
           format('was charged %s, its transfers sum to %s', c.charge + c.surcharge_posted, coalesce(p.charge, 0)) AS problem
    FROM calls c FULL JOIN posted p ON p.call_id = c.id
    WHERE coalesce(c.charge + c.surcharge_posted, -1) <> coalesce(p.charge, 0)`,
  replacements: `
    SELECT 'card ' || c.serial AS row, 'does not match its replacement or the card it replaces' AS problem
    FROM cards c LEFT JOIN cards n ON n.id = c.replaced_by_id LEFT JOIN cards o ON o.id = c.replaces_id
    WHERE (c.replaced_by_id IS NOT NULL
           AND (n.replaces_id IS DISTINCT FROM c.id OR n.currency <> c.currency OR c.status NOT IN ('DEACTIVATED', 'CLOSED')))
       OR (c.replaces_id IS NOT NULL AND o.replaced_by_id IS DISTINCT FROM c.id)`,
  'replacement clearing': `
    SELECT 'account ' || l.kind || ' ' || l.currency AS row, format('has a balance of %s, expected zero', sum(t.change)) AS problem
    FROM ledger_accounts l JOIN (
      SELECT credit_account AS account, amount AS change FROM transfers WHERE kind = 'REPLACEMENT'
      UNION ALL SELECT debit_account, -amount FROM transfers WHERE kind = 'REPLACEMENT'
    ) AS t ON t.account = l.id
    WHERE l.kind = 'REPLACEMENTS'
    GROUP BY l.kind, l.currency HAVING sum(t.change) <> 0`,
  'wallet clearing': `
    SELECT 'account WALLETS ' || l.currency AS row, format('has a balance of %s, expected zero', sum(t.change)) AS problem
    FROM ledger_accounts l JOIN (
      SELECT credit_account AS account, amount AS change FROM transfers WHERE kind = 'WALLET_TRANSFER'
      UNION ALL SELECT debit_account, -amount FROM transfers WHERE kind = 'WALLET_TRANSFER'
    ) AS t ON t.account = l.id
    WHERE l.kind = 'WALLETS'
    GROUP BY l.currency HAVING sum(t.change) <> 0`,
  discounts: `
    SELECT 'transfer ' || r.id AS row,
           format('records a discount of %s, the DISCOUNT transfer before it %s', r.discount, coalesce(d.amount, 0)) AS problem
    FROM transfers r LEFT JOIN transfers d
      ON d.partner_id = r.partner_id AND d.partner_version = r.partner_version - 1 AND d.kind = 'DISCOUNT'
    WHERE r.kind = 'RECHARGE' AND r.discount <> coalesce(d.amount, 0)`,
  'partner tree': `
    WITH RECURSIVE found AS (
      SELECT id FROM partners WHERE parent_id IS NULL
      UNION ALL SELECT p.id FROM partners p JOIN found f ON p.parent_id = f.id
    )
    SELECT 'partner ' || name AS row, 'is its own ancestor' AS problem
    FROM partners WHERE id NOT IN (SELECT id FROM found)`,
  'acknowledged keys': `
    SELECT 'idempotency key ' || k.key AS row, 'refers to a transfer, a replacement or a card that does not exist' AS problem
    FROM idempotency_keys k
    WHERE (k.outcome ? 'transfer' AND NOT EXISTS (SELECT FROM transfers t WHERE t.id = (k.outcome->>'transfer')::uuid))
       OR (k.outcome ? 'replacement' AND NOT EXISTS (
             SELECT FROM cards c WHERE c.id = (k.outcome->'replacement'->>'cardId')::uuid
               AND c.replaced_by_id = (k.outcome->'replacement'->>'newCardId')::uuid))
       OR (k.outcome ? 'changed' AND NOT EXISTS (
             SELECT FROM cards c WHERE c.id = (k.outcome->'changed'->>'cardId')::uuid))`,
  'event positions': `
    SELECT 'event ' || position AS row, format('follows event %s: the positions between are missing', before) AS problem
    FROM (SELECT position, lag(position) OVER (ORDER BY position) AS before FROM events) AS e
    WHERE position <> before + 1`,
  'first event': `
    SELECT 'event ' || first AS row, 'is the oldest kept event, but not the first of its partition: earlier ones are missing' AS problem
    FROM (SELECT min(position) AS first FROM events) AS e
    WHERE first <> 1 AND first % 10000000 <> 0`,
  'event head': `
    SELECT 'event head' AS row, format('is at %s, the last event at %s', h.position, coalesce(e.last, 0)) AS problem
    FROM event_head h, (SELECT max(position) AS last FROM events) AS e
    WHERE h.position <> coalesce(e.last, 0)`,
  'batch counts': `
    SELECT 'batch ' || b.id AS row, format('records %s created cards, %s exist', b.made, count(c.id)) AS problem
    FROM card_batches b LEFT JOIN cards c ON c.batch_id = b.id
    GROUP BY b.id, b.made HAVING count(c.id) <> b.made`,
  // Only imports give cards terms of their own, and replacements pass them on. A card that is ended at once has no grace.
  'card terms': `
    SELECT 'card ' || c.serial AS row, 'has terms of its own that it can not have, or dates that they do not give' AS problem
    FROM cards c JOIN card_batches b ON b.id = c.batch_id
    WHERE (coalesce(c.own_validity_days, c.own_grace_days, c.own_max_bound_numbers, c.own_max_concurrent_calls) IS NOT NULL
           AND NOT b.is_imported AND c.replaces_id IS NULL)
       OR (c.own_grace_days IS NOT NULL AND c.replaces_id IS NULL AND c.grace_until <> c.valid_until
           AND c.grace_until <> least(c.valid_until + make_interval(hours => 24 * c.own_grace_days), '9999-12-31Z'))
       OR (c.own_validity_days > 0 AND c.replaces_id IS NULL AND c.status <> 'CLOSED' AND c.first_used_at IS NOT NULL
           AND c.valid_until IS NULL)`,
  // No server can look up their PINs, so callers are refused. Before the first start there is no key.
  'master keys': `
    SELECT 'master key ' || c.pin_key_id AS row,
           format('is %s, but %s cards use it', CASE WHEN k.key_id IS NULL THEN 'unknown' ELSE 'retired' END, c.cards) AS problem
    FROM (SELECT pin_key_id, count(*) AS cards FROM cards GROUP BY pin_key_id) AS c
    LEFT JOIN key_checks k ON k.key_id = c.pin_key_id
    WHERE (k.key_id IS NULL AND EXISTS (SELECT FROM key_checks)) OR k.retired_at IS NOT NULL
    ORDER BY c.pin_key_id`,
  ...REPORT_CHECKS,
  ...AUDIT_CHECKS,
};

/** The names of the checks, in execution order. */
export const VERIFICATION_CHECKS: readonly string[] = Object.keys(CHECKS);
