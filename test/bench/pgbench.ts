import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The same recharge as one transaction of plain SQL, as a careful programmer would write it by hand: the key, the
 * card and the wallet locked, both balances and what was recharged that day, the movement, the key, the entry of the audit
 * trail, what it adds to the reports, the event at its place in the order. Nobody is woken: that would cost the baseline most.
 */
function rechargeScript(cards: number): string {
  return `\\set n random(1, ${cards})
BEGIN;
SELECT id, partner_id, version, balance FROM cards WHERE id = (SELECT id FROM bench_cards WHERE n = :n) FOR NO KEY UPDATE \\gset card_
SELECT version, balance FROM partners WHERE id = :card_partner_id FOR NO KEY UPDATE \\gset wallet_
SELECT gen_random_uuid() AS id, gen_random_uuid()::text AS key \\gset new_
SELECT count(*) AS found FROM idempotency_keys WHERE owner_id = :card_partner_id AND key = :new_key \\gset key_
UPDATE cards SET balance = balance + 1000000, version = version + 1, recharged_on = to_char(now(), 'YYYY-MM-DD'), recharged_today = recharged_today + 1000000 WHERE id = :card_id;
UPDATE partners SET balance = balance - 1000000, version = version + 1, recharged_on = to_char(now(), 'YYYY-MM-DD'), recharged_today = recharged_today + 1000000 WHERE id = :card_partner_id;
INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version, card_balance_after, partner_id, partner_version, wallet_balance_after, actor_id, created_at) VALUES (:new_id, 'RECHARGE', :card_partner_id, :card_id, 1000000, 'EUR', :card_id, :card_version::int + 1, :card_balance::bigint + 1000000, :card_partner_id, :wallet_version::int + 1, :wallet_balance::bigint - 1000000, :card_partner_id, now());
INSERT INTO idempotency_keys (owner_id, key, fingerprint, outcome, created_at) VALUES (:card_partner_id, :new_key, '\\x00', jsonb_build_object('transfer', :new_id::text), now());
WITH head AS (UPDATE audit_head SET position = position + 1 WHERE id = 1 RETURNING position) INSERT INTO audit_entries (position, at, actor_id, role, key_prefix, operation, address, request_id, object_type, object_id, outcome) SELECT position, clock_timestamp(), :card_partner_id, 'PARTNER', 'clk_bench', 'rechargeCard', '127.0.0.1', :new_key, 'Card', :card_id, 'OK' FROM head;
WITH counted AS (INSERT INTO report_facts (id, facts) VALUES (:new_id, '{}')), head AS (UPDATE event_head SET position = position + 1 WHERE id = 1 RETURNING position) INSERT INTO events (position, type, at, actor_id, card_id, partner_id, payload) SELECT position, 'CARD_RECHARGED', now(), :card_partner_id, :card_id, :card_partner_id, jsonb_build_object('card', jsonb_build_object('balance', '10.00', 'held', '0.00', 'version', :card_version::int, 'currency', 'EUR'), 'change', '1.00') FROM head;
COMMIT;
`;
}

/** pgbench of this machine; undefined when it has none. Debian has it in its PostgreSQL packages. */
export function findPgbench(): string | undefined {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const places = [
    ...(process.env.PATH ?? '').split(':').map((folder) => join(folder, 'pgbench')),
    ...versions.map((version) => `/usr/lib/postgresql/${version}/bin/pgbench`),
  ];
  return places.find((place) => existsSync(place));
}

export interface PgbenchOptions {
  readonly program: string;
  readonly url: string;
  readonly cards: number;
  readonly clients: number;
  readonly seconds: number;
}

/** Transactions per second. */
export async function runPgbench({ program, url, cards, clients, seconds }: PgbenchOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const script = join(folder, 'recharge.sql');
  writeFileSync(script, rechargeScript(cards));
  try {
    const flags = [
      '-n',
      '-M',
      'prepared',
      '-j',
      '1',
      '-c',
      `${clients}`,
      '-T',
      `${seconds}`,
      '-f',
      script,
      url,
    ];
    const { stdout } = await run(program, flags);
    const rate = /tps = ([\d.]+)/.exec(stdout)?.[1];
    if (rate === undefined) throw new Error(`pgbench printed no rate:\n${stdout}`);
    return Number(rate);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
