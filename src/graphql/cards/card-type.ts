import { builder } from '../core/builder.ts';

export const CardTypeEnum = builder.enumType('CardType', {
  description: 'How a card can be spent and recharged.',
  values: {
    STANDARD: { description: 'A fixed value, spent until empty; cannot be recharged.' },
    RECHARGEABLE: { description: 'A balance that can be spent and recharged.' },
    UNLIMITED: { description: 'Valid for a period rather than a value; can be recharged.' },
    DISPOSABLE: { description: 'For a single use; cannot be recharged.' },
    VOUCHER: {
      description:
        'A recharge voucher: the holder of its PIN can move its whole value to a card, once, with redeemVoucher. It cannot make calls, receive money or be bound to numbers.',
    },
  } as const,
});
