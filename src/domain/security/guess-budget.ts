/**
 * How many guesses the whole system allows in a window, so that the expected number of cards found by chance before the
 * circuit breaker opens is below one hundredth. Each kind of guess has its own budget, so that spending one leaves the
 * others: PINs alone, PINs of vouchers, and serials with a PIN.
 */
export type GuessScope = 'PIN' | 'VOUCHER' | 'SERIAL_AND_PIN';

/** The expected number of random hits of a spent budget. They add up to one hundredth. */
const HITS: Record<GuessScope, number> = { PIN: 0.004, VOUCHER: 0.004, SERIAL_AND_PIN: 0.002 };
/** More than can be tried in any window, and within the 32 bits of the counter. */
const MOST_GUESSES = 2_000_000_000;

/** The cards whose PINs have one format. */
export interface FormatInUse {
  readonly format: string;
  readonly length: number;
  /** The number of possible PINs. */
  readonly possible: bigint;
  /** The number of cards, in any state: an upper bound of those that a guess may hit. */
  readonly cards: number;
}

/** The chance that a guess in the format hits one of its cards. */
export function densityOf({ possible, cards }: FormatInUse): number {
  return cards / Number(possible);
}

/**
 * Failed comparisons allowed in one window. A PIN alone is compared with all cards: formats of one length may share
 * PINs, so their densities add up, and a guesser picks the densest length. A PIN with a serial is compared with one
 * card.
 *
 * @param ceiling the most comparisons of PINs alone, even when cards are sparse
 */
export function guessesAllowed(scope: GuessScope, formats: readonly FormatInUse[], ceiling: number): number {
  if (scope === 'SERIAL_AND_PIN') return budgetOf(HITS[scope], highestChance(formats));
  return Math.min(ceiling, budgetOf(HITS[scope], densestLength(formats)));
}

/** The most shares a budget is divided into: with more parties, this many together can spend it. */
const MOST_SHARES = 8;

/**
 * A party's share of a budget, which leaves the other parties theirs. A party is one of the operator's credentials,
 * including those it was rotated to, or a partner right below the operator with its whole branch.
 *
 * @param parties the number of parties
 */
export function shareOf(allowed: number, parties: number): number {
  return portionOf(allowed, Math.min(MOST_SHARES, Math.max(1, parties)));
}

/** One of several equal portions, but at least one comparison. */
export function portionOf(allowed: number, portions: number): number {
  return Math.max(1, Math.floor(allowed / portions));
}

/** @param chance that one guess hits */
function budgetOf(hits: number, chance: number): number {
  return chance === 0 ? MOST_GUESSES : Math.min(MOST_GUESSES, Math.floor(hits / chance));
}

function densestLength(formats: readonly FormatInUse[]): number {
  const densities = new Map<number, number>();
  for (const format of formats) {
    densities.set(format.length, (densities.get(format.length) ?? 0) + densityOf(format));
  }
  return Math.max(0, ...densities.values());
}

function highestChance(formats: readonly FormatInUse[]): number {
  return Math.max(0, ...formats.filter(({ cards }) => cards > 0).map(({ possible }) => 1 / Number(possible)));
}
