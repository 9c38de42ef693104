import { describe, expect, test } from 'vitest';
import { readBalance } from '../../../src/domain/imports/card-file-cells.ts';

describe('a balance kept in floating point', () => {
  test.each([
    ['1.7763568394002505e-15', 0n],
    ['-1.7763568394002505e-15', 0n],
    ['-0.0000006', 0n],
    ['-0', 0n],
    ['0.0000006', 1n],
    ['0.0000004', 0n],
    ['2.9999999999999996', 3_000_000n],
    ['9.95', 9_950_000n],
    ['1.25e2', 125_000_000n],
    ['.5', 500_000n],
    ['', null],
    ['NULL', null],
  ])('%s is %s', (cell, micros) => {
    expect(readBalance(cell, true)).toBe(micros);
  });

  test.each(['-0.000001', '-5', '1e30', '1e99', 'NaN', 'Infinity', '1,5', '--1', '-', 'e5'])(
    '%s is refused',
    (cell) => {
      expect(readBalance(cell, true)).toBeUndefined();
    },
  );
});

test('a balance in exact decimals has no exponent and at most six decimals', () => {
  expect(readBalance('9.9500000', false)).toBe(9_950_000n);
  for (const cell of ['9.9500001', '1e2', '-0.0000006']) expect(readBalance(cell, false)).toBeUndefined();
});
