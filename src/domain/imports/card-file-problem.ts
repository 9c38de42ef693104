import { type FileProblem, type FileShapeCode, lineProblem } from '../files/file-problem.ts';

/** What can be wrong with a file of cards. A code never changes its meaning. */
export type CardProblemCode =
  | FileShapeCode
  | 'EMPTY_FILE'
  | 'BAD_SERIAL'
  | 'BAD_PIN'
  | 'BAD_BALANCE'
  | 'BAD_CURRENCY'
  | 'BAD_STATE'
  | 'BAD_LOCK'
  | 'BAD_TIME'
  | 'BAD_EXPIRY'
  | 'BAD_NUMBER'
  | 'TOO_MANY_NUMBERS'
  | 'DOUBLE_SERIAL'
  | 'DOUBLE_PIN'
  | 'DOUBLE_NUMBER'
  | 'SERIAL_TAKEN'
  | 'PIN_TAKEN'
  | 'NUMBER_TAKEN'
  | 'PINS_TOO_DENSE';

/** Its value is never shown: the wrong column may contain PINs. The line and the column locate it. */
export type CardProblem = FileProblem<CardProblemCode>;

export function cardProblem(
  code: CardProblemCode,
  { line, column, message }: { line: number; column: string; message: string },
): CardProblem {
  return { line, column, value: null, code, message };
}

export const NO_CARDS = lineProblem('EMPTY_FILE', 1, 'The file has no rows below its head.');
