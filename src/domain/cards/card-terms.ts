import type { BatchTerms, Card } from './card.ts';

/** The terms that a card may have of its own. */
export type OwnTerms = Pick<
  Card,
  'ownValidityDays' | 'ownGraceDays' | 'ownMaxBoundNumbers' | 'ownMaxConcurrentCalls'
>;

export const NO_OWN_TERMS: OwnTerms = {
  ownValidityDays: null,
  ownGraceDays: null,
  ownMaxBoundNumbers: null,
  ownMaxConcurrentCalls: null,
};

type SharedTerms = Pick<BatchTerms, 'validityDays' | 'graceDays' | 'maxBoundNumbers' | 'maxConcurrentCalls'>;

/**
 * The terms of a card: its own, where it has any, and otherwise its batch's. Every rule gets its terms from here; a card
 * that was sold elsewhere, under other terms than the batch that it was imported into, keeps them.
 */
export function termsOf<Terms extends SharedTerms>(card: OwnTerms, batch: Terms): Terms {
  const { ownValidityDays, ownGraceDays, ownMaxBoundNumbers, ownMaxConcurrentCalls } = card;
  if (
    ownValidityDays === null &&
    ownGraceDays === null &&
    ownMaxBoundNumbers === null &&
    ownMaxConcurrentCalls === null
  ) {
    return batch;
  }
  return {
    ...batch,
    validityDays: ownValidityDays === 0 ? null : (ownValidityDays ?? batch.validityDays),
    graceDays: ownGraceDays ?? batch.graceDays,
    maxBoundNumbers: ownMaxBoundNumbers ?? batch.maxBoundNumbers,
    maxConcurrentCalls: ownMaxConcurrentCalls ?? batch.maxConcurrentCalls,
  };
}

/** The terms that a card takes over from the one that it replaces, and otherwise keeps. */
export function ownTermsOf(lost: OwnTerms, spare: OwnTerms): OwnTerms {
  return {
    ownValidityDays: lost.ownValidityDays ?? spare.ownValidityDays,
    ownGraceDays: lost.ownGraceDays ?? spare.ownGraceDays,
    ownMaxBoundNumbers: lost.ownMaxBoundNumbers ?? spare.ownMaxBoundNumbers,
    ownMaxConcurrentCalls: lost.ownMaxConcurrentCalls ?? spare.ownMaxConcurrentCalls,
  };
}
