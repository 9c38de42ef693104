import * as replacements from '../../domain/rejections/replacements.ts';
import { currency, registerRejection, serial } from '../core/errors.ts';

registerRejection(
  replacements.ReplacementNotAllowed,
  "The terms of the card's batch let none of its cards be replaced.",
  { serial },
);
registerRejection(replacements.CallsInProgress, 'Money is held for calls that still run on the card.', {
  serial,
  held: { type: 'Decimal', description: 'What is held.' },
  currency,
});
registerRejection(replacements.CardReplaced, 'Another card is in the place of this one, for good.', {
  serial,
});
registerRejection(
  replacements.NoSpareCard,
  'No new card was named, and no card of the batch is INACTIVE any more.',
  { serial },
);
registerRejection(replacements.CardAlreadyUsed, 'The new card was used before, or replaces another.', {
  serial,
});
registerRejection(replacements.FirstUseOver, 'The new card is past its last date of first use.', { serial });
registerRejection(replacements.PartnerMismatch, "The new card is another partner's than the lost one.", {
  serial,
});
