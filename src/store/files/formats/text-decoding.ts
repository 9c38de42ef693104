import { isAscii, isUtf8 } from 'node:buffer';

/** How the text of a file was encoded. */
export type TextEncoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

/** What Windows-1252 has at 0x80 to 0x9f, where Latin-1 has control characters; five bytes stand for nothing. */
const WINDOWS_1252 = '€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ';

/** The longest sequence of bytes that is one character. */
const MAX_SEQUENCE = 4;

/**
 * Decodes the bytes of a text file as they come. A byte order mark decides between UTF-8 and UTF-16. Without one, the
 * first bytes beyond ASCII do: as a sequence of UTF-8 they make it a file in UTF-8, otherwise it is Windows-1252, a
 * superset of Latin-1. What can't be decoded becomes U+FFFD, which no reader accepts: nothing is guessed twice.
 */
export class TextDecoding {
  #encoding: TextEncoding | undefined;
  #decoder: TextDecoder | undefined;
  #rest: Buffer = Buffer.alloc(0);
  #hasBegun = false;

  get encoding(): TextEncoding {
    return this.#encoding ?? 'UTF-8';
  }

  /** @param isLast whether nothing follows */
  decode(chunk: Uint8Array, isLast = false): string {
    let bytes = Buffer.concat([this.#rest, chunk]);
    this.#rest = Buffer.alloc(0);
    if (!this.#hasBegun) {
      if (bytes.length < MAX_SEQUENCE && !isLast) return this.#keep(bytes);
      this.#hasBegun = true;
      this.#readMark(bytes);
    }
    if (this.#encoding === undefined) {
      if (isAscii(bytes)) return bytes.toString('latin1');
      const first = bytes.findIndex((byte) => byte > 0x7f);
      if (bytes.length - first < MAX_SEQUENCE && !isLast) {
        const ascii = bytes.toString('latin1', 0, first);
        this.#keep(bytes.subarray(first));
        return ascii;
      }
      this.#choose(beginsUtf8(bytes.subarray(first, first + MAX_SEQUENCE)) ? 'UTF-8' : 'Windows-1252');
    }
    if (this.#decoder) return this.#decoder.decode(bytes, { stream: !isLast });
    bytes = Buffer.from(bytes);
    return windows1252(bytes);
  }

  #keep(bytes: Buffer): string {
    this.#rest = Buffer.from(bytes);
    return '';
  }

  #readMark(bytes: Buffer): void {
    const [first, second, third] = bytes;
    if (first === 0xef && second === 0xbb && third === 0xbf) this.#choose('UTF-8');
    else if (first === 0xff && second === 0xfe) this.#choose('UTF-16', 'utf-16le');
    else if (first === 0xfe && second === 0xff) this.#choose('UTF-16', 'utf-16be');
  }

  #choose(encoding: TextEncoding, label = 'utf-8'): void {
    this.#encoding = encoding;
    if (encoding !== 'Windows-1252') this.#decoder = new TextDecoder(label);
  }
}

function beginsUtf8(bytes: Buffer): boolean {
  return [2, 3, MAX_SEQUENCE].some((length) => bytes.length >= length && isUtf8(bytes.subarray(0, length)));
}

function windows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (character) => {
    return WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? '\ufffd';
  });
}
