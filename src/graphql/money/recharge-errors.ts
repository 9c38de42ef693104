import * as recharges from '../../domain/rejections/recharges.ts';
import { currency, registerRejection, serial } from '../core/errors.ts';

registerRejection(recharges.CardNotRechargeable, 'Cards of this type are spent and never refilled.', {
  serial,
  type: 'The type of the card.',
});
registerRejection(recharges.RechargeOutOfRange, "The amount is outside what the card's batch allows.", {
  min: { type: 'Decimal', nullable: true, description: 'The least allowed.' },
  max: { type: 'Decimal', nullable: true, description: 'The most allowed.' },
  currency,
});
registerRejection(
  recharges.CurrencyMismatch,
  'Money of one currency meant for a card or wallet of another.',
  {
    expected: { type: 'CurrencyCode', description: 'The currency of the card or wallet.' },
    given: { type: 'CurrencyCode', description: 'The currency of the amount.' },
  },
);
registerRejection(
  recharges.InsufficientFunds,
  "The partner's wallet does not cover the amount. Under the same key it stays refused.",
  { available: { type: 'Decimal', description: 'What the wallet has.' }, currency },
);
registerRejection(recharges.AlreadyReversed, 'The recharge was taken back before.', {
  rechargeId: 'The recharge.',
});
registerRejection(
  recharges.NothingToReverse,
  'Nothing of the recharge is left on the card: its oldest money is spent first.',
  {
    serial,
  },
);
registerRejection(recharges.BalanceTooLarge, 'What would come in makes the balance larger than any may be.', {
  limit: { type: 'Decimal', description: 'The most a card or wallet may have, in units of the currency.' },
  currency: { type: 'CurrencyCode', description: 'The currency.' },
});
registerRejection(recharges.RechargeTooOld, 'The recharge was made too long ago to be taken back.', {
  rechargeId: { type: 'String', description: 'The recharge.' },
  days: { type: 'Int', description: 'For how many days one can be taken back.' },
});
