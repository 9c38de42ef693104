import { cellProblem, type FileProblem } from '../files/file-problem.ts';

/** What separates the decimals of the prices or amounts in a file. */
export type DecimalMark = 'POINT' | 'COMMA';

interface Seen {
  readonly line: number;
  readonly column: string;
  readonly value: string;
}

type MarkProblem = FileProblem<'MIXED_DECIMALS' | 'AMBIGUOUS_DECIMAL'>;

/** "1,234": a number with decimals, or one with its thousands set apart. */
const ONE_GROUP = /^[1-9]\d{0,2}[.,]\d{3}$/;
const GROUPED_BY_COMMA = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const GROUPED_BY_POINT = /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/;

const HIDDEN = {
  MIXED_DECIMALS:
    'This amount has a point and others have a comma, or the other way round: write all decimals with a point or all with a comma.',
  AMBIGUOUS_DECIMAL:
    'The comma here may stand before decimals or between thousands, as in 1,234: write 1.234 or 1234.00.',
} as const;

/**
 * Brings prices and amounts to decimals with a point, and watches that all of a file are written the same way: what one cell
 * leaves open, another may decide, and two that contradict each other make the file unusable.
 */
export class DecimalMarks {
  readonly #declared: DecimalMark | null;
  #point: Seen | undefined;
  #comma: Seen | undefined;
  #open: Seen | undefined;

  /** @param declared the mark; null: as the file shows it */
  constructor(declared: DecimalMark | null) {
    this.#declared = declared;
  }

  /** The price with a point and without separated thousands; null when it is written in neither way. */
  normalize(text: string, where: Seen): string | null {
    const hasComma = text.includes(',');
    if (!hasComma && !text.includes('.')) return text;
    const mark = this.#declared ?? this.#markOf(text, where);
    const isGrouped = mark === 'COMMA' ? GROUPED_BY_POINT.test(text) : GROUPED_BY_COMMA.test(text);
    if (mark === 'POINT') {
      if (!hasComma) return text;
      return isGrouped ? text.replaceAll(',', '') : null;
    }
    if (isGrouped) return text.replaceAll('.', '').replace(',', '.');
    return text.includes('.') ? null : text.replace(',', '.');
  }

  /** What the whole file leaves open. */
  problems(): MarkProblem[] {
    const [point, comma, open] = [this.#point, this.#comma, this.#open];
    if (point && comma) {
      const [first, second] = point.line < comma.line ? [point, comma] : [comma, point];
      const message = `Line ${first.line} has "${first.value}" and this line "${second.value}": write all decimals with a point or all with a comma.`;
      return [cellProblem('MIXED_DECIMALS', { ...second, message })];
    }
    if (!open || comma) return [];
    const message = `This may be ${open.value.replace(',', '.')} or ${open.value.replace(',', '')}: declare the decimal mark of the file.`;
    return [cellProblem('AMBIGUOUS_DECIMAL', { ...open, message })];
  }

  /** The same of a file whose values are not shown, since the wrong column may contain PINs. */
  hiddenProblems(): MarkProblem[] {
    return this.problems().map((problem) => ({ ...problem, value: null, message: HIDDEN[problem.code] }));
  }

  #markOf(text: string, where: Seen): DecimalMark {
    const comma = text.lastIndexOf(',');
    const mark = comma > text.lastIndexOf('.') ? 'COMMA' : 'POINT';
    const isOpen = comma >= 0 && ONE_GROUP.test(text);
    if (isOpen) this.#open ??= where;
    else if (mark === 'COMMA') this.#comma ??= where;
    else this.#point ??= where;
    return mark;
  }
}
