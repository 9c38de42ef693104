import { cellProblem } from '../../files/file-problem.ts';
import type { DeckProblem } from '../../files/rate-deck-problem.ts';
import { isCurrency } from '../../values/currency.ts';
import { saysBarred } from './offer-cell.ts';

/** Words, and parts of words, in the head of a column that may bear on price, validity or barring. */
const BEARING_STEMS =
  /rate|price|sell(?!er)|cost|charge|tariff|surcharg|minim|maxim|incr|round|date|valid|expir|effectiv|status|change|action|block|barr|lock|suspend|disab|enabl|forbid|allow|currenc|discount|weekend|peak|duration|period|decreas|avail|permit|prohib|withdr|discontin|termin|delet|remov|free|curr|interval|pulse|billing|markup|margin|multipl|factor|percent|sold|sale|activ|ratio|coeff|scal(?:e|ing)|divis|denomin|quantit|decimal|precision|exponent|usable|callable|routable|reachable/;
const BEARING_WORDS = new Set(
  'fee not dont live qty basis base min max second seconds sec from to until till start stop end bar deny active inactive open closed close sell sold unit units tax vat day night time step grace new old current previous next flag on off setup ccy per'.split(
    ' ',
  ),
);
/** Heads that contain such a word and say nothing: what a place or a company is called. */
const HARMLESS = /^(?:operator|corporate|time_?zone|updated_(?:at|by)|created_(?:at|by|date))$/;
/** Heads of columns that number or describe: "1" in all of their cells is no flag. */
const DESCRIBING =
  /^(?:id|nr|number|index|row|line|#|iso|mcc|mnc|type|group|zone|region|area|tag|level|priority|version|quality)(?![a-z])|^no\.?$/;

const EMPTY = /^(?:|-|null|\\n)$/i;
/** What says nothing in a column that would multiply the price. */
const ONE = /^(?:|-|null|\\n|1(?:[.,]0+)?)$/i;
const MULTIPLIES = /multipl|factor|ratio|coeff|scal(?:e|ing)|divis|denomin|quantit|qty|basis|base|units?$/;

/** Heads of columns whose "no" or 0 is what matters: a prefix that is not sold, not enabled. */
const POSITIVE =
  /sell|sold|sale|enabl|activ|allow|avail|permit|open|offer|valid|status|live|usable|callable|routable|reachable/;
/** Heads of columns whose "no" or 0 says nothing: what forbids, and what costs. */
const NEGATIVE =
  /inactiv|deactiv|disallow|unavail|(?:^|_)not?_|dont|block|barr|lock|suspend|disab|forbid|prohib|deny|withdr|discontin|termin|delet|remov|clos|stop|expir|invalid|valid_?(?:to|until|till|from)/;

/** What says nothing in a column of costs, or of a flag that forbids. */
const NOTHING = /^(?:|-|n\/?a|null|\\n|none|no|n|false|f|[-+]?0+(?:[.,]0+)?|0000-00-00.*)$/i;
const FRACTION = /^[^\d.,]{0,4}\d*[.,]\d+[^\d]{0,4}$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{1,2}[ -][a-z]{3}/i;
const YES_OR_NO = /^(?:yes|no|y|n|true|false|t|f|on|off|up|down|live|dead|nok|not ok|[✓✔✗✘☑☒])$/iu;
/** Heads of columns that may say whether a route works: there, "n/a" is no blank. */
const OF_ROUTE = /(?:^|_)(?:rout(?:e|es|ing)|services?|coverage|access)(?:_|$)/;
const NOT_APPLICABLE = /^n\/?a\.?$/i;

/**
 * A column that is not read. It must not have said anything that bears on price, validity or barring: that shows in its
 * head, or in its cells.
 */
export class UnreadColumn {
  readonly index: number;
  readonly #head: string;
  readonly #headLine: number;
  readonly #isBearing: boolean;
  readonly #mayBeFlag: boolean;
  readonly #nothing: RegExp;
  readonly #isOfRoute: boolean;
  #hasOne = false;
  #isFlag = true;
  #evidence: { line: number; value: string } | undefined;

  constructor(head: string, index: number, headLine: number) {
    this.index = index;
    this.#head = head.trim();
    this.#headLine = headLine;
    this.#isBearing = bears(this.#head);
    this.#nothing = nothingIn(wordsOf(this.#head).join('_'));
    this.#isOfRoute = OF_ROUTE.test(wordsOf(this.#head).join('_'));
    this.#mayBeFlag = this.#nothing !== ONE && !DESCRIBING.test(this.#head.toLowerCase());
  }

  /** Looks at the column's cell of a row. */
  see(written: string, line: number): void {
    if (this.#evidence) return;
    const cell = written.trim();
    if (cell === '') return;
    if (this.says(cell)) this.#evidence = { line, value: cell };
    if (cell === '1') this.#hasOne = true;
    else if (cell !== '0') this.#isFlag = false;
  }

  /** The problem of the whole column, at the end of the file. */
  problem(): DeckProblem | undefined {
    const isFlag = this.#mayBeFlag && this.#hasOne && this.#isFlag;
    const found = this.#evidence ?? (isFlag ? { line: this.#headLine, value: '1' } : undefined);
    if (!found) return undefined;
    const name =
      this.#head === '' ? `The column ${this.index + 1} without a head` : `The column "${this.#head}"`;
    const message = `${name} may bear on price, validity or barring and would not be read: say what it is, or that it is to be ignored.`;
    return cellProblem('UNREAD_COLUMN', { ...found, column: this.#head, message });
  }

  protected says(cell: string): boolean {
    if (saysBarred(cell) || (this.#isOfRoute && NOT_APPLICABLE.test(cell))) return true;
    if (this.#isBearing) return !this.#nothing.test(cell);
    return FRACTION.test(cell) || DATE.test(cell) || YES_OR_NO.test(cell);
  }
}

/** A column that says nothing as long as its cells have a known value. */
export class NeutralColumn extends UnreadColumn {
  readonly #neutral: RegExp;

  constructor(head: string, index: number, headLine: number, neutral: RegExp) {
    super(head, index, headLine);
    this.#neutral = neutral;
  }

  protected override says(cell: string): boolean {
    return !this.#neutral.test(cell);
  }
}

/** "isActive" and "Is active" are [is, active]. */
function wordsOf(head: string): string[] {
  return head
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function nothingIn(head: string): RegExp {
  if (MULTIPLIES.test(head)) return ONE;
  return POSITIVE.test(head) && !NEGATIVE.test(head) ? EMPTY : NOTHING;
}

function bears(head: string): boolean {
  if (head === '') return true;
  const words = wordsOf(head);
  if (HARMLESS.test(words.join('_'))) return false;
  return words.some(
    (word) => BEARING_STEMS.test(word) || BEARING_WORDS.has(word) || isCurrency(word.toUpperCase()),
  );
}
