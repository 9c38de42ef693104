import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/store/verification.ts';
import { type MadeCards, makeActiveCards } from '../harness/cards.ts';
import { useDatabasePerTest } from '../harness/database.ts';
import { startCommand } from '../harness/processes/command-line.ts';
import { snapshot } from '../harness/refusals.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cardline-lists-'));
afterAll(() => rm(folder, { recursive: true }));

const db = useDatabasePerTest({ maxConnections: 2 });
afterEach(async () => {
  expect(await verify(db.database.sql)).toMatchObject({ clean: true });
});

const start = (...words: string[]) => startCommand(words, { folder, environment: { DATABASE_URL: db.url } });
const run = (...words: string[]) => start(...words).ended;

let written = 0;
async function list(...lines: string[]): Promise<string> {
  written += 1;
  const file = path.join(folder, `list-${written}.csv`);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

const recharges = ({ cards }: MadeCards, amount = '2.50') =>
  list('serial,amount,currency', ...cards.map(({ serial }) => `${serial},${amount},EUR`));

async function balances(): Promise<Record<string, number>> {
  const rows = await db.database.sql<{ balance: bigint; cards: number }[]>`
    SELECT balance, count(*)::int AS cards FROM cards GROUP BY balance ORDER BY balance`;
  return Object.fromEntries(rows.map(({ balance, cards }) => [balance.toString(), cards]));
}

async function rechargeCount(): Promise<number> {
  const [row] = await db.database.sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM transfers WHERE kind = 'RECHARGE'`;
  return row?.count ?? 0;
}

describe('cardline recharge-cards', () => {
  test('recharges each card once, however often the file is sent', async () => {
    const file = await recharges(await makeActiveCards(db.database.sql, { count: 1_500 }));
    const first = await run('recharge-cards', file);
    expect(first).toMatchObject({ code: 0, output: 'Recharged 1500 cards; 0 rows were refused.\n' });
    expect(first.errors).toMatch(/^Recharges the cards: 1,500 rows in /);
    const again = await run('recharge-cards', file, '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.output)).toMatchObject({ done: 1500, refused: 0, answeredBefore: 1500 });
    expect(await balances()).toEqual({ 7500000: 1500 });
    const entries = await db.database.sql`
      SELECT outcome FROM audit_entries WHERE operation = 'rechargeCards'`;
    expect(entries).toEqual([{ outcome: 'OK' }, { outcome: 'OK' }]);
  });

  test('names the rows that were refused, and does the others', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 2, rechargeMax: 50_000_000n });
    const [one, two] = [cards[0]?.serial ?? '', cards[1]?.serial ?? ''];
    const lines = [`a,${one},1,EUR`, `b,NONE-1,1,EUR`, `c,${two},60,EUR`, `d,${two},1,USD`, `e,${two},2,EUR`];
    const file = await list('key,serial,amount,currency', ...lines);
    const refused = path.join(folder, 'refused.csv');
    const { code, output, errors } = await run('recharge-cards', file, '--refused', refused, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ done: 2, refused: 3, answeredBefore: 0 });
    expect(errors).not.toContain('NONE-1');
    const told = (await readFile(refused, 'utf8')).split('\r\n');
    expect(told.map((line) => line.split(',').slice(0, 5).join(','))).toEqual([
      'line,key,serial,number,code',
      '3,b,NONE-1,,NOT_FOUND',
      `4,c,${two},,RECHARGE_OUT_OF_RANGE`,
      `5,d,${two},,CURRENCY_MISMATCH`,
      '',
    ]);
    const again = await run('recharge-cards', file);
    expect(again.code).toBe(1);
    expect(again.errors).toContain(`${file}:3: NOT_FOUND: `);
    expect(again.output).toMatch(
      /^Nothing was done: the list was done before, on 2\S+Z\. .*--again\.\nThen it recharged 2 cards; 3 rows were refused\.\n$/,
    );
    expect(await balances()).toEqual({ 6000000: 1, 7000000: 1 });
  });

  test('with keys of its own a row is done once in whatever file', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 2 });
    const [one, two] = [cards[0]?.serial ?? '', cards[1]?.serial ?? ''];
    const head = 'key;serial;amount;currency';
    const first = await run('recharge-cards', await list(head, `1;${one};1;EUR`, '2;NONE-1;1;EUR'));
    expect(first.output).toBe('Recharged 1 card; 1 row was refused.\n');
    expect(first.errors).toMatch(/^Recharges the cards: 2 rows in /);
    const corrected = await run('recharge-cards', await list(head, `1;${one};1;EUR`, `2b;${two};1;EUR`));
    expect(corrected).toMatchObject({
      code: 0,
      output:
        'Recharged 2 cards; 0 rows were refused.\n1 of the rows had been sent before: it has the answer of then.\n',
    });
    const other = await run('recharge-cards', await list(head, `1;${one};9;EUR`));
    expect(other).toMatchObject({ code: 1, errors: expect.stringContaining(':2: IDEMPOTENCY_KEY_REUSED: ') });
    expect(await balances()).toEqual({ 6000000: 2 });
  });

  test('with decimal commas is paid as it is meant, or refused', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 2 });
    const [one, two] = [cards[0]?.serial ?? '', cards[1]?.serial ?? ''];
    const head = 'serial;amount;currency';
    const open = await run('recharge-cards', await list(head, `${one};1,234;EUR`));
    expect(open).toMatchObject({
      code: 1,
      errors: expect.stringContaining(':2: amount: The comma here may'),
    });
    const mixed = await run('recharge-cards', await list(head, `${one};1,50;EUR`, `${two};1.50;EUR`));
    expect(mixed).toMatchObject({ code: 1, errors: expect.stringContaining(':3: amount: This amount has') });
    expect(await balances()).toEqual({ 5000000: 2 });
    const paid = await run(
      'recharge-cards',
      await list(head, `${one};1,50;EUR`, `${two};2,00000000000000004;EUR`),
    );
    expect(paid).toMatchObject({ code: 0 });
    expect(await balances()).toEqual({ 6500000: 1, 7000000: 1 });
  });

  test('another file under a key that was used is refused as a whole', async () => {
    const made = await makeActiveCards(db.database.sql, { count: 2 });
    await run('recharge-cards', '--key', 'bonus', await recharges(made));
    const before = await snapshot(db.database.sql);
    const { code, output } = await run(
      'recharge-cards',
      '--json',
      '--key',
      'bonus',
      await recharges(made, '9'),
    );
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ error: { code: 'IDEMPOTENCY_KEY_REUSED', key: 'bonus' } });
    expect(await snapshot(db.database.sql)).toEqual(before);
  });

  test('a list saved again pays nothing, and one with its rows in it is asked about', {
    timeout: 120_000,
  }, async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 2 });
    const [one, two] = [cards[0]?.serial ?? '', cards[1]?.serial ?? ''];
    const first = await run(
      'recharge-cards',
      await list('serial,amount,currency', `${one},10.00,EUR`, `${two},5,EUR`),
    );
    expect(first).toMatchObject({ code: 0 });
    const saved = `\ufeff"currency";"amount";"serial"\r\n\r\n"EUR";"10";"${one}"\r\nEUR;5.000000;${two}`;
    await writeFile(path.join(folder, 'saved.csv'), saved);
    const again = await run('recharge-cards', path.join(folder, 'saved.csv'));
    expect(again).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Nothing was done: the list was done before, on /),
    });
    const before = await snapshot(db.database.sql);
    const turned = await list('serial,amount,currency', `${two},5,EUR`, `${one},10,EUR`);
    const asked = await run('recharge-cards', turned, '--json');
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.output).error).toMatchObject({
      code: 'ROWS_SENT_BEFORE',
      rowCount: 2,
      sharedRows: 2,
      lines: [2, 3],
    });
    expect(asked.errors).toContain('add --again');
    expect(await snapshot(db.database.sql)).toEqual(before);
    expect(await run('recharge-cards', turned, '--again')).toMatchObject({ code: 0 });
    expect(await balances()).toEqual({ 15000000: 1, 25000000: 1 });
  });

  test('a file with bad lines changes nothing, and every one is named', async () => {
    const made = await makeActiveCards(db.database.sql, { count: 1 });
    const serial = made.cards[0]?.serial;
    const before = await snapshot(db.database.sql);
    const file = await list(
      'key,serial,number,amount,currency',
      `a,${serial},,1,EUR`,
      `a,${serial},,1,EUR`,
      `,${serial},,1,EUR`,
      `b,${serial},+390612345678,1,EUR`,
      'c,,,1,EUR',
      'd,,12,1,EUR',
      `e,${serial},,0,EUR`,
      `f,${serial},,1.001,EURO`,
      `g,${serial},1`,
      `h,${serial},,10.50,JPY`,
    );
    const { code, output, errors } = await run('recharge-cards', file, '--json');
    expect(code).toBe(1);
    const { error } = JSON.parse(output);
    expect(error).toMatchObject({ code: 'CARD_LIST_REFUSED', rowCount: 10, problemCount: 10 });
    expect(
      error.problems.map(({ line, code: why }: { line: number; code: string }) => `${line} ${why}`),
    ).toEqual([
      '3 DOUBLE_KEY',
      '4 BAD_KEY',
      '5 NO_CARD',
      '6 NO_CARD',
      '7 BAD_NUMBER',
      '8 BAD_AMOUNT',
      '9 BAD_AMOUNT',
      '9 BAD_CURRENCY',
      '10 CELL_COUNT',
      '11 BAD_AMOUNT',
    ]);
    expect(errors).toContain(`${file}:8: amount: Write an amount above zero`);
    expect(errors).toContain(`${file}:11: amount: Write an amount with no decimals, as its currency has.`);
    expect(errors).toContain('Nothing was done: 10 problems in 10 rows.');
    expect(await snapshot(db.database.sql)).toEqual(before);
  });

  test.each([
    { lines: ['pin,amount,currency', '1,1,EUR'], says: 'add one with the head "serial" or "number"' },
    { lines: ['serial,currency', '1,EUR'], says: 'No column has the head "amount"' },
    { lines: ['serial,amount,currency'], says: 'The file has no rows' },
  ])('$lines is no list', async ({ lines, says }) => {
    const { code, errors } = await run('recharge-cards', await list(...lines));
    expect(errors).toContain(says);
    expect(code).toBe(1);
  });

  test('kill -9 in the middle, and the file again: each card has it once', { timeout: 120_000 }, async () => {
    const made = await makeActiveCards(db.database.sql, { count: 6_000 });
    const file = await recharges(made);
    const { child, ended } = start('recharge-cards', file);
    await expect.poll(rechargeCount, { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await ended;
    const done = await rechargeCount();
    expect(done).toBeLessThan(6_000);
    const { code, output } = await run('recharge-cards', file, '--json');
    expect(code).toBe(0);
    const { answeredBefore, ...outcome } = JSON.parse(output);
    expect(outcome).toMatchObject({ done: 6_000, refused: 0 });
    // What was in progress when it was killed may have been committed after we counted.
    expect(answeredBefore).toBeGreaterThanOrEqual(done);
    expect(await balances()).toEqual({ 7500000: 6_000 });
  });

  test('the same file twice at once: each card has it once, and both report the same', {
    timeout: 120_000,
  }, async () => {
    const file = await recharges(await makeActiveCards(db.database.sql, { count: 3_000 }));
    const both = await Promise.all([run('recharge-cards', file), run('recharge-cards', file)]);
    for (const { code, output } of both) {
      expect(code).toBe(0);
      expect(output).toContain('Recharged 3000 cards; 0 rows were refused.');
    }
    expect(await balances()).toEqual({ 7500000: 3_000 });
  });
});

describe('cardline change-cards', () => {
  const states = async () =>
    (await db.database.sql<{ locked: boolean }[]>`SELECT locked_at IS NOT NULL AS locked FROM cards`).map(
      ({ locked }) => locked,
    );

  test('locks the cards of a list, unlocks them, and locks them again when it is meant', {
    timeout: 120_000,
  }, async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 3 });
    const file = await list('serial', ...cards.map(({ serial }) => serial));
    const lock = ['change-cards', 'LOCK', file, '--reason', 'REPORTED_LOST', '--note', 'Van of 12 May'];
    expect(await run(...lock)).toMatchObject({ code: 0, output: 'Changed 3 cards; 0 rows were refused.\n' });
    // Whoever lost that answer asks for it at once.
    const lost = await run(...lock);
    expect(lost).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Nothing was done: .* before, on 2/),
    });
    expect(lost.output).not.toContain('Changed');
    expect(await states()).toEqual([true, true, true]);
    expect(await run('change-cards', 'UNLOCK', file)).toMatchObject({ code: 0 });
    expect(await states()).toEqual([false, false, false]);
    const done = await run(...lock, '--json');
    expect(done.code).toBe(1);
    expect(JSON.parse(done.output)).toMatchObject({ error: { code: 'ROWS_SENT_BEFORE', changedSince: 3 } });
    expect(done.output).toContain('add --again');
    expect(await states()).toEqual([false, false, false]);
    expect(await run(...lock, '--again')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Changed 3/),
    });
    expect(await states()).toEqual([true, true, true]);
    expect((await run('change-cards', 'UNLOCK', file)).errors).toContain('add --again');
    expect(await run('change-cards', 'UNLOCK', file, '--again')).toMatchObject({ code: 0 });
    expect(await run(...lock, '--key', 'again')).toMatchObject({ code: 0 });
    expect(await states()).toEqual([true, true, true]);
    const { code, errors } = await run(...lock, '--key', 'once more');
    expect(code).toBe(1);
    expect(errors).toContain(`${file}:4: CARD_ALREADY_LOCKED: `);
  });

  test('a key of a row stands for all of its change', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 1 });
    const file = await list('key,serial', `a,${cards[0]?.serial}`);
    const lock = (...more: string[]) => run('change-cards', 'LOCK', file, '--reason', ...more);
    const asked = ['REPORTED_LOST', '--note', 'Van', '--unlock-at', '2100-01-01T00:00:00Z'];
    expect(await lock(...asked)).toMatchObject({ code: 0 });
    expect((await lock(...asked)).output).toMatch(/^Nothing was done: the list was done before, on /);
    const others = [
      ['OPERATOR', ...asked.slice(1)],
      ['REPORTED_LOST', '--note', 'Taxi', ...asked.slice(3)],
      [...asked.slice(0, 3), '--unlock-at', '2100-01-02T00:00:00Z'],
    ];
    const before = await snapshot(db.database.sql);
    for (const other of others) {
      const { code, errors } = await lock(...other, '--key', other.join());
      expect({ code, errors }).toEqual({
        code: 1,
        errors: expect.stringContaining(':2: IDEMPOTENCY_KEY_REUSED: '),
      });
    }
    const {
      idempotency_keys: _keys,
      card_lists: _lists,
      card_list_rows: _rows,
      ...after
    } = await snapshot(db.database.sql);
    expect(before).toMatchObject(after);
  });

  test.each([
    { words: ['SELL', 'list.csv'], says: 'Allowed choices are LOCK', exit: 2 },
    { words: ['LOCK', 'none.csv', '--reason', 'OPERATOR'], says: 'none.csv: there is no such file', exit: 2 },
    { words: ['LOCK', 'none.csv'], says: 'LOCK needs a --reason.', exit: 2 },
    { words: ['ACTIVATE', 'none.csv', '--note', 'x'], says: 'does not go with ACTIVATE', exit: 1 },
  ])('with $words changes nothing', async ({ words, says, exit }) => {
    const { code, errors } = await run('change-cards', ...words);
    expect(errors).toContain(says);
    expect(code).toBe(exit);
  });
});
