import type { Card, CardType } from '../cards/card.ts';
import { cardState } from '../cards/card-state.ts';
import type { AuthenticationFailure } from './guessing.ts';

/**
 * Why a card was refused although its PIN is right. NOT_FOR_THIS: a voucher used for a call, or a card that is no
 * voucher.
 */
export function failureOf(
  card: Card,
  { type, asVoucher }: { type: CardType; asVoucher: boolean },
  now: Date,
): AuthenticationFailure {
  const state = cardState(card, now);
  if ((type === 'VOUCHER') !== asVoucher || state === 'ACTIVE') return 'NOT_FOR_THIS';
  return state;
}
