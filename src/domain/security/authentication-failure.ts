import type { Card, CardType } from '../cards/card.ts';
import { cardState } from '../cards/card-state.ts';
import type { AuthenticationFailure } from './guessing.ts';

/** Why a card whose PIN is right was refused all the same. NOT_FOR_THIS: a voucher that is to call, or no voucher. */
export function failureOf(
  card: Card,
  { type, asVoucher }: { type: CardType; asVoucher: boolean },
  now: Date,
): AuthenticationFailure {
  const state = cardState(card, now);
  if ((type === 'VOUCHER') !== asVoucher || state === 'ACTIVE') return 'NOT_FOR_THIS';
  return state;
}
