import type { PinFormat } from '../../domain/batches/pin-format.ts';
import type { PinKind } from './staged-cards.ts';

const DIGITS = '0123456789';
const LETTERS = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/**
 * The format that PINs of one kind are counted under: nothing is known about how they were generated, so all positions
 * count.
 */
export function importedFormat({ length, isDigits }: Omit<PinKind, 'cards'>): PinFormat {
  return { length, alphabet: isDigits ? DIGITS : LETTERS, prefix: '', suffix: '', checkDigit: false };
}
