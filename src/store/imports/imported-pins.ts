import type { PinFormat } from '../../domain/batches/pin-format.ts';
import type { PinKind } from './staged-cards.ts';

const DIGITS = '0123456789';
const LETTERS = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** What PINs of one kind are counted as: nothing is known of how they were drawn, so all positions count. */
export function importedFormat({ length, isDigits }: Omit<PinKind, 'cards'>): PinFormat {
  return { length, alphabet: isDigits ? DIGITS : LETTERS, prefix: '', suffix: '', checkDigit: false };
}
