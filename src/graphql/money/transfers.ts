import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Money, moneyField, nullableMoneyField } from '../core/money.ts';
import { isInReach } from '../core/visibility-check.ts';

export const TransferKindEnum = builder.enumType('TransferKind', {
  description: 'What a movement of money was for.',
  values: {
    ISSUE: { description: 'The face value, put on a card at its first activation.' },
    RECHARGE: { description: 'Money put on a card, from a wallet or against cash.' },
    REVERSAL: { description: 'A recharge taken back, to where it came from.' },
    ADJUSTMENT: { description: 'A correction by hand, in either direction.' },
    TOP_UP: { description: "Money put into a partner's wallet." },
    CALL: { description: 'The charge of a call.' },
    CALL_SURCHARGE: { description: "The batch's surcharge on an answered call." },
    CALL_REFUND: {
      description: 'What a late end of an abandoned call gave back.',
    },
    FIRST_USE_FEE: { description: "The batch's fee for the first use, as far as the card could pay it." },
    MAINTENANCE_FEE: {
      description: "The batch's fee for one period after the first use, as far as the card could pay it.",
    },
    REPLACEMENT_FEE: {
      description: "The batch's fee for the replacement of a card, as far as the card could pay it.",
    },
    REPLACEMENT: {
      description: 'What went from a lost card to the one in its place: one on each statement.',
    },
    DISCOUNT: {
      description: "The operator's part of a partner's recharge, put into its wallet right before it.",
    },
    DISCOUNT_REVERSAL: { description: "The operator's part of a recharge that was taken back." },
    WALLET_TRANSFER: {
      description: "What went from one partner's wallet to another's: one on each statement.",
    },
    OPENING: { description: 'What was on a card when it was imported from another system.' },
    WITHDRAWAL: { description: "Money paid out of a partner's wallet." },
    FORFEITURE: { description: 'What was left on a card at the end of its grace period: breakage.' },
    VOUCHER: {
      description: 'The whole value of a voucher: out of the voucher, and in the same step into a card.',
    },
  } as const,
});

export const Transfer = builder.drizzleNode('transfers', {
  name: 'Transfer',
  description:
    'One movement of money: it leaves one account and reaches another, in one entry that is never changed.',
  id: { column: (transfer) => transfer.id, description: 'The global id.' },
  // Not exposed but resolved: an exposed column is read again when the row did not come from a planned query, and what
  // a mutation has just written needs no second look.
  fields: (t) => ({
    kind: t.field({ type: TransferKindEnum, description: 'What it was for.', resolve: ({ kind }) => kind }),
    amount: t.field(moneyField('amount', 'How much moved, always positive.')),
    cardChange: t.field({
      type: Money,
      nullable: true,
      description: 'What it did to the card: positive came in, negative went out.',
      resolve: ({ amount, currency, cardId, creditAccount }) =>
        cardId === null ? null : { micros: creditAccount === cardId ? amount : -amount, currency },
    }),
    cardBalanceAfter: t.field(nullableMoneyField('cardBalanceAfter', "The card's balance after it.")),
    walletChange: t.field({
      type: Money,
      nullable: true,
      description: "What it did to the partner's wallet: positive came in, negative went out.",
      resolve: ({ amount, currency, partnerId, creditAccount }, _args, { viewer }) =>
        partnerId !== null && isInReach(viewer, partnerId)
          ? { micros: creditAccount === partnerId ? amount : -amount, currency }
          : null,
    }),
    walletBalanceAfter: t.field({
      type: Money,
      nullable: true,
      description: "The wallet's balance after it.",
      resolve: ({ walletBalanceAfter, partnerId, currency }, _args, { viewer }) =>
        walletBalanceAfter !== null && isInReach(viewer, partnerId)
          ? { micros: walletBalanceAfter, currency }
          : null,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason given, where one was.',
      resolve: ({ reason }) => reason,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was posted.',
      resolve: ({ createdAt }) => createdAt,
    }),
    card: t.relation('card', { nullable: true, description: 'The card it touched.' }),
    discount: t.field(
      moneyField('discount', 'What of a RECHARGE the operator paid: the partner paid the rest.'),
    ),
    reverses: t.relation('reverses', {
      nullable: true,
      description: 'The recharge that a REVERSAL takes back.',
    }),
    reversal: t.relation('reversal', { nullable: true, description: 'What took this recharge back.' }),
  }),
});

export const TransferConnection = connectionOf(Transfer, 'movements');

builder.drizzleObjectField(Card, 'statement', (t) =>
  t.relatedConnection(
    'transfers',
    {
      description: 'All movements of money of this card, newest first, each with the balance after it.',
      query: { orderBy: { cardVersion: 'desc' } },
    },
    TransferConnection,
  ),
);
