import * as replacements from '../../domain/rejections/replacements.ts';
import { currency, registerRejection, serial } from '../core/errors.ts';

registerRejection(
  replacements.ReplacementNotAllowed,
  "The terms of the card's batch do not allow replacement.",
  { serial },
);
registerRejection(replacements.CallsInProgress, 'Money is held for calls in progress on the card.', {
  serial,
  held: { type: 'Decimal', description: 'The held amount.' },
  currency,
});
registerRejection(replacements.CardReplaced, 'The card has been replaced by another card, permanently.', {
  serial,
});
registerRejection(
  replacements.NoSpareCard,
  'No new card was specified, and the batch has no INACTIVE card left.',
  { serial },
);
registerRejection(
  replacements.CardAlreadyUsed,
  'The new card has been used, or already replaces another card.',
  {
    serial,
  },
);
registerRejection(replacements.FirstUseOver, 'The new card is past its last date of first use.', { serial });
registerRejection(
  replacements.PartnerMismatch,
  'The new card belongs to a different partner than the lost card.',
  {
    serial,
  },
);
