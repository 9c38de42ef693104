import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type postgres from 'postgres';
import { v7 as uuidV7 } from 'uuid';
import { DEFAULT_PIN_FORMAT, formatName } from '../../../src/domain/batches/pin-format.ts';
import { ledgerAccountId } from '../../../src/store/money/ledger-accounts.ts';
import { MIGRATIONS_FOLDER, migrate } from '../../../src/store/postgres/migrate.ts';

/** The steps of the schema, each of which was the newest once. */
export const SCHEMAS = (await readdir(MIGRATIONS_FOLDER)).filter((name) => /^\d{14}_/.test(name)).sort();

/** Brings a database to the schema that ends with a step, as the program of that day did. */
export async function migrateTo(url: string, last: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cardline-schema-'));
  try {
    for (const name of SCHEMAS.filter((each) => each <= last)) {
      await cp(path.join(MIGRATIONS_FOLDER, name), path.join(folder, name), { recursive: true });
    }
    await migrate(url, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const ids = {
  actor: uuidV7(),
  rates: uuidV7(),
  partner: uuidV7(),
  batch: uuidV7(),
  cards: [uuidV7(), uuidV7(), uuidV7()],
  call: uuidV7(),
};
/** Of the card that has had money, a call and a number. */
export const USED_SERIAL = 'OLD0000000001';

/** What a database of a schema may hold, written in the words of the step that made them possible. */
const DATA: Readonly<Record<string, (sql: postgres.Sql) => Promise<void>>> = {
  append_only: async (sql) => {
    await sql`INSERT INTO rate_groups (id, name, currency, rate_count) VALUES (${ids.rates}, 'Old', 'EUR', 1)`;
    await sql`
      INSERT INTO rates (id, rate_group_id, prefix, destination, rate_per_1e8_minute, connection_fee,
        initial_increment_seconds, increment_seconds, effective_from)
      VALUES (${uuidV7()}, ${ids.rates}, '39', 'Italy', 10000000, 0, 60, 60, 'epoch')`;
  },
  // The first program that made batches had this step.
  batches_keys_and_card_events: async (sql) => {
    const issuance = ledgerAccountId({ kind: 'ISSUANCE', currency: 'EUR' });
    const cash = ledgerAccountId({ kind: 'CASH', currency: 'EUR' });
    const [used = ''] = ids.cards;
    await sql`INSERT INTO ledger_accounts VALUES (${issuance}, 'ISSUANCE', 'EUR'), (${cash}, 'CASH', 'EUR')`;
    await sql`INSERT INTO partners (id, name, currency, balance, version) VALUES (${ids.partner}, 'Old', 'EUR', 9000000, 2)`;
    await sql`
      INSERT INTO card_batches (id, name, type, state, quantity, made, currency, face_value, rate_group_id, partner_id,
        pin_format, pin_length, pin_alphabet, pin_prefix, pin_suffix, pin_check_digit, serial_prefix, serial_start,
        created_by)
      VALUES (${ids.batch}, 'Old', 'RECHARGEABLE', 'READY', 3, 3, 'EUR', 5000000, ${ids.rates}, ${ids.partner},
        ${formatName(DEFAULT_PIN_FORMAT)}, 14, '0123456789', '', '', false, 'OLD', 1, ${ids.actor})`;
    for (const [index, id] of ids.cards.entries()) {
      const [status, balance, version] = index === 0 ? ['ACTIVE', 6_000_000, 2] : ['INACTIVE', 0, 0];
      await sql`
        INSERT INTO cards (id, batch_id, partner_id, serial, pin_digest, pin_cipher, pin_key_id, currency, status,
          balance, held, version, activated_at, created_at)
        VALUES (${id}, ${ids.batch}, ${ids.partner}, ${`OLD000000000${index + 1}`}, ${randomBytes(32)}, '', 1, 'EUR',
          ${status as string}, ${balance as number}, 0, ${version as number}, ${index === 0 ? new Date() : null}, now())`;
    }
    await sql`INSERT INTO number_bindings VALUES ('+390612345678', ${used}, now())`;
    const transfers = [
      { kind: 'TOP_UP', debit: cash, credit: ids.partner, amount: 10_000_000, wallet: [1, 10_000_000] },
      { kind: 'ISSUE', debit: issuance, credit: used, amount: 5_000_000, card: [1, 5_000_000] },
      {
        kind: 'RECHARGE',
        debit: ids.partner,
        credit: used,
        amount: 1_000_000,
        card: [2, 6_000_000],
        wallet: [2, 9_000_000],
      },
    ];
    for (const { kind, debit, credit, amount, card = [null, null], wallet = [null, null] } of transfers) {
      const id = uuidV7();
      await sql`
        INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version,
          card_balance_after, partner_id, partner_version, wallet_balance_after, actor_id, created_at)
        VALUES (${id}, ${kind}, ${debit}, ${credit}, ${amount}, 'EUR', ${card[0] === null ? null : used},
          ${card[0] ?? null}, ${card[1] ?? null}, ${wallet[0] === null ? null : ids.partner}, ${wallet[0] ?? null},
          ${wallet[1] ?? null}, ${ids.actor}, now())`;
      await sql`
        INSERT INTO idempotency_keys VALUES (${ids.partner}, ${kind}, ${randomBytes(32)}, ${sql.json({ transfer: id })}, now())`;
    }
    await append(sql, ['BATCH_PROGRESS', 'CARD_RECHARGED']);
  },
  calls_vouchers_fees: async (sql) => {
    await sql`
      INSERT INTO calls (id, switch_call_id, fingerprint, card_id, batch_id, partner_id, currency, number, state, refusal,
        request_number, answers, used_seconds, granted_seconds, granted_limit, held, charge, surcharge_posted,
        uncollected, terminating, authorized_at, ended_at)
      VALUES (${ids.call}, 'old-call', ${randomBytes(32)}, ${ids.cards[0] ?? ''}, ${ids.batch}, ${ids.partner}, 'EUR',
        '+390612345678', 'REFUSED', 'BLOCKED', 0, '[]', 0, 0, 'NONE', 0, 0, 0, 0, false, now(), now())`;
  },
  pin_defence: async (sql) => {
    await sql`INSERT INTO guess_budgets VALUES ('PIN', now(), 100, 3, NULL)`;
    await sql`INSERT INTO guess_sources VALUES ('CALLER_NUMBER', '+390612345678', 2, 0, now())`;
  },
  partner_tree: async (sql) => {
    const below = uuidV7();
    await sql`INSERT INTO partners (id, name, currency, parent_id) VALUES (${below}, 'Below', 'EUR', ${ids.partner})`;
  },
  audit_guards: async (sql) => {
    await sql`
      INSERT INTO audit_entries (position, at, actor_id, operation, outcome) VALUES (1, now(), ${ids.actor}, 'lockCard', 'OK')`;
    await sql`UPDATE audit_head SET position = 1`;
  },
};

// A step under another name would leave its data out, and nobody would miss it.
for (const step of Object.keys(DATA)) {
  if (!SCHEMAS.some((name) => name.slice(15) === step)) throw new Error(`There is no step ${step}.`);
}

/** Brings a database step by step to a schema, with data of each step on the way. */
export async function buildAt(url: string, sql: postgres.Sql, schema: string): Promise<void> {
  for (const step of SCHEMAS.filter((each) => each <= schema)) {
    await migrateTo(url, step);
    await DATA[step.slice(15)]?.(sql);
  }
}

async function append(sql: postgres.Sql, types: readonly string[]): Promise<void> {
  for (const type of types) {
    await sql`
      INSERT INTO events (position, type, at, actor_id, batch_id, payload)
      SELECT position + 1, ${type}, now(), ${ids.actor}, ${ids.batch}, '{"state":"READY","made":3,"quantity":3}' FROM event_head`;
    await sql`UPDATE event_head SET position = position + 1`;
  }
}
