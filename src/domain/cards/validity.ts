import { addDays } from '../values/calendar.ts';
import type { BatchTerms, Card } from './card.ts';

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
