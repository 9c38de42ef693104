/**
 * What the whole system may guess in a window, so that fewer than a hundredth of a card is found by chance before the
 * breaker trips. Half of the chance is for PINs alone, half for serials with a PIN: each has a budget of its own, so
 * that spending the one leaves the other.
 */
export type GuessScope = 'PIN' | 'SERIAL_AND_PIN';

/** Random hits to be expected of one spent budget. The sum of both stays below 0.01. */
const HITS_PER_BUDGET = 0.005;
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
  if (scope === 'PIN') return Math.min(ceiling, budgetOf(densestLength(formats)));
  return budgetOf(likeliestCard(formats));
}

/** @param chance of one guess to hit */
function budgetOf(chance: number): number {
  return chance === 0 ? MOST_GUESSES : Math.min(MOST_GUESSES, Math.floor(HITS_PER_BUDGET / chance));
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
