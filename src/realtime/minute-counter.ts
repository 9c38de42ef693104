/** Counts of one second, of a minute, or of several partners together. */
export interface Counts {
  authorizations: number;
  refusals: number;
  recharges: number;
  locks: number;
  failedPins: number;
  /** Micro-units by currency. */
  readonly recharged: Map<string, bigint>;
  readonly charged: Map<string, bigint>;
}

const NUMBERS = ['authorizations', 'refusals', 'recharges', 'locks', 'failedPins'] as const;
const AMOUNTS = ['recharged', 'charged'] as const;
export const WINDOW_SECONDS = 60;

export function noCounts(): Counts {
  return {
    authorizations: 0,
    refusals: 0,
    recharges: 0,
    locks: 0,
    failedPins: 0,
    recharged: new Map(),
    charged: new Map(),
  };
}

/** Adds counts to others; with sign -1, subtracts them. */
export function addCounts(to: Counts, more: Counts, sign: 1 | -1 = 1): void {
  for (const name of NUMBERS) to[name] += sign * more[name];
  for (const name of AMOUNTS) {
    for (const [currency, micros] of more[name]) {
      const sum = (to[name].get(currency) ?? 0n) + BigInt(sign) * micros;
      if (sum === 0n) to[name].delete(currency);
      else to[name].set(currency, sum);
    }
  }
}

/**
 * Sums of the last sixty seconds, by when events happened and not by when they arrived: a late event counts in its own
 * second. Adding takes constant time; a second that has left the window is subtracted once.
 */
export class MinuteCounter {
  readonly sums = noCounts();
  readonly #seconds = new Map<number, Counts>();

  add(second: number, counts: Counts): void {
    const there = this.#seconds.get(second) ?? noCounts();
    this.#seconds.set(second, there);
    addCounts(there, counts);
    addCounts(this.sums, counts);
  }

  /** Drops counts older than a minute. */
  forgetBefore(second: number): void {
    for (const [each, counts] of this.#seconds) {
      if (each > second - WINDOW_SECONDS) continue;
      this.#seconds.delete(each);
      addCounts(this.sums, counts, -1);
    }
  }

  get isEmpty(): boolean {
    return this.#seconds.size === 0;
  }
}
