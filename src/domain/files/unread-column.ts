import { saysBarred } from './barring-words.ts';

/** Words, and parts of words, in the head of a column that may bear on price, validity or barring. */
const BEARING_STEMS =
  /rate|price|sell(?!er)|cost|charge|tariff|surcharg|minim|maxim|incr|round|date|valid|expir|effectiv|status|change|action|block|barr|lock|suspend|disab|enabl|forbid|allow|currenc|discount|weekend|peak|duration|period|decreas|avail|permit|prohib|withdr|discontin|termin|delet|remov|free|curr|interval|pulse|billing|markup|margin|multipl|factor|percent|sold|sale|activ|ratio|coeff|scal(?:e|ing)|divis|denomin|quantit|decimal|precision|exponent|usable|callable|routable|reachable|exclu|hidden|deprecat|conver|uplift|adder|adjust|commiss|exchang/;
const BEARING_WORDS = new Set(
  'fee not dont ban banned skip fx roe mult coef x premium minutes cent cents live qty basis base min max second seconds sec from to until till start stop end bar deny active inactive open closed close sell sold unit units tax vat day night time step grace new old current previous next flag on off setup ccy per'.split(
    ' ',
  ),
);
/** Heads that contain such a word and say nothing: what a place or a company is called. */
const HARMLESS = /^(?:operator|corporate|time_?zone|updated_(?:at|by)|created_(?:at|by|date))$/;
/** Heads of columns that number or describe: "1" in all of their cells is no flag. */
const DESCRIBING =
  /^(?:id|nr|number|index|row|line|#|iso|mcc|mnc|type|group|zone|region|area|tag|level|priority|version|quality)(?![a-z])|^no\.?$/;

/** What says nothing in a column that would multiply the price. */
const ONE = /^(?:|-|null|\\n|1(?:[.,]0+)?)$/i;
const MULTIPLIES =
  /mult|factor|ratio|coef|scal(?:e|ing)|divis|denomin|quantit|qty|basis|base|units?$|(?:^|_)fx(?:_|$)|conver|exchang|^x$/;

/** Heads of columns whose "no" or 0 is what matters: a prefix that is not sold, not enabled. */
const POSITIVE =
  /sell|sold|sale|enabl|activ|allow|avail|permit|open|offer|valid|status|live|usable|callable|routable|reachable|(?:^|_)on(?:_|$)/;
/** Heads of columns whose "no" or 0 says nothing: what forbids, and what costs. */
const NEGATIVE =
  /inactiv|deactiv|disallow|unavail|(?:^|_)not?_|dont|block|barr|lock|suspend|disab|forbid|prohib|deny|withdr|discontin|termin|delet|remov|clos|stop|expir|exclu|hidden|deprecat|ban|skip|invalid|valid_?(?:to|until|till|from)/;
/** What says nothing in a column whose "no" matters. */
const YES = /^(?:|-|null|\\n|y|yes|true|t|1(?:[.,]0+)?|on)$/i;

/** What says nothing in a column of costs, or of a flag that forbids. */
const NOTHING = /^(?:|-|n\/?a|null|\\n|none|no|n|false|f|[-+]?0+(?:[.,]0+)?|0000-00-00.*)$/i;
const FRACTION = /^[^\d.,]{0,4}\d*[.,]\d+[^\d]{0,4}$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{1,2}[ -][a-z]{3}/i;
const YES_OR_NO = /^(?:yes|no|y|n|true|false|t|f|on|off|up|down|live|dead|nok|not ok|[✓✔✗✘☑☒])$/iu;
/** Heads of columns that may say whether a route works: there, "n/a" or 0 is no blank. */
const OF_ROUTE = /(?:^|_)(?:rout(?:e|es|ing)|services?|coverage|access|state|traffic)(?:_|$)/;
const NO_ROUTE = /^(?:n\/?a\.?|0|none|nil|no .*)$/i;
/** Heads of columns in which a cross is no mark. */
const REMARKS = /^(?:note|remark|comment|info|memo|descr|name)/;

/** What is known of a column before its cells are seen. */
interface ColumnInFile {
  /** As it is written in the file. */
  readonly head: string;
  readonly index: number;
  /** The line of the head. */
  readonly line: number;
  /** Whether its head says that it may bear on price, validity or barring. */
  readonly isBearing: boolean;
  /** The values with which it says nothing, where they are known; with any other it says something. */
  readonly neutral?: RegExp | undefined;
}

/** A cell that says something, in a column that is not read. */
interface Evidence {
  readonly line: number;
  readonly value: string;
  /** The lines with such cells, at most the first of them. */
  readonly lines: readonly number[];
  /** How many lines have such cells. */
  readonly count: number;
}

/** How many lines are named. */
const NAMED_LINES = 10;

/**
 * A column that is not read. It must not have said anything that bears on price, validity or barring: that shows in its
 * head, or in its cells.
 */
export class UnreadColumn {
  readonly index: number;
  readonly head: string;
  readonly #headLine: number;
  readonly #isBearing: boolean;
  readonly #mayBeFlag: boolean;
  readonly #nothing: RegExp;
  readonly #neutral: RegExp | undefined;
  readonly #isOfRoute: boolean;
  readonly #mayBeCrossed: boolean;
  readonly #said = new Cells();
  /** The cells with a 1: they say something if the column has nothing but 1 and 0. */
  readonly #ones = new Cells();
  #isFlag = true;

  constructor({ head, index, line, isBearing, neutral }: ColumnInFile) {
    this.index = index;
    this.head = head.trim();
    this.#headLine = line;
    this.#isBearing = isBearing;
    this.#neutral = neutral;
    const words = wordsOf(head).join('_');
    this.#nothing = nothingIn(words);
    this.#isOfRoute = OF_ROUTE.test(words);
    this.#mayBeCrossed = !REMARKS.test(this.head.toLowerCase());
    this.#mayBeFlag =
      neutral === undefined && this.#nothing === NOTHING && !DESCRIBING.test(this.head.toLowerCase());
  }

  /** What messages call it. */
  get name(): string {
    return this.head === '' ? `The column ${this.index + 1} without a head` : `The column "${this.head}"`;
  }

  /** Looks at the column's cell of a row. */
  see(written: string, line: number): void {
    const cell = written.trim();
    if (cell === '') return;
    if (this.#says(cell)) this.#said.add(line, cell);
    if (cell === '1' || (this.#mayBeCrossed && /^x$/i.test(cell))) this.#ones.add(line, cell);
    else if (cell !== '0') this.#isFlag = false;
  }

  /** What the whole column says, at the end of the file; undefined: nothing that bears on price, validity or barring. */
  evidence(): Evidence | undefined {
    const said = this.#said.evidence();
    if (said) return said;
    const ones = this.#mayBeFlag && this.#isFlag ? this.#ones.evidence() : undefined;
    return ones && { ...ones, line: this.#headLine };
  }

  #says(cell: string): boolean {
    if (this.#neutral) return !this.#neutral.test(cell);
    if (saysBarred(cell) || (this.#isOfRoute && NO_ROUTE.test(cell))) return true;
    if (this.#isBearing) return !this.#nothing.test(cell);
    return FRACTION.test(cell) || DATE.test(cell) || YES_OR_NO.test(cell);
  }
}

class Cells {
  readonly #lines: number[] = [];
  #value = '';
  #count = 0;

  add(line: number, value: string): void {
    if (this.#count === 0) this.#value = value;
    if (this.#count < NAMED_LINES) this.#lines.push(line);
    this.#count += 1;
  }

  evidence(): Evidence | undefined {
    const [line] = this.#lines;
    return line === undefined
      ? undefined
      : { line, value: this.#value, lines: this.#lines, count: this.#count };
  }
}

/**
 * Whether the head of a column says that it may bear on price, validity or barring.
 *
 * @param isBearing words that do besides the usual ones, such as currency codes
 */
export function bears(head: string, isBearing: (word: string) => boolean): boolean {
  if (head.trim() === '' || /[%‰¢$€£]/.test(head)) return true;
  const words = wordsOf(head);
  if (HARMLESS.test(words.join('_'))) return false;
  return words.some((word) => BEARING_STEMS.test(word) || BEARING_WORDS.has(word) || isBearing(word));
}

function nothingIn(head: string): RegExp {
  if (MULTIPLIES.test(head)) return ONE;
  return POSITIVE.test(head) && !NEGATIVE.test(head) ? YES : NOTHING;
}

/** The words of a head in lower case: "validUntil" and "Valid-Until" have the same. */
export function wordsOf(head: string): string[] {
  return head
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
