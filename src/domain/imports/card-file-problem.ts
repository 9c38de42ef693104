import { type FileProblem, type FileShapeCode, lineProblem } from '../files/file-problem.ts';

/** What can be wrong with a file of cards. A code never changes its meaning. */
export type CardProblemCode =
  | FileShapeCode
  | 'EMPTY_FILE'
  | 'BAD_SERIAL'
  | 'BAD_PIN'
  | 'BAD_BALANCE'
  | 'MIXED_DECIMALS'
  | 'AMBIGUOUS_DECIMAL'
  | 'BAD_CURRENCY'
  | 'BAD_STATE'
  | 'BAD_LOCK'
  | 'BAD_TIME'
  | 'BAD_EXPIRY'
  | 'BAD_TERMS'
  | 'BAD_TYPE'
  | 'MIXED_FILE'
  | 'EXPIRES_AT_ONCE'
  | 'NOTHING_TO_TAKE'
  | 'BAD_NUMBER'
  | 'TOO_MANY_NUMBERS'
  | 'DOUBLE_SERIAL'
  | 'DOUBLE_PIN'
  | 'DOUBLE_NUMBER'
  | 'SERIAL_TAKEN'
  | 'PIN_TAKEN'
  | 'NUMBER_TAKEN'
  | 'PINS_TOO_DENSE'
  | 'UNREAD_COLUMN'
  | 'IMPORTED_BEFORE';

/** A note on a line of a file that is taken all the same. */
export type CardNoteCode = 'NEGATIVE_AS_ZERO' | 'NUMBER_NOT_TAKEN' | 'EXPIRED_LEFT_OUT' | 'EXPIRED_TAKEN';

/** Its value is never shown: the wrong column may contain PINs. The line and the column locate it. */
export type CardProblem<Code extends CardProblemCode | CardNoteCode = CardProblemCode> = FileProblem<Code>;

export function cardProblem<Code extends CardProblemCode | CardNoteCode>(
  code: Code,
  { line, column, message }: { line: number; column: string; message: string },
): CardProblem<Code> {
  return { line, column, value: null, code, message };
}

/** The same rows, whatever the form of the file, made a batch before. */
export function importedBefore(batch: string, at: Date): CardProblem {
  return lineProblem(
    'IMPORTED_BEFORE',
    1,
    `The rows of this file were imported on ${at.toISOString()}, into the batch "${batch}": there is nothing to import again.`,
  );
}

/** No row of the file is of the kind that the import takes, or all are expired and left out. */
export const NOTHING_TO_TAKE = lineProblem(
  'NOTHING_TO_TAKE',
  1,
  'All rows of the file are left out: say which of them the import takes.',
);

export const NO_CARDS = lineProblem('EMPTY_FILE', 1, 'The file has no rows below its head.');
