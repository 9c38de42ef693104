import { builder } from '../core/builder.ts';

export const CardTypeEnum = builder.enumType('CardType', {
  description: 'How a card is spent and refilled.',
  values: {
    STANDARD: { description: 'A fixed value, spent until empty; never recharged.' },
    RECHARGEABLE: { description: 'Spent, and recharged.' },
    UNLIMITED: { description: 'Valid for a time rather than a value; may be recharged.' },
    DISPOSABLE: { description: 'For a single use; never recharged.' },
    VOUCHER: {
      description:
        'A recharge voucher: whoever has its PIN moves its whole value to a card, once, with redeemVoucher. Makes no calls, takes no money and no numbers.',
    },
  } as const,
});
