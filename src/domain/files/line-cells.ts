/** The cells of one line of text. */
interface LineCells {
  readonly cells: string[];
  /** Whether a quoted cell is not closed at the end of the line. */
  readonly isOpen: boolean;
}

/**
 * Splits one line into cells (RFC 4180, without line breaks inside of cells: a quote that is not closed on its own line
 * would swallow the rows below it). Stray quotes inside of a cell are kept as they are: 5" Italy.
 */
export function splitCells(line: string, delimiter: string): LineCells {
  if (!line.includes('"')) return { cells: line.split(delimiter), isOpen: false };
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const start = quoteAt(line, at, delimiter);
    const quoted = start < 0 ? undefined : readQuoted(line, start);
    if (quoted && quoted.end < 0) return { cells: [...cells, quoted.text], isOpen: true };
    const closed = quoted && delimiterAfter(line, quoted.end, delimiter);
    if (quoted && closed !== undefined) {
      cells.push(quoted.text);
      at = closed;
    } else {
      const end = endOfCell(line, quoted ? quoted.end : at, delimiter);
      cells.push(line.slice(at, end));
      at = end;
    }
    if (at >= line.length) return { cells, isOpen: false };
    at += delimiter.length;
  }
}

/** Where the cell's opening quote is, behind blanks that spreadsheets leave; -1 when it has none. */
function quoteAt(line: string, from: number, delimiter: string): number {
  let at = from;
  while (line[at] === ' ' && delimiter !== ' ') at += 1;
  return line[at] === '"' ? at : -1;
}

/** The text between the quotes, in which two quotes are one; the end is behind the closing quote, -1 without one. */
function readQuoted(line: string, start: number): { text: string; end: number } {
  let text = '';
  let from = start + 1;
  for (;;) {
    const quote = line.indexOf('"', from);
    if (quote < 0) return { text: text + line.slice(from), end: -1 };
    text += line.slice(from, quote);
    if (line[quote + 1] !== '"') return { text, end: quote + 1 };
    text += '"';
    from = quote + 2;
  }
}

/** Where the cell ends when only blanks follow its closing quote; else the quotes belong to its text. */
function delimiterAfter(line: string, from: number, delimiter: string): number | undefined {
  let at = from;
  while (line[at] === ' ') at += 1;
  return at >= line.length || line.startsWith(delimiter, at) ? at : undefined;
}

function endOfCell(line: string, from: number, delimiter: string): number {
  const end = line.indexOf(delimiter, from);
  return end < 0 ? line.length : end;
}
