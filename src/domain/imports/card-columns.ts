import { type FileHead, plainHead } from '../files/file-head.ts';
import { bears, UnreadColumn, wordsOf } from '../files/unread-column.ts';
import { isCurrency } from '../values/currency.ts';
import {
  CARD_FILE_FORMS,
  type CardColumn,
  type CardFileForm,
  type CardFileReading,
} from './card-file-form.ts';
import { type CardProblem, cardProblem } from './card-file-problem.ts';

/** What became of a column of the file. */
export interface CardColumnUse {
  /** As it is written in the file. */
  readonly head: string;
  /** Null: it is not read. */
  readonly readAs: CardColumn | null;
  /** Whether it is not read because the import says so; otherwise it says nothing that an import must know. */
  readonly isIgnoredAsOrdered: boolean;
  /** Whether it is not read and says something that an import must know, which refuses the file. */
  readonly isRefused: boolean;
}

export interface CardColumns {
  /** Those that may bear on price, validity, barring or limits, to be watched. */
  readonly unread: readonly UnreadColumn[];
  /** What becomes of each column of the file; whether it is refused shows at its end. */
  readonly uses: readonly (Omit<CardColumnUse, 'isRefused'> & { readonly index: number })[];
}

/** Words, and parts of words, in heads of cards besides those of all files: money, limits, and being out of use. */
const CARD_STEMS =
  /money|balanc|credit|debit|amount|value|bonus|fund|deposit|debt|overdraft|loan|refund|limit|quota|reserv|hold|plan|packag|bundle|tier|offer|product|subscri|promo|coupon|paid|prepay|recurr|renew|fr[eo]ez|froz|stolen|lost|fraud|revok|void|cancel|retir|banned|blacklist|restrict|concurren|simult|minutes|allowance|state|usable|scrap|spent/;
/** Heads of columns that only tell of the past, or of the person who has the card. */
const PAST =
  /^(?:(?:date|time)_of_birth|birth_?(?:day|date)|(?:created|printed|produced|updated|modified)(?:_?(?:at|on|by|date|time))?|creat(?:e|ion)_?(?:date|time)|last_?(?:used?|call|login|seen|recharged?|top_?up)(?:_?(?:at|on|date|time))?)$/;

/** The columns of a file beside those that are read. */
export function unreadColumns(
  cells: readonly string[],
  { preset, ignored: ordered }: Pick<CardFileReading, 'preset' | 'ignored'>,
  { head, line }: { head: FileHead<CardColumn>; line: number },
): CardColumns {
  const { ignored, neutral }: CardFileForm = CARD_FILE_FORMS[preset];
  const readAs = new Map(
    Object.entries(head).flatMap(([column, found]) =>
      typeof found === 'object' ? [[found.index, column as CardColumn] as const] : [],
    ),
  );
  const skipped = ordered.map(plainHead);
  const isOrdered = (name: string) => skipped.includes(plainHead(name));
  const unread = cells.flatMap((name, index) => {
    if (readAs.has(index) || isOrdered(name) || ignored.includes(plainHead(name)) || isPast(name)) return [];
    const known = neutral[plainHead(name)];
    return [new UnreadColumn({ head: name, index, line, isBearing: bearsOnCard(name), neutral: known })];
  });
  const uses = cells.flatMap((name, index) => {
    const use = { index, head: name.trim(), readAs: readAs.get(index) ?? null };
    if (use.head === '' && use.readAs === null) return [];
    return [{ ...use, isIgnoredAsOrdered: use.readAs === null && isOrdered(name) }];
  });
  return { unread, uses };
}

/** What became of each column, at the end of the file. */
export function columnUses({ unread, uses }: CardColumns): CardColumnUse[] {
  const refused = new Set(unread.filter((column) => column.evidence()).map(({ index }) => index));
  return uses.map(({ index, ...use }) => ({ ...use, isRefused: refused.has(index) }));
}

/** The problem of a column that says something and is not read, at the end of the file. */
export function unreadProblem(column: UnreadColumn): CardProblem<'UNREAD_COLUMN'> | undefined {
  const found = column.evidence();
  if (!found) return undefined;
  const { line, lines, count } = found;
  const others = count > lines.length ? ` and ${count - lines.length} more` : '';
  const message = `${column.name} may bear on price, validity, barring or limits and would not be read; it says something on ${count === 1 ? 'line' : 'lines'} ${lines.join(', ')}${others}. Say what it is, or that it is to be ignored, or correct those lines.`;
  return cardProblem('UNREAD_COLUMN', { line, column: column.head, message });
}

function bearsOnCard(head: string): boolean {
  return bears(head, (word) => CARD_STEMS.test(word) || isCurrency(word.toUpperCase()));
}

function isPast(head: string): boolean {
  return PAST.test(wordsOf(head).join('_'));
}
