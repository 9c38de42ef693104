import * as replacements from '../../domain/rejections/replacements.ts';
import { currency, registerRejection, serial } from '../core/errors.ts';

registerRejection(replacements.ReplacementNotAllowed, {
  code: 'REPLACEMENT_NOT_ALLOWED',
  description: "The terms of the card's batch let none of its cards be replaced.",
  fields: { serial },
});
registerRejection(replacements.CallsInProgress, {
  code: 'CALLS_IN_PROGRESS',
  description: 'Money is held for calls that still run on the card.',
  fields: { serial, held: { type: 'Decimal', description: 'What is held.' }, currency },
});
registerRejection(replacements.CardReplaced, {
  code: 'CARD_REPLACED',
  description: 'Another card is in the place of this one, for good.',
  fields: { serial },
});
registerRejection(replacements.NoSpareCard, {
  code: 'NO_SPARE_CARD',
  description: 'No new card was named, and no card of the batch is INACTIVE any more.',
  fields: { serial },
});
registerRejection(replacements.CardAlreadyUsed, {
  code: 'CARD_ALREADY_USED',
  description: 'The new card was used before, or replaces another.',
  fields: { serial },
});
registerRejection(replacements.FirstUseOver, {
  code: 'FIRST_USE_OVER',
  description: 'The new card is past its last date of first use.',
  fields: { serial },
});
registerRejection(replacements.PartnerMismatch, {
  code: 'PARTNER_MISMATCH',
  description: "The new card is another partner's than the lost one.",
  fields: { serial },
});
