import {
  AuthenticationRefused,
  CardClosed,
  CardDeactivated,
  CardInactive,
  CardLocked,
} from '../rejections/cards.ts';
import type { Rejection } from '../rejections/rejection.ts';
import { CardReplaced } from '../rejections/replacements.ts';
import type { Card, CardType } from './card.ts';
import { type CardState, cardState, stateForKnown } from './card-state.ts';

/** How a caller shows which card is theirs. */
export type Identification = 'TOKEN' | 'PIN' | 'NUMBER';

interface IdentifiedCaller {
  readonly type: CardType;
  readonly by: Identification;
  /** Whether something other than the PIN just entered identifies the caller: see canAuthenticate. */
  readonly known: boolean;
}

/**
 * The state of a card that a caller may learn; undefined: the caller gets the same refusal as one without a card.
 *
 * - Whoever has the right PIN, or a token that was issued for it, has the card: they may know why it is of no use.
 * - While wrong PINs keep a card's keypad locked, the right PIN reveals nothing either: the answer would show a
 *   guesser which PIN it is.
 * - A number is no secret, so it opens only what it also uses: a card in service, or in its grace.
 * - The PIN of a voucher reveals nothing: its budget of guesses is another.
 */
export function disclosedState(
  card: Card,
  { type, by, known }: IdentifiedCaller,
  now: Date,
): CardState | undefined {
  if (type === 'VOUCHER') return undefined;
  const state = known ? stateForKnown(card, now) : cardState(card, now);
  if (state === 'ACTIVE' || state === 'IN_GRACE' || by === 'TOKEN') return state;
  if (by === 'NUMBER') return undefined;
  return card.lockReason === 'FAILED_ATTEMPTS' ? undefined : state;
}

/** Why a card is of no use to the caller who has its PIN. */
export function refusalOf({ serial, replacedById }: Card, state: CardState): Rejection {
  switch (state) {
    case 'INACTIVE':
      return new CardInactive({ serial });
    case 'LOCKED':
      return new CardLocked({ serial });
    case 'DEACTIVATED':
      return replacedById === null ? new CardDeactivated({ serial }) : new CardReplaced({ serial });
    case 'EXPIRED':
    case 'CLOSED':
      return new CardClosed({ serial });
    case 'ACTIVE':
    case 'IN_GRACE':
      return new AuthenticationRefused();
  }
}
