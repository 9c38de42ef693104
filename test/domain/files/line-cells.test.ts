import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DELIMITERS } from '../../../src/domain/files/file-head.ts';
import { splitCells } from '../../../src/domain/files/line-cells.ts';

const delimiter = fc.constantFrom(...DELIMITERS);

test.each([
  ['39,Italy,0.012', ['39', 'Italy', '0.012']],
  ['', ['']],
  [',', ['', '']],
  ['"Rome, Italy",1', ['Rome, Italy', '1']],
  ['"say ""hello""",1', ['say "hello"', '1']],
  ['39, "Rome, Italy" ,1', ['39', 'Rome, Italy', '1']],
  ['5" Italy,1', ['5" Italy', '1']],
  ['"Bucharest" city,1', ['"Bucharest" city', '1']],
  ['"a","",""""', ['a', '', '"']],
])('%j has the cells %j', (line, cells) => {
  expect(splitCells(line, ',')).toEqual({ cells, isOpen: false });
});

test.each(['"Italy,0.012', '39,"Italy', '39,"say ""', '"'])('%j has a quote that is not closed', (line) => {
  expect(splitCells(line, ',').isOpen).toBe(true);
});

test('cells written by RFC 4180 are read back', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[^\r\n]*$/), { minLength: 1 }), delimiter, (cells, by) => {
      const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(by);
      expect(splitCells(line, by)).toEqual({ cells, isOpen: false });
    }),
  );
});

test('a well-formed line has the cells that csv-parse finds', () => {
  const cell = fc.oneof(
    fc.stringMatching(/^[^"\r\n,;|\t ]*$/),
    fc.stringMatching(/^[^"\r\n]*$/).map((text) => `"${text}"`),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2 }), delimiter, (cells, by) => {
      const line = cells.join(by);
      const [expected] = parse(line, { delimiter: by, skip_empty_lines: false }) as string[][];
      expect(splitCells(line, by).cells).toEqual(expected);
    }),
  );
});

test('a line of a megabyte takes a time that grows with its length only', () => {
  const cost = (length: number) => {
    const before = process.cpuUsage();
    splitCells('",'.repeat(length), ',');
    splitCells('"'.repeat(length), ',');
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  cost(50_000);
  expect(cost(500_000)).toBeLessThan(100 * (cost(50_000) + 5_000));
});
