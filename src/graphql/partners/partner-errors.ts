import * as partners from '../../domain/rejections/partners.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(partners.BatchNotAllowed, 'The partner is not allowed to recharge cards of this batch.', {
  serial: 'The card.',
});
registerRejection(
  partners.RateGroupNotAllowed,
  'The partner is not allowed to have batches with this rate group.',
  {
    rateGroupId: 'The rate group.',
  },
);
registerRejection(
  partners.DailyLimitReached,
  'The recharges of the day would exceed the limit set by the operator.',
  {
    of: 'The owner of the limit: PARTNER or CARD.',
    limit: { type: 'Decimal', description: 'The daily limit (UTC), in units of the currency.' },
    left: { type: 'Decimal', description: 'The amount left today.' },
    currency: { type: 'CurrencyCode', description: 'The currency.' },
  },
);
registerRejection(partners.CreditInUse, "The wallet's debt is greater than the new credit limit.", {
  balance: { type: 'Decimal', description: "The wallet's balance, which is negative." },
  currency: { type: 'CurrencyCode', description: 'The currency.' },
});
registerRejection(partners.PartnerMisplaced, 'The partner cannot be moved there.', {
  problem: 'The reason.',
});
