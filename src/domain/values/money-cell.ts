import { readDecimal, scaled } from './decimal-text.ts';
import { MAX_AMOUNT_MICROS } from './money.ts';

/**
 * Micro-units; null: the cell is empty; undefined: not an amount, or one below zero. It may have been kept in floating
 * point, with or without an exponent: it is rounded half up at the sixth decimal. What is left below zero by less than a
 * micro-unit is the noise of such numbers: 0, like 1.7763568394002505e-15.
 */
export function readMoneyCell(cell: string): bigint | null | undefined {
  if (cell === '' || cell === '\\N' || cell.toUpperCase() === 'NULL') return null;
  const isNegative = cell.startsWith('-');
  const decimal = readDecimal(isNegative ? cell.slice(1) : cell);
  const micros = decimal && scaled(decimal, { decimals: 6, rounding: isNegative ? 'DOWN' : 'HALF_UP' });
  if (micros === null || micros > MAX_AMOUNT_MICROS) return undefined;
  return isNegative && micros > 0n ? undefined : micros;
}
