import { cellProblem, type FileProblem, type FileShapeCode } from './file-problem.ts';

/** What can be wrong with a deck. A code never changes its meaning. */
export type DeckProblemCode =
  | FileShapeCode
  | 'EMPTY_DECK'
  | 'BAD_PREFIX'
  | 'BAD_DESTINATION'
  | 'BAD_RATE'
  | 'BAD_CONNECTION_FEE'
  | 'BAD_INCREMENT'
  | 'BAD_EFFECTIVE_FROM'
  | 'BAD_EFFECTIVE_TO'
  | 'BAD_STATUS'
  | 'BAD_CURRENCY'
  | 'BAD_UNIT'
  | 'BAD_COUNTRY_CODE'
  | 'MIXED_DECIMALS'
  | 'AMBIGUOUS_DECIMAL'
  | 'UNREAD_COLUMN'
  | 'DUPLICATE';

export type DeckProblem = FileProblem<DeckProblemCode>;

/**
 * Two rows that give one prefix two prices from the same instant. The problem is reported on the second and names the
 * line of the first.
 */
export function duplicateProblem(duplicate: {
  line: number;
  firstLine: number;
  column: string;
  prefix: string;
}): DeckProblem {
  return cellProblem('DUPLICATE', {
    line: duplicate.line,
    column: duplicate.column,
    value: duplicate.prefix,
    message: `Line ${duplicate.firstLine} has the same prefix from the same date on: keep one of lines ${duplicate.firstLine} and ${duplicate.line}.`,
  });
}
