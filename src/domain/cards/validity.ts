import type { BatchTerms, Card } from './card.ts';

export const DAY_MS = 86_400_000;

/** The end of 9999: later instants have no common written form. */
const END_OF_TIME_MS = Date.UTC(9999, 11, 31);

/** A day of validity is 24 hours, so no time zone or clock change shortens a card's life. */
export function addDays(instant: Date, days: number): Date {
  return new Date(Math.min(instant.getTime() + days * DAY_MS, END_OF_TIME_MS));
}

type Period = Pick<Card, 'validUntil' | 'graceUntil'>;

/** The validity that the first use at `now` starts; a card with a date of its own, or with none, keeps that. */
export function validityFromFirstUse(card: Card, terms: BatchTerms, now: Date): Period {
  if (card.ownValidityDays === 0) return { validUntil: card.validUntil, graceUntil: card.graceUntil };
  if (terms.validityDays === null) return { validUntil: null, graceUntil: null };
  return periodUntil(addDays(now, terms.validityDays), terms);
}

/** The validity after a recharge: extended by the batch's rule, from the later of now and the current end. */
export function validityAfterRecharge(card: Card, terms: BatchTerms, now: Date): Period {
  const { validUntil, graceUntil } = card;
  if (validUntil === null || terms.rechargeExtendsDays === null || card.firstUsedAt === null) {
    return { validUntil, graceUntil };
  }
  const from = validUntil > now ? validUntil : now;
  return periodUntil(addDays(from, terms.rechargeExtendsDays), terms);
}

/** A validity that ends at an instant, followed by the batch's grace period. */
export function periodUntil(validUntil: Date | null, terms: Pick<BatchTerms, 'graceDays'>): Period {
  return { validUntil, graceUntil: validUntil && addDays(validUntil, terms.graceDays) };
}
