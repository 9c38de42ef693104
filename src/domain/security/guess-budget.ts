/**
 * What the whole system may guess in a window, so that fewer than a hundredth of a card is found by chance before the
 * breaker trips. Each way to guess has a budget of its own, so that spending one leaves the others: PINs alone, PINs
 * of vouchers, and serials with a PIN.
 */
export type GuessScope = 'PIN' | 'VOUCHER' | 'SERIAL_AND_PIN';

/** Random hits to be expected of a spent budget. Their sum is a hundredth. */
const HITS: Record<GuessScope, number> = { PIN: 0.004, VOUCHER: 0.004, SERIAL_AND_PIN: 0.002 };
/** More than can be tried in any window, and within what is counted in: 32 bits. */
const MOST_GUESSES = 2_000_000_000;

/** Cards whose PINs are of one format. */
export interface FormatInUse {
  readonly format: string;
  readonly length: number;
  /** PINs there can be. */
  readonly possible: bigint;
  /** Cards there are, whatever their state: an upper bound of those that a guess may hit. */
  readonly cards: number;
}

/** The chance that a guess in the format hits one of its cards. */
export function densityOf({ possible, cards }: FormatInUse): number {
  return cards / Number(possible);
}

/**
 * Failed comparisons allowed in one window. A PIN alone is compared with all cards: formats of one length may share
 * PINs, so their densities add up, and a guesser takes the densest length. A PIN with a serial is compared with one card.
 *
 * @param ceiling never more PINs alone than this, however thin the cards are spread
 */
export function guessesAllowed(scope: GuessScope, formats: readonly FormatInUse[], ceiling: number): number {
  if (scope === 'SERIAL_AND_PIN') return budgetOf(HITS[scope], likeliestCard(formats));
  return Math.min(ceiling, budgetOf(HITS[scope], densestLength(formats)));
}

/** Parties that a budget is divided among at most: with more of them, so many together can spend it. */
const MOST_SHARES = 8;

/**
 * What one party may spend of a budget, so that it leaves the others theirs. A party is a credential of the operator's,
 * whatever it was rotated to, or a partner right below the operator with its whole branch.
 *
 * @param parties that there are
 */
export function shareOf(allowed: number, parties: number): number {
  return portionOf(allowed, Math.min(MOST_SHARES, Math.max(1, parties)));
}

/** One of so many equal portions, but at least one comparison. */
export function portionOf(allowed: number, portions: number): number {
  return Math.max(1, Math.floor(allowed / portions));
}

/** @param chance of one guess to hit */
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

function likeliestCard(formats: readonly FormatInUse[]): number {
  return Math.max(0, ...formats.filter(({ cards }) => cards > 0).map(({ possible }) => 1 / Number(possible)));
}
