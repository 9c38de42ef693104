import type { Rate } from './rating.ts';

const DIGITS = 10;
const ZERO = '0'.charCodeAt(0);

/** The root of the tree. No node links back to it, so 0 also means "no such node". */
const ROOT = 0;

/**
 * The rates of one group in memory: finds the rate for a dialed number at an instant. Immutable, so that a changed deck
 * replaces the whole table at once and no call sees half of each.
 *
 * A digit tree in one array: a look-up follows the digits of the number as far as a prefix goes. Measured with random
 * numbers over the price list's 49,416 prefixes: 0.6 microseconds, where a map tried from the longest prefix down took
 * 1.4.
 */
export class RateTable<R extends Rate = Rate> {
  /** Ten entries for each node: the node that each next digit leads to. */
  #next: Int32Array;
  /** The rates of the prefix that ends at a node, latest first. */
  readonly #rates: (R[] | undefined)[] = [undefined];
  #prefixCount = 0;

  constructor(rates: Iterable<R>) {
    this.#next = new Int32Array(1_024 * DIGITS);
    for (const rate of rates) this.#add(rate);
    for (const versions of this.#rates) {
      versions?.sort((a, b) => b.effectiveFrom.getTime() - a.effectiveFrom.getTime());
    }
  }

  /** The number of prefixes, including those not in effect. */
  get prefixCount(): number {
    return this.#prefixCount;
  }

  /**
   * The rate of the longest prefix in effect at that instant: for each prefix the latest that has begun. A withdrawn
   * prefix is skipped; one that is barred, or whose rate has ended, bars its numbers, which no shorter prefix prices
   * then. Undefined when the group does not offer the number.
   *
   * @param number international, with or without its plus: +5215512345678.
   */
  match(number: string, at: Date): R | undefined {
    const instant = at.getTime();
    let longest: R | undefined;
    let node = ROOT;
    for (let index = number.startsWith('+') ? 1 : 0; index < number.length; index += 1) {
      node = this.#follow(node, number.charCodeAt(index) - ZERO);
      if (node === ROOT) break;
      const rate = this.#rates[node]?.find((version) => version.effectiveFrom.getTime() <= instant);
      if (rate && !rate.withdrawn) longest = isBarred(rate, instant) ? undefined : rate;
    }
    return longest;
  }

  #follow(node: number, digit: number): number {
    return digit >= 0 && digit < DIGITS ? (this.#next[node * DIGITS + digit] ?? ROOT) : ROOT;
  }

  #add(rate: R): void {
    let node = ROOT;
    for (let index = 0; index < rate.prefix.length; index += 1) {
      const digit = rate.prefix.charCodeAt(index) - ZERO;
      node = this.#follow(node, digit) || this.#grow(node, digit);
    }
    const versions = this.#rates[node];
    if (versions) {
      versions.push(rate);
    } else {
      this.#rates[node] = [rate];
      this.#prefixCount += 1;
    }
  }

  #grow(node: number, digit: number): number {
    const grown = this.#rates.push(undefined) - 1;
    if ((grown + 1) * DIGITS > this.#next.length) {
      const larger = new Int32Array(this.#next.length * 2);
      larger.set(this.#next);
      this.#next = larger;
    }
    this.#next[node * DIGITS + digit] = grown;
    return grown;
  }
}

function isBarred({ barred, effectiveTo }: Rate, instant: number): boolean {
  return barred || (effectiveTo !== null && effectiveTo.getTime() <= instant);
}
