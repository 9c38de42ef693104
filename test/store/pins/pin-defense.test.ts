import postgres from 'postgres';
import { beforeAll, describe, expect, test } from 'vitest';
import { authenticateCard } from '../../../src/store/cards/card-authentication.ts';
import type { EnteredPin } from '../../../src/store/pins/caller-lookup.ts';
import type { Sql } from '../../../src/store/postgres/database.ts';
import { newId } from '../../../src/store/postgres/new-id.ts';
import { FailedAttempts } from '../../../src/store/security/failed-attempts.ts';
import { type BudgetOptions, GuessBudget, type Payment } from '../../../src/store/security/guess-budget.ts';
import { GuessSources } from '../../../src/store/security/guess-sources.ts';
import { purgeSecurityRecords } from '../../../src/store/security/security-retention.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { type MadeCards, makeActiveCards, makeCards, OPERATOR, pinOf } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';
import { attemptLike, defenseOf, isGranted } from '../../harness/defense.ts';

const db = useDatabase({ maxConnections: 12 });
const { sql } = db.database;
let active: MadeCards;

beforeAll(async () => {
  active = await makeActiveCards(sql, { count: 6 });
});

const LIMITS = { ceiling: 300, windowSeconds: 3_600 };
/** What an instance draws of it at once: a sixteenth. */
const LEASE = 19;

/** A budget of its own, as large as the ceiling. */
const budgetOf = (options: Partial<BudgetOptions> = {}) =>
  new GuessBudget({
    sql,
    scope: 'PIN',
    holder: '',
    windowSeconds: LIMITS.windowSeconds,
    allowed: async () => LIMITS.ceiling,
    alert: ({ since }) => ({ kind: 'GUESSING', subject: since, windowSeconds: 3_600, message: 'Spent.' }),
    ...options,
  });

const newWindow = () => sql`DELETE FROM guess_budgets`;
const drawn = async () => {
  const [row] = await sql<
    { drawn: number }[]
  >`SELECT drawn FROM guess_budgets WHERE scope = 'PIN' AND holder = ''`;
  return row?.drawn ?? 0;
};

test('a thousand payments at once from three instances come to what the budget has', async () => {
  await newWindow();
  const budgets = Array.from({ length: 3 }, () => budgetOf());
  const asked = Array.from({ length: 1_000 }, (_, n) => budgets[n % 3]?.pay());
  const payments = (await Promise.all(asked)).filter((payment): payment is Payment => payment !== undefined);
  expect(payments.length).toBeLessThanOrEqual(LIMITS.ceiling);
  expect(await drawn()).toBe(LIMITS.ceiling);
  for (const payment of payments) payment.giveBack();
  await Promise.all(budgets.map((budget) => budget.stop()));
  expect(await drawn()).toBe(0);
});

test('successes cost the database nothing once the first was paid for', async () => {
  await newWindow();
  const budget = budgetOf();
  for (let n = 0; n < 5_000; n += 1) (await budget.pay())?.giveBack();
  expect(await drawn()).toBe(LEASE);
});

test('what was drawn is good until its window ends', async () => {
  await newWindow();
  const budget = budgetOf({ windowSeconds: 1 });
  await budget.pay();
  const [first] = await sql`SELECT since::text FROM guess_budgets`;
  await expect
    .poll(
      async () => {
        await budget.pay();
        const [now] =
          await sql`SELECT since > ${first?.since}::text::timestamptz AS later, drawn FROM guess_budgets`;
        return now;
      },
      { timeout: 3_000 },
    )
    .toEqual({ later: true, drawn: LEASE });
});

/** The statements that a refusal sends, without what they are about. */
async function statementsOf(keyed: EnteredPin): Promise<string[]> {
  const statements: string[] = [];
  const watched = postgres(db.url, {
    max: 1,
    types: { bigint: postgres.BigInt },
    debug: (_connection, query) => statements.push(query.replace(/\s+/g, ' ').trim()),
  });
  const defense = defenseOf(watched as unknown as Sql);
  const means = { sql, writer, defense };
  // The first attempt of an instance draws its lease; it is not among those that are compared.
  const attempt = attemptLike({ callerNumber: '+390655501234', accessNumber: '+390655500000' });
  const authenticate = (credentials: EnteredPin) =>
    authenticateCard(means, OPERATOR, { credentials, attempt, use: true }).catch((error) => error.code);
  const serial = active.cards[5]?.serial ?? '';
  try {
    await authenticate({ pin: pinOf(serial) });
    await authenticate({ serial, pin: pinOf(serial) });
    await sql`DELETE FROM guess_sources`;
    statements.length = 0;
    // Only the answer tells the right PIN more.
    expect(await authenticate(keyed)).toMatch(/^(AUTHENTICATION_REFUSED|CARD_(INACTIVE|LOCKED|CLOSED))$/);
    // What is known of the credential and the address is read once a second, whatever was keyed.
    return statements.filter((statement) => !statement.startsWith('SELECT s.kind'));
  } finally {
    await defense.stop();
    await watched.end();
  }
}

let writer: CommandWriter;

test('unknown, wrong, inactive, expired and locked are the same statements in the same order', async () => {
  writer = new CommandWriter(sql, { lanes: 1 });
  const inactive = (await makeCards(sql, { count: 1 })).cards[0]?.serial ?? '';
  const [unknown, right, expired, locked] = ['NONE', ...active.cards.slice(0, 3).map(({ serial }) => serial)];
  await sql`
    UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() - interval '1 day'
    WHERE serial = ${expired ?? ''}`;
  await sql`UPDATE cards SET locked_at = now(), lock_reason = 'OPERATOR' WHERE serial = ${locked ?? ''}`;
  const alone = [unknown, inactive, expired, locked].map((serial = '') => ({ pin: pinOf(serial) }));
  const named = [unknown, inactive, expired, locked].map((serial = '') => ({ serial, pin: pinOf(serial) }));
  for (const cases of [alone, [...named, { serial: right ?? '', pin: pinOf('WRONG') }]]) {
    const first = await statementsOf(cases[0] as EnteredPin);
    expect(first.length).toBeGreaterThan(5);
    for (const each of cases.slice(1)) expect(await statementsOf(each)).toEqual(first);
  }
});

test('a transaction that is rolled back takes with it no alarm, and no success that was not written yet', async () => {
  await sql`CREATE SEQUENCE tries`;
  await sql`
    CREATE FUNCTION break_first_try() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('tries') = 1 THEN RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'; END IF;
      RETURN NEW;
    END $$`;
  await sql`
    CREATE TRIGGER break_first_try BEFORE INSERT ON security_alerts FOR EACH ROW EXECUTE FUNCTION break_first_try()`;
  try {
    const sources = new GuessSources(sql);
    const failed = new FailedAttempts({ sql, sources, windowSeconds: 900 });
    const attempt = attemptLike({ callerNumber: '+390655502222', address: '192.0.2.22' });
    for (const cardId of ['card', 'card', 'card']) sources.succeeded(attempt, cardId);
    const failure = { attempt, failure: 'UNKNOWN_PIN', serial: null, cardId: null, payment: null } as const;
    await Promise.all(Array.from({ length: 100 }, () => failed.count(failure)));
    expect(await sql`SELECT last_value::int AS tries FROM tries`).toEqual([{ tries: 2 }]);
    expect(await sql`SELECT kind FROM security_alerts WHERE source = ${attempt.callerNumber}`).toEqual([
      { kind: 'GUESSING' },
    ]);
    const [address] =
      await sql`SELECT failures, successes FROM guess_sources WHERE source = ${attempt.address}`;
    expect(address).toEqual({ failures: 100, successes: 1 });
  } finally {
    await sql`DROP TRIGGER break_first_try ON security_alerts`;
  }
});

describe('an exception', () => {
  const attempt = attemptLike({ actorId: newId(), callerNumber: '+390655508888' });
  const held = async () => {
    const rows = await sql<{ scope: string; spent: number }[]>`
      SELECT scope, drawn - failed AS spent FROM guess_budgets WHERE drawn > failed OR failed > 0`;
    return rows.map(({ scope, spent }) => `${scope} ${spent}`);
  };
  const failures = async () =>
    (await sql`SELECT FROM failed_authentications WHERE actor_id = ${attempt.actorId}`).length;

  test('before the decision counts no guess and keeps no reservation', async () => {
    await newWindow();
    const serial = active.cards[3]?.serial ?? '';
    const defense = defenseOf(sql);
    const fault = async (keyed: EnteredPin) => {
      using comparison = await defense.compare(attempt, keyed);
      expect(comparison.compared).toBe(true);
      throw new Error('The database is away.');
    };
    // More than a caller's number may have in progress, and more than lock a card.
    for (let n = 0; n < 20; n += 1) {
      await expect(fault({ pin: pinOf(serial) })).rejects.toThrow('away');
      await expect(fault({ serial, pin: 'wrong' })).rejects.toThrow('away');
    }
    expect(await isGranted(defense, attempt, { serial, pin: pinOf(serial) })).toBe(true);
    await defense.stop();
    expect(await held()).toEqual([]);
    expect(await failures()).toBe(0);
  });

  test('of the lookup keeps no reservation either', async () => {
    await newWindow();
    const serial = active.cards[3]?.serial ?? '';
    const defense = defenseOf(sql);
    await sql`ALTER TABLE trusted_numbers RENAME TO trusted_numbers_away`;
    try {
      for (let n = 0; n < 20; n += 1) {
        await expect(defense.compare(attempt, { pin: pinOf(serial) })).rejects.toThrow('trusted_numbers');
        await expect(defense.compare(attempt, { serial, pin: 'wrong' })).rejects.toThrow('trusted_numbers');
      }
    } finally {
      await sql`ALTER TABLE trusted_numbers_away RENAME TO trusted_numbers`;
    }
    expect(await isGranted(defense, attempt, { serial, pin: pinOf(serial) })).toBe(true);
    await defense.stop();
    expect(await held()).toEqual([]);
    expect(await failures()).toBe(0);
  });

  test('while a refusal is counted leaves its guess paid for', async () => {
    await newWindow();
    const defense = defenseOf(sql);
    await sql`ALTER TABLE failed_authentications RENAME TO failed_authentications_away`;
    try {
      await expect(isGranted(defense, attempt, { pin: 'wrong' })).rejects.toThrow('failed_authentications');
    } finally {
      await sql`ALTER TABLE failed_authentications_away RENAME TO failed_authentications`;
    }
    await defense.stop();
    // From the share of the credential, and from the whole.
    expect(await held()).toEqual(['PIN 1', 'PIN 1']);
  });
});

test('a comparison is decided once', async () => {
  const defense = defenseOf(sql);
  using comparison = await defense.compare(attemptLike(), { pin: 'wrong' });
  await comparison.refuse();
  expect(() => comparison.grant()).toThrow('decided twice');
  await expect(comparison.refuse()).rejects.toThrow('decided twice');
  await defense.stop();
});

test('what is over is forgotten by its time', async () => {
  const defense = defenseOf(sql);
  const attempt = attemptLike({ callerNumber: '+390655507777' });
  const serial = active.cards[4]?.serial ?? '';
  expect(await isGranted(defense, attempt, { pin: pinOf(serial) })).toBe(true);
  expect(await isGranted(defense, attempt, { serial, pin: '0' })).toBe(false);
  await defense.stop();
  const left = async () => {
    const [row] = await sql`
      SELECT (SELECT count(*)::int FROM failed_authentications) AS failures,
        (SELECT count(*)::int FROM serial_failures) AS serials,
        (SELECT count(*)::int FROM guess_sources) AS sources,
        (SELECT count(*)::int FROM trusted_numbers) AS numbers`;
    return Object.values(row ?? {}).map((count) => count > 0);
  };
  const retention = {
    failureDays: 30,
    alertDays: 30,
    trustedNumberDays: 90,
    serials: { windowSeconds: 900 },
  };
  await purgeSecurityRecords(sql, retention);
  expect(await left()).toEqual([true, true, true, true]);
  await sql`UPDATE failed_authentications SET minute = minute - interval '31 days'`;
  await sql`UPDATE serial_failures SET since = since - interval '1 hour'`;
  await sql`UPDATE guess_sources SET counted_at = counted_at - interval '1 day'`;
  await sql`UPDATE trusted_numbers SET trusted_at = trusted_at - interval '91 days'`;
  await purgeSecurityRecords(sql, retention);
  expect(await left()).toEqual([false, false, false, false]);
});
