import * as cards from '../../domain/rejections/cards.ts';
import { currency, registerRejection, serial } from '../core/errors.ts';

registerRejection(cards.CardInactive, 'The card was never activated.', { serial });
registerRejection(cards.CardDeactivated, 'The card has been taken out of service.', { serial });
registerRejection(
  cards.CardClosed,
  'The card has expired or is closed: its validity and grace period have ended, or it was a voucher and has been redeemed.',
  { serial },
);
registerRejection(
  cards.CardInGrace,
  "The card's validity has ended, or its last date of first use has passed, and a recharge does not change that.",
  {
    serial,
    neverUsed: {
      type: 'Boolean',
      nullable: true,
      description:
        'Whether the card was never used, so that its last date of first use has passed. Null in old answers.',
    },
  },
);
registerRejection(cards.CardLocked, 'The card is locked, and the operation requires it to be unlocked.', {
  serial,
});
registerRejection(cards.CardAlreadyLocked, 'The card is already locked.', {
  serial,
  reason: 'The reason of the current lock.',
});
registerRejection(cards.CardNotLocked, 'The card is not locked.', { serial });
registerRejection(cards.CardNotClosed, 'The card is not closed.', { serial });
registerRejection(
  cards.CardNotReopenable,
  'The card was closed because its value was redeemed or used, not because its time had ended.',
  { serial },
);
registerRejection(cards.CardAlreadyActive, 'The card is already in service.', { serial });
registerRejection(
  cards.InsufficientBalance,
  "The card's available balance is less than the requested amount.",
  {
    serial,
    available: { type: 'Decimal', description: 'The balance minus the amounts held for calls.' },
    currency,
  },
);
registerRejection(
  cards.AuthenticationRefused,
  'The uniform response to every failed authentication, which does not reveal the reason.',
);
registerRejection(cards.TooManyCards, 'More cards than one request may contain.', {
  count: { type: 'Int', description: 'The number of cards in the request.' },
  limit: { type: 'Int', description: 'The maximum number of cards.' },
});
