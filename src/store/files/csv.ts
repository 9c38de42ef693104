/** One column: its head, and what is in it. Numbers, amounts and instants are written as they are, texts are made safe. */
export interface CsvColumn<Row> {
  readonly head: string;
  readonly value: (row: Row) => string | number | bigint | Date | null;
  /** Whether it is what somebody wrote, and may be anything. */
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

/** Where a cell may begin, for a program that separates cells otherwise too, with what it skips; and a formula there. */
const FORMULA = /(^|[;,|\t\r\n])([ "']*)(?=[=+\-@＝＋－＠])/g;

/**
 * A spreadsheet takes a cell that begins so for a formula, and carries it out for whoever opens the file; an apostrophe
 * makes it text again (OWASP, "CSV Injection"). Which separator splits cells is for the spreadsheet's country to say, and
 * East Asian ones read the full-width signs too.
 */
function defused(text: string): string {
  return text.replace(FORMULA, "$1$2'").replace(/^[\t\r\n]/, "'$&");
}

function quoted(text: string): string {
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
