import * as recharges from '../../domain/rejections/recharges.ts';
import { currency, registerRejection, serial } from '../core/errors.ts';

registerRejection(recharges.CardNotRechargeable, 'Cards of this type cannot be recharged.', {
  serial,
  type: 'The type of the card.',
});
registerRejection(
  recharges.RechargeOutOfRange,
  "The amount is outside the range allowed by the card's batch.",
  {
    min: { type: 'Decimal', nullable: true, description: 'The smallest allowed amount.' },
    max: { type: 'Decimal', nullable: true, description: 'The largest allowed amount.' },
    currency,
  },
);
registerRejection(
  recharges.InsufficientFunds,
  "The partner's wallet does not cover the amount. The request stays refused under the same key.",
  { available: { type: 'Decimal', description: 'The available balance of the wallet.' }, currency },
);
registerRejection(recharges.AlreadyReversed, 'The recharge has already been reversed.', {
  rechargeId: 'The recharge.',
});
registerRejection(
  recharges.NothingToReverse,
  'Nothing of the recharge is left on the card, because its oldest money is spent first.',
  {
    serial,
  },
);
registerRejection(recharges.BalanceTooLarge, 'The resulting balance would exceed the maximum.', {
  limit: {
    type: 'Decimal',
    description: 'The maximum balance of a card or wallet, in units of the currency.',
  },
  currency: { type: 'CurrencyCode', description: 'The currency.' },
});
registerRejection(recharges.RechargeTooOld, 'The recharge is too old to be reversed.', {
  rechargeId: { type: 'String', description: 'The recharge.' },
  days: { type: 'Int', description: 'The number of days within which a recharge can be reversed.' },
});
