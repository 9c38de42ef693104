import * as partners from '../../domain/rejections/partners.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(partners.BatchNotAllowed, {
  code: 'BATCH_NOT_ALLOWED',
  description: 'The partner may not recharge cards of this batch.',
  fields: { serial: { type: 'String', description: 'The card.' } },
});
registerRejection(partners.RateGroupNotAllowed, {
  code: 'RATE_GROUP_NOT_ALLOWED',
  description: 'The partner may not have batches of this rate group.',
  fields: { rateGroupId: { type: 'String', description: 'The rate group.' } },
});
registerRejection(partners.DailyLimitReached, {
  code: 'DAILY_LIMIT_REACHED',
  description: 'The recharges of the day would come to more than the operator allows.',
  fields: {
    of: { type: 'String', description: 'Whose limit: PARTNER or CARD.' },
    limit: { type: 'Decimal', description: 'The limit of one day (UTC), in units of the currency.' },
    left: { type: 'Decimal', description: 'What of it is left today.' },
    currency: { type: 'CurrencyCode', description: 'The currency.' },
  },
});
registerRejection(partners.CreditInUse, {
  code: 'CREDIT_IN_USE',
  description: 'The wallet owes more than the new credit limit.',
  fields: {
    balance: { type: 'Decimal', description: 'What is in the wallet, below zero.' },
    currency: { type: 'CurrencyCode', description: 'The currency.' },
  },
});
registerRejection(partners.PartnerMisplaced, {
  code: 'PARTNER_MISPLACED',
  description: 'A partner can not be put there.',
  fields: { problem: { type: 'String', description: 'Why not.' } },
});
