import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '../../src/server/embedded-postgres/postgres-cluster.ts';
import { digestOf, findApiKeys } from '../../src/store/access/api-keys.ts';
import { PinVault } from '../../src/store/keys/pin-vault.ts';
import type { Sql } from '../../src/store/postgres/database.ts';
import { findRateGroupByName } from '../../src/store/rates/rate-groups.ts';
import { CommandWriter } from '../../src/store/writer/command-writer.ts';
import { redemptionCommand } from '../../src/store/writer/commands/vouchers.ts';
import { makeActiveCards, makeCards, makePartner, OPERATOR } from '../harness/cards.ts';
import { useDatabasePerTest } from '../harness/database.ts';
import { startCommand } from '../harness/processes/command-line.ts';
import { startServerProcess } from '../harness/processes/server-process.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cardline-cli-'));
afterAll(() => rm(folder, { recursive: true }));

const cardline = (words: readonly string[], environment: Record<string, string>) =>
  startCommand(words, { folder, environment }).ended;

const db = useDatabasePerTest({ maxConnections: 2 });
const run = (...words: string[]) => cardline(words, { DATABASE_URL: db.url });

describe('cardline', () => {
  test('explains itself', async () => {
    const { code, output } = await run('--help');
    expect(code).toBe(0);
    expect(output).toContain('Usage: cardline');
    expect(output).toContain('Exit codes: 0 done');
  });

  test('explains each command, with examples, exit codes and --json', { timeout: 120_000 }, async () => {
    const { output } = await run('--help');
    const commands = [...output.matchAll(/^ {2}([a-z-]+) .*\[options\]/gm)].map(([, name = '']) => name);
    expect(commands).toContain('verify');
    for (const command of commands) {
      const help = await run(command, '--help');
      expect(help.code).toBe(0);
      expect(help.output).toMatch(/Examples?:\n {2}\$ [\s\S]+Exit codes: /);
      expect(help.output).toContain('--json');
    }
  });

  test('reports errors to programs as JSON', async () => {
    const { code, output, errors } = await run('import-rates', '--group', 'None', '--json', 'none.csv');
    const message = "none.csv: there is no such file, or it can't be read.";
    expect(JSON.parse(output)).toEqual({ error: { code: 'USAGE', message } });
    expect(errors).toBe(`${message}\n`);
    expect(code).toBe(2);
    const wrong = await run('verify', '--json', '--quickly');
    expect(JSON.parse(wrong.output)).toMatchObject({ error: { code: 'USAGE' } });
  });

  test.each([
    { words: ['sell'], says: "unknown command 'sell'" },
    { words: ['verify', '--quickly'], says: "unknown option '--quickly'" },
    { words: ['demo', '--seconds', 'ten', '--key', 'clk_x'], says: 'Write whole seconds' },
    { words: ['demo'], says: 'pass --key clk_... or set CARDLINE_KEY' },
    { words: ['demo', '--key', 'clk_x', '--url', 'nowhere'], says: 'nowhere is no http address' },
  ])('$words is a usage error', async ({ words, says }) => {
    const { code, errors } = await run(...words);
    expect(errors).toContain(says);
    expect(code).toBe(2);
  });

  test('a folder without a database is named, and none is made there', async () => {
    const { code, errors } = await cardline(['verify'], { CARDLINE_DATA_DIR: 'none' });
    expect(errors).toContain(`There is no database in ${path.join(folder, 'none')}`);
    expect(code).toBe(2);
  });
});

describe('cardline verify', () => {
  test('counts what it looked at and finds nothing', async () => {
    await makeActiveCards(db.database.sql, { count: 3 });
    await makePartner(db.database.sql, 1_000_000n);
    const { code, output } = await run('verify');
    expect(output).toMatch(
      /^Checked 3 cards, 1 partner, 4 transfers, \d+ events, 1 idempotency key, 0 audit entries\.\n(OK {5}[a-z ]+\n)+Every balance/,
    );
    expect(code).toBe(0);
  });

  test('prints JSON for programs', async () => {
    const { code, output, errors } = await run('verify', '--json');
    expect(JSON.parse(output)).toMatchObject({ clean: true, cards: '0', discrepancies: [] });
    expect(errors).toMatch(/^Recomputes all balances: \d+ checks in /);
    expect(code).toBe(0);
  });

  test('names a card whose balance was altered by hand', async () => {
    const { sql } = db.database;
    const { cards } = await makeActiveCards(sql, { count: 2 });
    await sql`UPDATE cards SET balance = balance + 1 WHERE id = ${cards[1]?.id ?? ''}`;
    const { code, output } = await run('verify');
    expect(output).toContain(
      `WRONG  card balances\n       card ${cards[1]?.serial}: balance is 5000001, its transfers sum to 5000000`,
    );
    expect(output).not.toContain(cards[0]?.serial);
    expect(code).toBe(1);
  });

  test('names a transfer that was altered by hand', async () => {
    const { sql } = db.database;
    const { cards } = await makeActiveCards(sql, { count: 2 });
    await sql`ALTER TABLE transfers DISABLE TRIGGER transfers_append_only`;
    const [transfer] = await sql<{ id: string }[]>`
      UPDATE transfers SET amount = amount - 1 WHERE card_id = ${cards[0]?.id ?? ''} RETURNING id`;
    const { code, output } = await run('verify');
    expect(output).toContain(`transfer ${transfer?.id}: `);
    expect(output).toContain(`card ${cards[0]?.serial}: balance is 5000000, its transfers sum to 4999999`);
    expect(output).not.toContain(cards[1]?.serial);
    expect(code).toBe(1);
  });

  test('names what vouchers gave and no card got', async () => {
    const { sql } = db.database;
    const { cards: vouchers } = await makeActiveCards(sql, { count: 2, type: 'VOUCHER' });
    const { cards } = await makeActiveCards(sql, { count: 1 });
    const named = (id = '') => ({ id, reference: id });
    const writer = new CommandWriter(sql, { lanes: 1 });
    for (const { id } of vouchers) {
      const request = { card: named(cards[0]?.id), voucher: named(id), compared: true, idempotencyKey: id };
      await writer.run(redemptionCommand(OPERATOR, request));
    }
    expect((await run('verify')).output).toContain('OK     voucher clearing');
    await sql`ALTER TABLE transfers DISABLE TRIGGER transfers_append_only`;
    await sql`UPDATE transfers SET amount = amount - 1 WHERE kind = 'VOUCHER' AND reason = ${`voucher ${vouchers[0]?.serial}`}`;
    const { code, output } = await run('verify');
    expect(output).toMatch(
      /WRONG {2}voucher clearing\n {7}account VOUCHERS EUR at [^\n]+: has 1 left that vouchers paid in and no card received\n(OK|WRONG)/,
    );
    expect(code).toBe(1);
  });

  test('names counters that are wrong, and "recount" puts them right', async () => {
    const { sql } = db.database;
    await makeActiveCards(sql, { count: 2 });
    expect((await run('recount')).code).toBe(0);
    expect((await run('verify')).code).toBe(0);
    await sql`UPDATE ledger_counters SET owed = owed + 1`;
    await sql`UPDATE batch_counters SET issued = issued + 1`;
    const wrong = await run('verify');
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain('WRONG  ledger counters');
    expect(wrong.output).toContain('WRONG  batch counters');
    expect(await run('recount')).toMatchObject({
      code: 0,
      output: expect.stringContaining('The counters of all reports are counted anew.'),
    });
    expect((await run('verify')).code).toBe(0);
    const noted = await sql`SELECT FROM audit_entries WHERE operation = 'recountReports'`;
    expect(noted).toHaveLength(2);
  });

  test('names the hole that an event left', async () => {
    const { sql } = db.database;
    for (let n = 0; n < 3; n++) await makePartner(sql, 0n);
    await sql`ALTER TABLE events DISABLE TRIGGER events_append_only`;
    await sql`DELETE FROM events WHERE position = 2`;
    const { code, output } = await run('verify');
    expect(output).toContain(
      'WRONG  event positions\n       event 3: follows event 1: the positions between are missing',
    );
    expect(code).toBe(1);
  });
});

describe('cardline import-rates', () => {
  const HEAD = 'prefix,destination,rate_per_minute,initial_increment,increment';
  const deck = async (...lines: string[]) => {
    const file = path.join(folder, 'deck.csv');
    await writeFile(file, lines.join('\n'));
    return file;
  };

  test('imports a deck into a new price list', async () => {
    const file = await deck(HEAD, '39,Italy,0.12,30,6', '40,Romania,0.1,60,60');
    const { code, output } = await run('import-rates', '--group', 'Retail', '--create', 'EUR', file);
    expect(output).toContain('Imported 2 rates into "Retail"');
    expect(code).toBe(0);
    const group = await findRateGroupByName(db.database.sql, 'Retail');
    expect(group).toMatchObject({ currency: 'EUR', rateCount: 2, version: 1 });
  });

  test('reports to programs what it imported, and what is wrong', async () => {
    const json = async (...words: string[]) =>
      JSON.parse((await run('import-rates', '--json', '--group', 'R', ...words)).output);
    const good = await deck(HEAD, '39,Italy,0.12,30,6');
    expect(await json('--create', 'EUR', good)).toEqual({
      rateGroup: 'R',
      currency: 'EUR',
      isCheck: false,
      rateGroupId: expect.any(String),
      imported: 1,
      withdrawn: 0,
      laterRatesDeleted: 0,
      changed: true,
      rateCount: 1,
      version: 1,
      difference: expect.objectContaining({ added: 1, destinationCount: 1 }),
      found: expect.objectContaining({ sheet: null, encoding: 'UTF-8', skippedLines: 0 }),
    });
    expect(await json(await deck(HEAD, '39,Italy,free,30,6'))).toMatchObject({
      error: { code: 'RATE_DECK_REFUSED', problemCount: 1, problems: [{ line: 2, value: 'free' }] },
    });
  });

  test('reads other heads, dates and replacements', async () => {
    await run('import-rates', '--group', 'R', '--create', 'EUR', await deck(HEAD, '39,Italy,0.12,30,6'));
    const file = await deck('Code;destination;Price;initial_increment;increment', '40;Romania;0.1;60;60');
    const heads = ['--column', 'prefix=Code', '--column', 'ratePerMinute=Price'];
    const date = ['--effective-from', '2099-01-01T00:00:00Z', '--replace'];
    const { code, output } = await run('import-rates', '--group', 'R', ...heads, ...date, file);
    expect(output).toContain('Imported 1 rate into "R" and withdrew 1 prefix.');
    expect(code).toBe(0);
  });

  test('lists every bad row and imports nothing', async () => {
    const file = await deck(HEAD, '39,Italy,free,30,6', '40,Romania,0.1,60,60', 'x,Nowhere,0.1,half,6');
    const { code, errors } = await run('import-rates', '--group', 'Retail', '--create', 'EUR', file);
    expect(errors).toContain(`${file}:2: rate_per_minute "free": `);
    expect(errors).toContain(`${file}:4: prefix "x": `);
    expect(errors).toContain(`${file}:4: initial_increment "half": `);
    expect(errors).toContain('Nothing was imported: 3 problems in 3 rows.');
    expect(code).toBe(1);
    expect(await db.database.sql`SELECT FROM rates`).toHaveLength(0);
    expect(await findRateGroupByName(db.database.sql, 'Retail')).toBeUndefined();
  });

  test('shows what a deck would change, and what became of its columns', async () => {
    const list = ['--group', 'R', '--create', 'EUR'];
    await run('import-rates', ...list, await deck(HEAD, '39,Italy,0.12,30,6', '40,Romania,0.1,60,60'));
    const file = await deck(
      'Rates of ACME',
      `${HEAD},note,change`,
      '39,Italy,0.15,30,6,x,',
      '40,Romania,,60,60,,Blocked',
    );
    const { code, output } = await run('import-rates', ...list, '--check', file);
    expect(output).toContain('Would import 2 rates into "R" and withdraw 0 prefixes. Nothing was done.');
    expect(output).toContain('Changes: 1 removed, 1 dearer.');
    expect(output).toContain('  Italy: 1 dearer (0.12 → 0.15)');
    expect(output).toContain('  Romania: 1 removed (0.10 → not offered)');
    expect(output).toContain('"rate_per_minute" read as ratePerMinute');
    expect(output).toContain('"note" ignored, "change" read as status.');
    expect(output).toContain('File: 1 line above the head skipped.');
    expect(code).toBe(0);
    expect(await findRateGroupByName(db.database.sql, 'R')).toMatchObject({ version: 1, rateCount: 2 });
  });

  describe('of a list with a bar', () => {
    const list = ['--group', 'R', '--create', 'EUR'];
    const head = `${HEAD},status`;
    const barred = () =>
      deck(head, '39,Italy,0.12,30,6,', '393,Mobile,0.2,30,6,Blocked').then((file) =>
        run('import-rates', ...list, file),
      );
    const next = () => deck(head, '39,Italy,0.12,30,6,', '44,UK,0.1,1,1,');

    test.each([[], ['--check']])('asks before it is lifted %j', async (...check) => {
      await barred();
      const file = await next();
      const { code, output, errors } = await run(
        'import-rates',
        ...list,
        '--replace',
        '--json',
        ...check,
        file,
      );
      expect(code).toBe(1);
      expect(errors).toMatch(/^ {2}393 Mobile: 0\.12 \(20/m);
      expect(errors).toContain('add --lift-bars');
      expect(JSON.parse(output)).toMatchObject({
        error: {
          code: 'RATE_BARS_LIFTED',
          prefixCount: 1,
          bars: [{ prefix: '393', pricePerMinute: '0.12', isPriced: false }],
        },
      });
      expect(await findRateGroupByName(db.database.sql, 'R')).toMatchObject({ version: 1 });
    });

    test('names what it sells again and what it bars anew', async () => {
      await barred();
      const lifted = await run('import-rates', ...list, '--replace', '--lift-bars', await next());
      expect(lifted.output).toContain('1 prefix no longer barred, callable at:\n  393 Mobile: 0.12 (');
      expect(lifted.output).toContain('1 of 2 rates change nothing.');
      const closed = await run('import-rates', ...list, await deck(head, '44,UK,,1,1,Closed'));
      expect(closed.output).toContain('1 prefix newly barred, callable until then at:\n  44 UK: 0.10 (');
    });
  });

  const GOOD = '39,Italy,0.12,30,6';
  test.each([
    { name: 'a bad row', code: 1, file: () => deck(HEAD, '39,Italy,free,30,6'), words: [] },
    { name: 'another kind of file', code: 1, file: () => deck('%PDF-1.7'), words: [] },
    { name: 'no file', code: 2, file: async () => 'none.csv', words: [] },
    { name: 'a folder', code: 2, file: async () => folder, words: [] },
    { name: 'no currency', code: 1, file: () => deck(HEAD, GOOD), words: ['--create', 'ZZZ'] },
    { name: 'a check', code: 0, file: () => deck(HEAD, GOOD), words: ['--check'] },
  ])('with $name leaves no price list behind', async ({ code, file, words }) => {
    const ended = await run('import-rates', '--group', 'New', '--create', 'EUR', ...words, await file());
    expect(ended).toMatchObject({ code });
    expect(await db.database.sql`SELECT FROM rate_groups`).toHaveLength(0);
  });

  test('under a key that another deck has leaves no price list behind', async () => {
    await run('import-rates', '--group', 'R', '--create', 'EUR', '--key', 'once', await deck(HEAD, GOOD));
    const words = ['--group', 'New', '--create', 'EUR', '--key', 'once'];
    const { code, errors } = await run('import-rates', ...words, await deck(HEAD, GOOD, '44,UK,1,1,1'));
    expect(errors).toContain('"once"');
    expect(code).toBe(1);
    expect(await findRateGroupByName(db.database.sql, 'New')).toBeUndefined();
  });

  test('reads a deck as it is told to', async () => {
    const file = await deck('Code;Price;Valid from', '39;1,2;01/02/2020', '40;10;01/02/2020');
    const heads = ['--column', 'prefix=Code', '--column', 'ratePerMinute=Price'];
    const how = ['--unit', 'cent', '--decimal', 'comma', '--dates', 'dmy', '--increments', '60/1'];
    const { code } = await run('import-rates', '--group', 'R', '--create', 'EUR', ...heads, ...how, file);
    expect(code).toBe(0);
    const rates = await db.database
      .sql`SELECT prefix, rate_per_1e8_minute AS rate, effective_from FROM rates ORDER BY 1`;
    expect(rates.map((each) => [each.prefix, each.rate, each.effective_from])).toEqual([
      ['39', 1_200_000n, new Date('2020-02-01T00:00:00Z')],
      ['40', 10_000_000n, new Date('2020-02-01T00:00:00Z')],
    ]);
  });

  test.each([
    { words: ['--group', 'None'], says: 'There is no price list "None"' },
    { words: ['--group', 'G', '--effective-from', 'tomorrow'], says: 'Write an instant with its offset' },
    {
      words: ['--group', 'G', '--effective-from', '2027-02-30T00:00:00Z'],
      says: 'Write an instant with its offset',
    },
    { words: ['--group', 'G', '--column', 'price=Price'], says: 'Write column=head' },
    { words: [], says: "required option '--group <name>'" },
  ])('with $words is a usage error', async ({ words, says }) => {
    const { code, errors } = await run('import-rates', ...words, await deck(HEAD));
    expect(errors).toContain(says);
    expect(code).toBe(2);
  });

  test('of a file that is not there is a usage error', async () => {
    const { code, errors } = await run('import-rates', '--group', 'G', 'none.csv');
    expect(errors).toContain('none.csv: there is no such file');
    expect(code).toBe(2);
  });
});

async function findApiKey(sql: Sql, secret: string) {
  const [found] = await findApiKeys(sql, [digestOf(secret).toString('hex')]);
  return found?.apiKey;
}

describe('cardline create-key', () => {
  test('prints a key that opens, alone on standard output', async () => {
    const { code, output } = await run('create-key', '--name', 'Way back', '--role', 'ADMINISTRATOR');
    expect(output).toMatch(/^clk_[\w-]{43}\n$/);
    expect(code).toBe(0);
    const key = await findApiKey(db.database.sql, output.trim());
    expect(key).toMatchObject({ name: 'Way back', role: 'ADMINISTRATOR', expiresAt: null });
  });

  test('makes a key for a partner, until a day', async () => {
    const { sql } = db.database;
    const partnerId = await makePartner(sql, 0n);
    const [partner] = await sql<{ name: string }[]>`SELECT name FROM partners WHERE id = ${partnerId}`;
    const until = '2099-01-01T00:00:00.000Z';
    const words = [
      '--name',
      'Portal',
      '--role',
      'PARTNER',
      '--partner',
      partner?.name ?? '',
      '--expires',
      until,
    ];
    const { output } = await run('create-key', ...words);
    expect(await findApiKey(sql, output.trim())).toMatchObject({ partnerId, expiresAt: new Date(until) });
  });

  test.each([
    { words: ['--role', 'KING'], says: 'Allowed choices are', exit: 2 },
    { words: ['--role', 'PARTNER', '--partner', 'Nobody'], says: 'There is no partner "Nobody".', exit: 2 },
    { words: ['--role', 'PARTNER'], says: 'name the partner it acts for', exit: 1 },
    { words: ['--role', 'SWITCH', '--expires', '2001-01-01T00:00:00Z'], says: 'in the past', exit: 1 },
  ])('with $words makes no key', async ({ words, says, exit }) => {
    const { code, output, errors } = await run('create-key', '--name', 'K', ...words);
    expect(errors).toContain(says);
    expect(output).toBe('');
    expect(code).toBe(exit);
    expect(await db.database.sql`SELECT FROM api_keys`).toHaveLength(0);
  });
});

describe('cardline migrate', () => {
  test('says that there is nothing to do', async () => {
    expect(await run('migrate', '--dry-run')).toMatchObject({
      code: 0,
      output: 'The schema is up to date.\n',
    });
    const { code, output } = await run('migrate', '--json');
    expect(JSON.parse(output)).toMatchObject({ pending: [], taken: [] });
    expect(code).toBe(0);
  });
});

describe('cardline export-batch', () => {
  const environment = () => ({
    DATABASE_URL: db.url,
    CARDLINE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  });
  /** Three cards of which the file must have the PINs. */
  const printable = async () => {
    const { sql } = db.database;
    const vault = PinVault.fromMasterKey(Buffer.alloc(32, 7));
    const { batchId, cards } = await makeCards(sql, { count: 3 });
    for (const { id } of cards)
      await sql`UPDATE cards SET pin_cipher = ${vault.seal('12345678901234', id)} WHERE id = ${id}`;
    await sql`UPDATE card_batches SET name = 'Summer' WHERE id = ${batchId}`;
  };

  test('writes the print file, for its owner only, and leaves a note of it', async () => {
    await printable();
    const file = path.join(folder, 'summer.csv');
    const { code, output, errors } = await cardline(['export-batch', 'Summer', file], environment());
    expect({ code, output }).toEqual({ code: 0, output: `Wrote 3 cards of "Summer" to ${file}.\n` });
    expect(errors).toMatch(/^Writes the cards: 3 cards in /);
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^serial,pin,[^\n]+\n([A-Z0-9-]+,12345678901234,[^\n]+\n){3}$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { sql } = db.database;
    expect(await sql`SELECT FROM events WHERE type = 'BATCH_EXPORTED'`).toHaveLength(1);
    expect(await sql`SELECT FROM audit_entries WHERE operation = 'downloadCardBatch'`).toHaveLength(1);
    const again = await cardline(['export-batch', 'Summer', file], environment());
    expect(again).toMatchObject({ code: 2, errors: expect.stringContaining('exists') });
  });

  test('names a batch that is not there', async () => {
    const { code, errors } = await cardline(['export-batch', 'None', 'none.csv'], environment());
    expect(errors).toContain('There is no batch "None".');
    expect(code).toBe(2);
  });
});

describe('cardline demo', () => {
  test('without a server says where it looked', async () => {
    const url = 'http://127.0.0.1:9/graphql';
    const { code, errors } = await cardline(['demo', '--key', 'clk_x', '--url', url], {});
    expect(errors).toBe(`No server answers at ${url}: start one with "npm start", or pass --url.\n`);
    expect(code).toBe(3);
  });

  test('plays on a running server, leaves all balances right and its sockets closed', {
    timeout: 120_000,
  }, async () => {
    const port = String(await freePort());
    const server = await startServerProcess({
      DATABASE_URL: db.url,
      PORT: port,
      CARDLINE_MASTER_KEY: randomBytes(32).toString('base64'),
      DRAIN_SECONDS: '1',
    });
    try {
      expect(server.output()).toContain('npm run demo -- --url');
      const key = server.firstKey();
      const words = ['demo', '--url', server.url, '--seconds', '15'];
      const { code, output, errors } = await cardline(words, { CARDLINE_KEY: key });
      expect(errors).toBe('');
      expect(code).toBe(0);
      expect(output).toMatch(/^operator .*Takes the price list "A-Z Retail EUR": 49,416 prefixes\.$/m);
      expect(output.match(/Activates the batch: 5,000 cards are in service, 0 were refused\./g)).toHaveLength(
        2,
      );
      expect(output).toMatch(/^Kiosk .*Recharges DEMO-/m);
      expect(output).toMatch(/^switch \d .*Binds \+99450/m);
      expect(output).toMatch(/^dashboard .*DEMO-\d{10}: \+/m);
      expect(output).toMatch(/^demo .*Stopped\. Done: 10,000 cards, /m);
      expect(output).not.toContain('clk_');
      const refused = await cardline(['demo', '--url', server.url], { CARDLINE_KEY: 'clk_wrong' });
      expect(refused).toMatchObject({
        code: 2,
        errors: expect.stringContaining('A valid API key is needed'),
      });
      expect(await run('verify')).toMatchObject({ code: 0 });
    } finally {
      expect(await server.stop('SIGTERM')).toBe(0);
    }
  });
});
