import { expect, test } from 'vitest';
import { csvLine } from '../../../src/store/files/csv.ts';

const written = (text: string) => csvLine([{ head: 'text', value: () => text, isText: true }], {});
/** Cells as a spreadsheet reads them that knows no quotes, with its separator. */
const cellsBy = (separator: string, line: string) =>
  line.split(separator).flatMap((each) => each.split(/\r?\n/));

const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const BEGINNINGS = [
  '',
  ' ',
  '"',
  "'",
  'name;',
  'name; ',
  'name;"',
  'name,',
  'name|',
  'name\t',
  'name\r',
  'name\n',
  ';;',
];

test.each(SIGNS.flatMap((sign) => BEGINNINGS.map((beginning) => [`${beginning}${sign}1+1`])))(
  'no cell of %j begins a formula, whatever separates cells',
  (text) => {
    for (const separator of [',', ';', '|', '\t', '\r', '\n']) {
      const cells = cellsBy(separator, written(text));
      for (const cell of cells) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/u);
    }
  },
);

test('a text that begins none is written as it is', () => {
  for (const text of ['Kiosk Roma', 'a-b', 'a = b', 'mail@example.com', "L'Aquila"]) {
    expect(written(text)).toBe(`${text}\r\n`);
  }
});

test('control characters at the beginning are made text', () => {
  for (const text of ['\tx', '\rx', '\nx']) expect(written(text)).toContain("'");
});

test('a text of a megabyte takes a time that grows with its length only', () => {
  const cost = (length: number) => {
    const before = process.cpuUsage();
    written(';'.repeat(length) + ' '.repeat(length));
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  cost(100_000);
  expect(cost(1_000_000)).toBeLessThan(100 * (cost(100_000) + 5_000));
});
