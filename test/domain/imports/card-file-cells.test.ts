import { describe, expect, test } from 'vitest';
import { readFlag } from '../../../src/domain/imports/card-file-cells.ts';
import { readMoneyCell } from '../../../src/domain/values/money-cell.ts';
import { readWholeNumber } from '../../../src/domain/values/whole-number.ts';

describe('a balance', () => {
  test.each([
    ['1.7763568394002505e-15', 0n],
    ['-1.7763568394002505e-15', 0n],
    ['-0.0000006', 0n],
    ['-0', 0n],
    ['0.0000006', 1n],
    ['0.0000004', 0n],
    ['0.30000000000000004', 300_000n],
    ['2.9999999999999996', 3_000_000n],
    ['9.95', 9_950_000n],
    ['9.9500000', 9_950_000n],
    ['1.25e2', 125_000_000n],
    ['1.2E-2', 12_000n],
    ['.5', 500_000n],
    ['', null],
    ['NULL', null],
  ])('%s is %s', (cell, micros) => {
    expect(readMoneyCell(cell)).toBe(micros);
  });

  test.each([
    '-0.000001',
    '-5',
    '1000000000.000001',
    '1e30',
    '1e99',
    'NaN',
    'Infinity',
    '1,5',
    '--1',
    '-',
    'e5',
  ])('%s is refused', (cell) => {
    expect(readMoneyCell(cell)).toBeUndefined();
  });
});

test.each([
  ['90', 90],
  ['90.0', 90],
  ['3,0', 3],
  ['+7.00', 7],
  ['0.000', 0],
  ['90.5', null],
  ['1.090', null],
  ['-1', null],
  ['9e1', null],
  ['', null],
])('the whole number %j is %j', (cell, number) => {
  expect(readWholeNumber(cell)).toBe(number);
});

test.each([
  ['t T TRUE true y Y yes YES 1 1.0 on', true],
  ['f F FALSE n No 0 0.0 off \\N null', false],
  ['maybe 2x -', undefined],
])('%s is %j', (words, flag) => {
  for (const word of words.split(' ')) expect([word, readFlag(word)]).toEqual([word, flag]);
});
