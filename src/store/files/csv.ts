/**
 * One column: its header, and how its cells are computed. Numbers, amounts and instants are written as they are; texts
 * are escaped against formula injection.
 */
export interface CsvColumn<Row> {
  readonly head: string;
  readonly value: (row: Row) => string | number | bigint | Date | null;
  /** Whether it contains free text. */
  readonly isText?: boolean;
}

export function csvHead<Row>(columns: readonly CsvColumn<Row>[]): string {
  return `${columns.map(({ head }) => head).join(',')}\r\n`;
}

/** A row in CSV (RFC 4180). */
export function csvLine<Row>(columns: readonly CsvColumn<Row>[], row: Row): string {
  return `${columns.map((column) => cell(column, row)).join(',')}\r\n`;
}

function cell<Row>({ value, isText }: CsvColumn<Row>, row: Row): string {
  const content = value(row);
  if (content === null) return '';
  const text = content instanceof Date ? content.toISOString() : String(content);
  return quoted(isText ? defused(text) : text);
}

/**
 * Where a cell may begin, including after the separators that other programs use and the characters they skip, followed
 * by the start of a formula.
 */
const FORMULA = /(^|[;,|\t\r\n])([ "']*)(?=[=+\-@＝＋－＠])/g;

/**
 * A spreadsheet treats a cell that begins like this as a formula and evaluates it for anyone who opens the file; an
 * apostrophe makes it text (OWASP, "CSV Injection"). The separator depends on the spreadsheet's locale, and East Asian
 * versions also accept the full-width signs.
 */
function defused(text: string): string {
  return text.replace(FORMULA, "$1$2'").replace(/^[\t\r\n]/, "'$&");
}

function quoted(text: string): string {
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
