import type { Sql } from '../../src/store/postgres/database.ts';

const KINDS = {
  partner: 1,
  rateGroup: 2,
  batch: 3,
  card: 4,
  issue: 5,
  recharge: 6,
  call: 7,
  charge: 8,
} as const;

/** Ids in a row are quick to put into an index. */
export function idOf(kind: keyof typeof KINDS, number: number): string {
  return `0000000${KINDS[kind]}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

const id = (kind: keyof typeof KINDS, number: string) =>
  `('0000000${KINDS[kind]}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

/** Ninety days of business with so many cards: of four, all were activated, one was recharged, and one made a call. */
export async function fillBusiness(sql: Sql, cards: number): Promise<void> {
  await sql.begin(async (tx) => {
    // Rows that fit each other by how they are made need no look at each other.
    await tx`SET LOCAL session_replication_role = replica`;
    for (const statement of statements(cards)) await tx.unsafe(statement);
  });
}

const statements = (cards: number) => {
  const calls = cards / 4;
  /** One after the other, but not in the order of the numbers: each destination has calls all the time. */
  const calledAt = `now() - interval '90 days' * (n * 7919 % ${calls} / ${calls}.0)`;
  return [
    `INSERT INTO ledger_accounts (id, kind, currency) VALUES (gen_random_uuid(), 'ISSUANCE', 'EUR')`,
    `INSERT INTO partners (id, name, currency) SELECT ${id('partner', 'n')}, 'Partner ' || n, 'EUR' FROM generate_series(0, 19) AS n`,
    `INSERT INTO rate_groups (id, name, currency) SELECT ${id('rateGroup', 'n')}, 'Rates ' || n, 'EUR' FROM generate_series(0, 3) AS n`,
    `INSERT INTO card_batches (id, name, type, state, quantity, made, currency, face_value, rate_group_id, partner_id,
     pin_format, pin_length, pin_alphabet, pin_prefix, pin_suffix, pin_check_digit, serial_prefix, serial_start, created_by)
   SELECT ${id('batch', 'n')}, 'Batch ' || n, 'RECHARGEABLE', 'READY', ${cards / 100}, ${cards / 100}, 'EUR', 5000000,
     ${id('rateGroup', 'n % 4')}, ${id('partner', 'n % 20')}, 'x', 14, '0123456789', '', '', false, 'B' || n, 1,
     ${id('partner', '0')}
   FROM generate_series(0, 99) AS n`,
    `INSERT INTO cards (id, batch_id, partner_id, serial, pin_digest, pin_cipher, pin_key_id, currency, status, balance,
     held, version, activated_at, first_used_at, valid_until, grace_until, due_at, created_at)
   SELECT ${id('card', 'n')}, ${id('batch', 'n % 100')}, ${id('partner', 'n % 20')}, 'B' || lpad(n::text, 10, '0'),
     sha256(int8send(n)), '', 1, 'EUR', 'ACTIVE', 5000000, 0, 3, now() - n % 90 * interval '1 day',
     CASE WHEN n % 4 = 1 THEN now() - n % 90 * interval '12 hours' END,
     CASE WHEN n % 4 = 1 THEN now() + (1 + n % 179) * interval '12 hours' END,
     CASE WHEN n % 4 = 1 THEN now() + (8 + n % 179) * interval '12 hours' END,
     CASE WHEN n % 4 = 1 THEN now() + (1 + n % 179) * interval '12 hours' END, now() - interval '100 days'
   FROM generate_series(1::bigint, ${cards}) AS n`,
    `INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version,
     card_balance_after, actor_id, created_at)
   SELECT ${id('issue', 'n')}, 'ISSUE', ${id('issue', '0')}, ${id('card', 'n')}, 5000000, 'EUR', ${id('card', 'n')}, 1,
     5000000, ${id('partner', '0')}, now() - n % 90 * interval '1 day'
   FROM generate_series(1::bigint, ${cards}) AS n`,
    `INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version,
     card_balance_after, partner_id, partner_version, wallet_balance_after, actor_id, created_at)
   SELECT ${id('recharge', 'n')}, 'RECHARGE', ${id('partner', 'n % 20')}, ${id('card', 'n * 4')}, 1000000, 'EUR',
     ${id('card', 'n * 4')}, 2, 6000000, ${id('partner', 'n % 20')}, (n / 20 + 1)::int, 0, ${id('partner', '0')},
     now() - interval '90 days' * (1 - n / ${cards / 4}.0)
   FROM generate_series(1::bigint, ${cards / 4}) AS n`,
    `INSERT INTO calls (id, switch_call_id, fingerprint, card_id, batch_id, partner_id, currency, number, state, destination,
     rating, request_number, answers, used_seconds, granted_seconds, granted_limit, held, charge, surcharge_posted,
     uncollected, terminating, authorized_at)
   SELECT ${id('call', 'n')}, n::text, '', ${id('card', 'n * 4 + 1')}, ${id('batch', 'n % 100')}, ${id('partner', 'n % 20')},
     'EUR', '+39', 'COMPLETED', 'Destination ' || n % 50, jsonb_build_object('rateGroupId', ${id('rateGroup', 'n % 4')}), 0,
     '[]', (n % 600)::int, 600, 'SLICE', 0, 1000, 0, 0, false, ${calledAt}
   FROM generate_series(1::bigint, ${calls - 1}) AS n`,
    `INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version,
     card_balance_after, call_id, actor_id, created_at)
   SELECT ${id('charge', 'n')}, 'CALL', ${id('card', 'n * 4 + 1')}, ${id('charge', '0')}, 1000, 'EUR', ${id('card', 'n * 4 + 1')},
     3, 4999000, ${id('call', 'n')}, ${id('partner', '0')}, ${calledAt}
   FROM generate_series(1::bigint, ${calls - 1}) AS n`,
    `INSERT INTO failed_authentications (id, minute, reason, operation, actor_id, address, caller_number, attempts, last_at)
   SELECT gen_random_uuid(), date_trunc('minute', now()) - n * interval '10 minutes', 'UNKNOWN_PIN', 'AUTHENTICATE_CARD',
     ${id('partner', '0')}, '192.0.2.1', '+39061111' || n % 300, 1, now() FROM generate_series(1, 5000) AS n`,
  ];
};
