/** The most characters one line may have. */
export const MAX_LINE_LENGTH = 65_536;

export interface TextLine {
  /** As an editor counts them, from 1. */
  readonly number: number;
  readonly text: string;
}

/** Cuts a text that comes in pieces into lines, which end with CRLF, LF or CR. */
export class LineCutter {
  #rest = '';
  #count = 0;
  #overlong: number | undefined;

  /** The number of the first line that is longer than allowed. Nothing is cut from there on. */
  get overlongLine(): number | undefined {
    return this.#overlong;
  }

  /** @param isLast whether the last line ends here without a line break */
  cut(piece: string, isLast = false): TextLine[] {
    if (this.#overlong !== undefined) return [];
    const text = this.#rest + piece;
    // A CR at the end may be half of a CRLF.
    const isHalf = !isLast && text.endsWith('\r');
    const parts = (isHalf ? text.slice(0, -1) : text).split(/\r\n|\n|\r/);
    this.#rest = isLast ? '' : (parts.pop() ?? '') + (isHalf ? '\r' : '');
    const lines: TextLine[] = [];
    for (const part of parts) {
      if (!this.#take(part)) return lines;
      lines.push({ number: this.#count, text: part });
    }
    if (this.#rest.length > MAX_LINE_LENGTH) this.#overlong = this.#count + 1;
    return lines;
  }

  #take(part: string): boolean {
    this.#count += 1;
    if (part.length > MAX_LINE_LENGTH) this.#overlong = this.#count;
    return this.#overlong === undefined;
  }
}
