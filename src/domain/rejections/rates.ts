import type { DeckProblem } from '../files/rate-deck-problem.ts';
import { counted } from './counted.ts';
import { Rejection } from './rejection.ts';

/** No prefix of the rate group matches the number, or none that matches is in effect. */
export class NoRateForNumber extends Rejection<{ number: string; rateGroup: string }> {
  static readonly code = 'NO_RATE_FOR_NUMBER';
  readonly retryable = true;
  constructor(data: { number: string; rateGroup: string }) {
    super(`Rate group "${data.rateGroup}" has no rate in effect for ${data.number}.`, data);
  }
}

/** A rate group that cards are priced by, or that partners may choose: it can't be removed. */
export class RateGroupInUse extends Rejection<{ name: string; batches: number; partners: number }> {
  static readonly code = 'RATE_GROUP_IN_USE';
  readonly retryable = false;
  constructor(data: { name: string; batches: number; partners: number }) {
    super(
      `The rate group "${data.name}" is in use (batches: ${data.batches}, partners limited to it: ${data.partners}): rename it instead.`,
      data,
    );
  }
}

/** A deck with invalid rows. Nothing was imported. */
export class RateDeckRefused extends Rejection<{ problemCount: number; rowCount: number }> {
  static readonly code = 'RATE_DECK_REFUSED';
  readonly retryable = false;
  /** The first thousand, by line. */
  readonly problems: readonly DeckProblem[];
  constructor({ problems, problemCount, rowCount }: RefusedRows) {
    super(
      `The deck has ${counted(problemCount, 'problem')} and was not imported: correct ${problemCount === 1 ? 'it' : 'them'} and upload the deck again.`,
      {
        problemCount,
        rowCount,
      },
    );
    this.problems = problems;
  }
}

/** Prices that are far from those of the list they would go into, so that they may be in another unit. */
export class RatePricesUnlikely extends Rejection<{ deckMedian: string; listMedian: string }> {
  static readonly code = 'RATE_PRICES_UNLIKELY';
  readonly retryable = false;
  constructor(data: { deckMedian: string; listMedian: string }) {
    super(
      `Half of the deck's prices are above ${data.deckMedian} a minute, where half of the list's are above ${data.listMedian}: declare the unit of the deck's prices, or accept them as they are.`,
      data,
    );
  }
}

/** A prefix that a deck begins or ceases to bar. */
export interface BarChange {
  readonly prefix: string;
  readonly destination: string;
  readonly effectiveFrom: Date;
  /** What a minute cost until then, or costs from then on, in 10^-8 of a unit. */
  readonly ratePer1e8Minute: bigint;
  /** Of a lifted bar: whether the deck prices what was barred, rather than to leave it to a shorter prefix. */
  readonly isPriced: boolean;
}

/** How many prefixes a message names. */
const NAMED_PREFIXES = 5;

/** Prefixes that were barred and that the deck leaves out or deletes, so that shorter prefixes would price them. */
export class RateBarsLifted extends Rejection<{ prefixCount: number }> {
  static readonly code = 'RATE_BARS_LIFTED';
  readonly retryable = false;
  /** The first thousand. */
  readonly bars: readonly BarChange[];
  constructor({ bars, prefixCount }: { bars: readonly BarChange[]; prefixCount: number }) {
    const named = bars.slice(0, NAMED_PREFIXES).map(({ prefix }) => prefix);
    const others = prefixCount > named.length ? ', …' : '';
    super(
      `${counted(prefixCount, 'barred prefix', 'barred prefixes')} would be sold at the price of a shorter one, because the deck leaves them out or deletes them: ${named.join(', ')}${others}. Name them in the deck, barred or with a price, or say that their bars are to be lifted.`,
      { prefixCount },
    );
    this.bars = bars;
  }
}

/** The deck was imported before, and another one since: the list would change back. */
export class RowsSentBefore extends Rejection<{ importedAt: string }> {
  static readonly code = 'ROWS_SENT_BEFORE';
  readonly retryable = false;
  constructor({ importedAt }: { importedAt: Date }) {
    const data = { importedAt: importedAt.toISOString() };
    super(
      `This deck was imported into this list on ${data.importedAt}, and another one since. If it is meant once more, say so (again).`,
      data,
    );
  }
}

interface RefusedRows {
  readonly problems: readonly DeckProblem[];
  readonly problemCount: number;
  readonly rowCount: number;
}
