import * as cards from '../../domain/rejections/cards.ts';
import { currency, registerRejection, serial } from '../core/errors.ts';

registerRejection(cards.CardInactive, 'The card was never activated.', { serial });
registerRejection(cards.CardDeactivated, 'The card was taken out of service.', { serial });
registerRejection(
  cards.CardClosed,
  'The card is expired or closed: its validity and grace are over, or it was a voucher and redeemed.',
  { serial },
);
registerRejection(
  cards.CardInGrace,
  'The card is past its validity, and recharges of its batch do not extend it.',
  { serial },
);
registerRejection(cards.CardLocked, 'The card is locked, and what was asked needs it unlocked.', { serial });
registerRejection(cards.CardAlreadyLocked, 'The card is locked already.', {
  serial,
  reason: 'The reason of the present lock.',
});
registerRejection(cards.CardNotLocked, 'The card is not locked.', { serial });
registerRejection(cards.CardAlreadyActive, 'The card is in service already.', { serial });
registerRejection(cards.InsufficientBalance, 'The card has less available than was to be taken.', {
  serial,
  available: { type: 'Decimal', description: 'The balance less what is held for calls.' },
  currency,
});
registerRejection(
  cards.AuthenticationRefused,
  'The one answer to every failed authentication: it tells nothing about why.',
);
registerRejection(cards.TooManyCards, 'More cards than one request may name.', {
  count: { type: 'Int', description: 'How many were named.' },
  limit: { type: 'Int', description: 'How many may be.' },
});
