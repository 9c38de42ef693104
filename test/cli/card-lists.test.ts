import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { CONSOLE } from '../../src/cli/bulk-file.ts';
import { RECHARGES } from '../../src/cli/recharge-cards.ts';
import { readBulkFile } from '../../src/store/cards/bulk-file-reader.ts';
import { sendBulkFile } from '../../src/store/cards/bulk-file-sender.ts';
import { RowsSentBefore } from '../../src/store/cards/card-lists.ts';
import type { Pool } from '../../src/store/postgres/pool.ts';
import { verify } from '../../src/store/verification.ts';
import { makeActiveCards } from '../harness/cards.ts';
import { useDatabasePerTest } from '../harness/database.ts';

const db = useDatabasePerTest({ maxConnections: 4 });
afterEach(async () => {
  expect(await verify(db.database.sql)).toMatchObject({ clean: true });
});

async function* bytes(text: string) {
  yield Buffer.from(text);
}

interface Sent {
  readonly name?: string;
  readonly again?: boolean;
  /** Called after each thousand rows. */
  readonly onProgress?: () => void;
}

async function send(text: string, { name, again = false, onProgress = () => {} }: Sent = {}) {
  const { rows, problems } = await readBulkFile(bytes(text), RECHARGES, { country: null });
  expect(problems.listed).toEqual([]);
  const order = { ...RECHARGES, rows, actor: CONSOLE, name: name ?? null, again };
  return sendBulkFile(db.database.sql as Pool, order, onProgress);
}

interface Row {
  readonly card: number;
  readonly micros: number;
}

/** How a spreadsheet may save a list. */
interface Form {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly bom: boolean;
  readonly quotes: boolean;
  readonly zeros: number;
  readonly columns: readonly string[];
  readonly byNumber: boolean;
  readonly blankLines: boolean;
  readonly endsInLine: boolean;
}

const form: fc.Arbitrary<Form> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  bom: fc.boolean(),
  quotes: fc.boolean(),
  zeros: fc.nat({ max: 6 }),
  columns: fc.shuffledSubarray(['card', 'amount', 'currency'], { minLength: 3 }),
  byNumber: fc.boolean(),
  blankLines: fc.boolean(),
  endsInLine: fc.boolean(),
});
const rowsOf = fc.array(
  fc.record({
    card: fc.nat({ max: 2 }),
    micros: fc.integer({ min: 1, max: 3_000 }).map((cents) => cents * 10_000),
  }),
  {
    minLength: 1,
    maxLength: 6,
  },
);

describe('a list of recharges', () => {
  const cards = async () => {
    const { cards: made } = await makeActiveCards(db.database.sql, { count: 3, faceValue: 0n });
    for (const [index, { id }] of made.entries()) {
      await db.database.sql`
        INSERT INTO number_bindings (number, card_id, created_at) VALUES (${`+39333123450${index}`}, ${id}, now())`;
    }
    return made;
  };
  const total = async () => {
    const [row] = await db.database.sql<
      { sum: bigint }[]
    >`SELECT coalesce(sum(balance), 0)::bigint AS sum FROM cards`;
    return Number(row?.sum);
  };

  function saved(rows: readonly Row[], made: readonly { serial: string }[], how: Form): string {
    const { delimiter, lineEnd, bom, quotes, zeros, columns, byNumber, blankLines, endsInLine } = how;
    const cell = (text: string) => (quotes ? `"${text}"` : text);
    const line = (cells: Readonly<Record<string, string>>) =>
      columns.map((column) => cell(cells[column] ?? '')).join(delimiter);
    const lines = rows.map(({ card, micros }) =>
      line({
        card: byNumber ? `+39333123450${card}` : (made[card]?.serial ?? ''),
        amount: (micros / 1e6).toFixed(6).replace(new RegExp(`(\\.?)0{0,${zeros}}$`), ''),
        currency: 'EUR',
      }),
    );
    const head = line({ card: byNumber ? 'number' : 'serial', amount: 'amount', currency: 'currency' });
    const text = [head, ...lines].join(blankLines ? lineEnd + lineEnd : lineEnd);
    return `${bom ? '\ufeff' : ''}${text}${endsInLine ? lineEnd : ''}`;
  }

  test('pays once, in whatever form it is saved again', { timeout: 240_000 }, async () => {
    const made = await cards();
    const tried = new Set<string>();
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.array(form, { minLength: 2, maxLength: 4 }), async (rows, forms) => {
        const id = JSON.stringify(rows);
        const before = await total();
        const due = rows.reduce((sum, { micros }) => sum + micros, 0);
        let isMeant = false;
        for (const how of forms) {
          // Another list of this run may have had one of the rows by chance: then this list is meant.
          const sent = await send(saved(rows, made, how)).catch((error) => {
            if (!(error instanceof RowsSentBefore) || isMeant || tried.has(id)) throw error;
            return send(saved(rows, made, how), { again: true });
          });
          expect(sent).toMatchObject({ done: rows.length, refusals: [] });
          isMeant = true;
        }
        expect(await total()).toBe(before + (tried.has(id) ? 0 : due));
        tried.add(id);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['in another order', 'B,2\nA,1'],
    ['with another row', 'A,1\nB,2\nC,3'],
    ['in part', 'B,2'],
    ['in part and with a new row', 'C,3\nB,2.00'],
  ])('that was sent before is asked about %s', async (_how, rows) => {
    const made = await cards();
    const text = (body: string) =>
      `serial,amount,currency\n${body.replace(/^([A-C]),(.*)$/gm, (_all, name, amount) => `${made['ABC'.indexOf(name)]?.serial},${amount},EUR`)}`;
    await send(text('A,1\nB,2'));
    await expect(send(text(rows))).rejects.toThrow(RowsSentBefore);
    await expect(send(text(rows), { name: 'a name' })).rejects.toThrow(RowsSentBefore);
    expect(await total()).toBe(3_000_000);
    const { done } = await send(text(rows), { again: true });
    expect(done).toBe(rows.split('\n').length);
    const after = await total();
    // Whoever does not say again is answered, and what was meant once is not meant always.
    expect(await send(text(rows))).toMatchObject({ before: done + 0 });
    expect(await total()).toBe(after);
  });

  test('may be sent again on purpose, and by its name only once', async () => {
    const made = await cards();
    const text = `serial,amount,currency\n${made[0]?.serial},1,EUR`;
    await send(text);
    await send(text, { again: true });
    await send(text);
    expect(await total()).toBe(2_000_000);
    for (let n = 0; n < 3; n += 1) await send(text, { again: true, name: 'January' });
    expect(await total()).toBe(3_000_000);
  });

  test('that was refused may be sent once its cards take it', async () => {
    const made = await cards();
    const { sql } = db.database;
    await sql`UPDATE card_batches SET recharge_max = 1000000`;
    const text = (body: string) => `serial,amount,currency\n${made[0]?.serial},1,EUR\n${body}`;
    const { refusals } = await send(text(`${made[1]?.serial},2,EUR`));
    expect(refusals).toHaveLength(1);
    await sql`UPDATE card_batches SET recharge_max = NULL`;
    await expect(send(text(`${made[1]?.serial},2,EUR`))).resolves.toMatchObject({ done: 1 });
    const rest = `serial,amount,currency\n${made[1]?.serial},2,EUR`;
    await expect(send(rest)).resolves.toMatchObject({ done: 1, before: 0 });
    expect(await total()).toBe(3_000_000);
  });

  test('keeps to the cards it meant when a number of it moves', async () => {
    const made = await cards();
    const text = 'number,amount,currency\n+393331234500,1,EUR\n';
    await send(text);
    await db.database
      .sql`UPDATE number_bindings SET card_id = ${made[1]?.id ?? ''} WHERE number = '+393331234500'`;
    expect(await send(text)).toMatchObject({ done: 1, before: 1 });
    const later = `serial,amount,currency\r\n${made[0]?.serial},1.0,EUR`;
    expect(await send(later)).toMatchObject({ done: 1, before: 1 });
    expect(await total()).toBe(1_000_000);
  });

  test('with keys of its rows is the same under another name of a card', async () => {
    const made = await cards();
    await send(`key,serial,amount,currency\nk,${made[0]?.serial},1,EUR\nl,${made[1]?.serial},1,EUR`);
    const other = 'currency;key;amount;number\nEUR;k;1.00;+393331234500';
    expect(await send(other)).toMatchObject({ done: 1, before: 1, refusals: [] });
    await expect(send(`serial,amount,currency\n${made[0]?.serial},1,EUR`)).rejects.toThrow(RowsSentBefore);
    await send(`key,serial,amount,currency\nm,${made[0]?.serial},1,EUR`);
    expect(await total()).toBe(3_000_000);
  });

  test.each([{ again: false }, { again: true }])(
    'broken off is finished, with $again as again',
    async ({ again }) => {
      const { cards: made } = await makeActiveCards(db.database.sql, { count: 2_500, faceValue: 0n });
      const text = `serial,amount,currency\n${made.map(({ serial }) => `${serial},1,EUR`).join('\n')}`;
      if (again) await send(text);
      const goes = again ? 2 : 1;
      const stop = () => {
        throw new Error('killed');
      };
      await expect(send(text, { again, onProgress: stop })).rejects.toThrow('killed');
      expect(await total()).toBe(((goes - 1) * 2_500 + 1_000) * 1e6);
      const two = await Promise.all([send(text, { again }), send(text, { again })]);
      expect(two).toMatchObject([{ done: 2_500 }, { done: 2_500 }]);
      expect(await total()).toBe(goes * 2_500 * 1e6);
    },
  );

  test('two that share a row, sent at once: one of them pays it', async () => {
    const made = await cards();
    const text = (first: number) =>
      `serial,amount,currency\n${made[first]?.serial},1,EUR\n${made[2]?.serial},1,EUR`;
    const both = await Promise.allSettled([send(text(0)), send(text(1))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await total()).toBe(2_000_000);
  });
});
