import { InvalidInput } from '../rejections/input.ts';

/** Digits of the running number: fixed, so that the serials of one prefix sort as text in the order of creation. */
const NUMBER_DIGITS = 10;

/** How many running numbers a prefix has: all are below this. */
export const SERIAL_NUMBERS = 10 ** NUMBER_DIGITS;

/** The serial of the card with a running number: "IT" and 42 give "IT0000000042". */
export function serialOf(prefix: string, number: number): string {
  return `${prefix}${number.toString().padStart(NUMBER_DIGITS, '0')}`;
}

/**
 * What a serial is, however it is typed: neither case nor blanks nor hyphens distinguish cards. `it-00 1` is IT001.
 */
export function serialKey(typed: string): string {
  return typed.replace(/[\s\p{Pd}\p{Cf}]/gu, '').toUpperCase();
}

/** The running number in a serial. */
function runningNumber(serial: string): number {
  return Number(serial.slice(-NUMBER_DIGITS));
}

/** A card's index in its batch, from 0: events about ranges of cards use it. */
export function batchIndexOf(
  { serial, batchIndex }: { readonly serial: string; readonly batchIndex: number | null },
  { serialStart }: { readonly serialStart: number },
): number {
  return batchIndex ?? runningNumber(serial) - serialStart;
}

/** @throws InvalidInput when serials can't start with it. */
export function checkSerialPrefix(prefix: string): string {
  if (/^(?:[A-Z0-9][A-Z0-9-]{0,7})?$/.test(prefix)) return prefix;
  throw new InvalidInput({
    field: 'serialPrefix',
    problem: 'must have at most 8 of A-Z, 0-9 and "-", and not begin with "-".',
  });
}
