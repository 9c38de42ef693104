import * as partners from '../../domain/rejections/partners.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(partners.BatchNotAllowed, 'The partner may not recharge cards of this batch.', {
  serial: 'The card.',
});
registerRejection(partners.RateGroupNotAllowed, 'The partner may not have batches of this rate group.', {
  rateGroupId: 'The rate group.',
});
registerRejection(
  partners.DailyLimitReached,
  'The recharges of the day would come to more than the operator allows.',
  {
    of: 'Whose limit: PARTNER or CARD.',
    limit: { type: 'Decimal', description: 'The limit of one day (UTC), in units of the currency.' },
    left: { type: 'Decimal', description: 'What of it is left today.' },
    currency: { type: 'CurrencyCode', description: 'The currency.' },
  },
);
registerRejection(partners.CreditInUse, 'The wallet owes more than the new credit limit.', {
  balance: { type: 'Decimal', description: 'What is in the wallet, below zero.' },
  currency: { type: 'CurrencyCode', description: 'The currency.' },
});
registerRejection(partners.PartnerMisplaced, 'A partner can not be put there.', { problem: 'Why not.' });
