import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openWorkbook } from '../../../src/store/files/formats/workbook.ts';
import { readDeck } from '../../harness/deck-forms.ts';

interface SheetPart {
  readonly name: string;
  readonly rows: string;
  readonly state?: string;
  readonly merged?: string;
}

const HEAD = ['prefix', 'destination', 'rate_per_minute', 'initial_increment', 'increment'];
const text = (value: string) => `<c t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
const number = (value: string, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`;
const headRow = row(...HEAD.map(text));
const italy = row(number('39'), text('Italy'), number('1.2E-2'), number('60'), number('60'));

/** A workbook as other programs write it. Style 1 is a date, 2 a number of six digits with zeros in front. */
function workbook(sheets: readonly SheetPart[], others: Record<string, string> = {}): Buffer {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (id: string, of: string, target: string) =>
    `<Relationship Id="${id}" Type="${type}/${of}" Target="${target}"/>`;
  const listed = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"${state ? ` state="${state}"` : ''}/>`,
  );
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${type}"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map((_, index) => relation(`s${index}`, 'worksheet', `worksheets/sheet${index}.xml`))
      .join('')}${relation('st', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ...others,
  };
  for (const [index, { rows, merged }] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index}.xml`] =
      `<worksheet><sheetData>${rows}</sheetData>${merged ? `<mergeCells><mergeCell ref="${merged}"/></mergeCells>` : ''}</worksheet>`;
  }
  const files = Object.entries(parts).map(([name, content]) => [name, strToU8(content)] as const);
  return Buffer.from(zipSync(Object.fromEntries(files)));
}

const one = (rows: string, merged?: string) => workbook([{ name: 'Rates', rows, ...(merged && { merged }) }]);
const codes = async (bytes: Buffer, settings = {}) =>
  (await readDeck(bytes, { settings })).problems.map(({ code, line }) => [code, line]);

describe('a workbook', () => {
  test('gives the rates of its sheet, whose numbers are as they are shown', async () => {
    const spain = row(number('34'), text('Spain'), number('0.28999999999999998'), number('1'), number('1'));
    const { rates, found } = await readDeck(one(headRow + italy + spain));
    expect(rates.map(({ prefix, ratePer1e8Minute }) => [prefix, ratePer1e8Minute])).toEqual([
      ['39', 1_200_000n],
      ['34', 29_000_000n],
    ]);
    expect(found).toMatchObject({ sheet: 'Rates', encoding: null });
  });

  test('has its head below titles', async () => {
    const { rates, found } = await readDeck(one(row(text('ACME')) + row() + headRow + italy));
    expect(rates).toHaveLength(1);
    expect(found.skippedLines).toBe(1);
  });

  test('of several sheets gives the visible one that has the columns, or the one that is named', async () => {
    const cover = { name: 'Cover', rows: row(text('ACME')) };
    const old = { name: 'Old', rows: headRow + italy.replace('1.2E-2', '2'), state: 'hidden' };
    const rates = { name: 'Rates', rows: headRow + italy };
    const book = workbook([cover, old, rates]);
    expect((await readDeck(book)).found.sheet).toBe('Rates');
    expect((await readDeck(book, { settings: { sheet: ' old ' } })).rates[0]?.ratePer1e8Minute).toBe(
      200_000_000n,
    );
    expect(await codes(workbook([rates, { ...rates, name: 'Premium' }]))).toEqual([['SEVERAL_SHEETS', 1]]);
    expect(await codes(book, { sheet: 'New' })).toEqual([['NO_SUCH_SHEET', 1]]);
  });

  const rates = { name: 'Rates', rows: headRow + italy };
  const listOf = (name: string, ...rows: string[]) => ({ name, rows: rows.join('') });

  test.each([
    listOf('Blocked', row(text('Code')), row(number('393'))),
    listOf('Sheet2', row(text('Code changes')), row(text('393'), text('Italy mobile'))),
    listOf('Closed codes', row(text('Cuba'))),
    listOf('Info', row(text('Cuba'), text('withdrawn'))),
    listOf('More', row(text('Prefixes')), row(text('393-395; 397'))),
  ])('is refused while $name may say what is not sold, until the sheet to read is named', async (other) => {
    for (const sheets of [
      [rates, other],
      [other, rates],
    ]) {
      const { problems } = await readDeck(workbook(sheets));
      expect(problems).toMatchObject([{ code: 'SEVERAL_SHEETS' }]);
      expect(problems[0]?.message).toContain(`"${other.name}"`);
      const { found, rates: read } = await readDeck(workbook(sheets), { settings: { sheet: 'Rates' } });
      expect(read).toHaveLength(1);
      expect(found).toMatchObject({ sheet: 'Rates', otherSheets: [other.name] });
    }
  });

  test('has its other sheets named, hidden ones too, unless they are empty', async () => {
    const sheets = [
      listOf('Cover', row(text('ACME Telecom'), text('Valid from January'))),
      rates,
      { ...listOf('Old', row(number('393'))), state: 'hidden' },
      listOf('Sheet3', row()),
    ];
    const { found, problems } = await readDeck(workbook(sheets));
    expect(problems).toEqual([]);
    expect(found).toMatchObject({ sheet: 'Rates', otherSheets: ['Cover', 'Old'] });
  });

  test('keeps the zeros that a number is shown with', async () => {
    const [sheet] = await openWorkbook(
      one(row(number('12345', 2), number('46053', 1), number('46053.5', 1))),
    );
    const lines = [];
    for await (const group of sheet?.lines() ?? []) lines.push(...group);
    expect(lines[0]?.cells).toEqual(['012345', '2026-01-31', '2026-01-31T12:00:00']);
  });

  test.each([
    ['a line break in a cell', headRow + italy.replace('Italy', 'It&#10;aly'), undefined, 'LINE_BREAK', 2],
    [
      'a number that lost digits',
      headRow + italy.replace('39', '1234567890123456'),
      undefined,
      'DIGITS_LOST',
      2,
    ],
    ['cells merged downwards', headRow + italy + italy.replace('39', '40'), 'B2:B3', 'MERGED_CELLS', 3],
    [
      'a formula without a result',
      headRow + italy.replace('<v>1.2E-2</v>', '<f>A1*2</f>'),
      undefined,
      'BAD_RATE',
      2,
    ],
    [
      'an error for a result',
      headRow + italy.replace('<c s="0"><v>1.2E-2', '<c t="e"><v>#N/A'),
      undefined,
      'BAD_RATE',
      2,
    ],
  ])('with %s is refused with the line', async (_, rows, merged, code, line) => {
    expect(await codes(one(rows, merged))).toEqual([[code, line]]);
  });

  test('with its title merged over columns and rows is read', async () => {
    expect(await codes(one(row(text('ACME')) + row() + headRow + italy, 'A1:E2'))).toEqual([]);
  });
});

describe('what is no workbook', () => {
  test('is refused by name', async () => {
    const good = one(headRow + italy);
    expect(await codes(good.subarray(0, good.length - 40))).toEqual([['NOT_READABLE', 1]]);
    expect(await codes(Buffer.from(zipSync({ 'a.txt': strToU8('39') })))).toEqual([['NOT_READABLE', 1]]);
    expect(await codes(Buffer.from('d0cf11e0a1b11ae10000000000000000', 'hex'))).toEqual([
      ['NOT_READABLE', 1],
    ]);
    expect(await codes(Buffer.from('%PDF-1.7 and so on'))).toEqual([['NOT_READABLE', 1]]);
    expect(await codes(one(`${headRow}<row><c`))).toEqual([['NOT_READABLE', 1]]);
  });

  test('unpacks no bomb', async () => {
    const bomb = one(headRow + row(text('0'.repeat(8_000_000))));
    expect(bomb.length).toBeLessThan(20_000);
    const [sheet] = await openWorkbook(bomb, 1_000_000);
    await expect(async () => {
      for await (const _ of sheet?.lines() ?? []);
    }).rejects.toThrow('unpacks to more than');
  });

  test('expands no entity', async () => {
    const evil = workbook([{ name: 'Rates', rows: headRow + italy.replace('Italy', '&lol;') }]);
    expect(await codes(evil)).toEqual([['NOT_READABLE', 1]]);
  });
});
