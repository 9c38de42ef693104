import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Money, moneyField, nullableMoneyField } from '../core/money.ts';
import { isInReach } from '../core/visibility-check.ts';

export const TransferKindEnum = builder.enumType('TransferKind', {
  description: 'The purpose of a transfer.',
  values: {
    ISSUE: { description: 'The face value, credited to a card at its first activation.' },
    RECHARGE: { description: 'Money put on a card, from a wallet or against cash.' },
    REVERSAL: { description: 'A reversed recharge, returned to its source.' },
    ADJUSTMENT: { description: 'A manual correction, in either direction.' },
    TOP_UP: { description: "Money put into a partner's wallet." },
    CALL: { description: 'The charge of a call.' },
    CALL_SURCHARGE: { description: "The batch's surcharge on an answered call." },
    CALL_REFUND: {
      description: 'A refund after the late report of an abandoned call.',
    },
    FIRST_USE_FEE: { description: "The batch's fee for the first use, up to the card's balance." },
    MAINTENANCE_FEE: {
      description: "The batch's fee for one period after the first use, up to the card's balance.",
    },
    REPLACEMENT_FEE: {
      description: "The batch's fee for replacing a card, up to the card's balance.",
    },
    REPLACEMENT: {
      description: 'The balance moved from a lost card to its replacement; one transfer on each statement.',
    },
    DISCOUNT: {
      description:
        "The operator's share of a partner's recharge, credited to its wallet immediately before the recharge.",
    },
    DISCOUNT_REVERSAL: { description: "The operator's share of a reversed recharge." },
    WALLET_TRANSFER: {
      description: "Money moved from one partner's wallet to another's; one transfer on each statement.",
    },
    OPENING: { description: 'The balance of a card when it was imported from another system.' },
    WITHDRAWAL: { description: "Money paid out of a partner's wallet." },
    FORFEITURE: {
      description: 'The balance that was left on a card at the end of its grace period: breakage.',
    },
    FORFEITURE_REVERSAL: {
      description: 'The forfeited balance, returned to a card that was closed by mistake.',
    },
    VOUCHER: {
      description: 'The whole value of a voucher, moved to a card in one step.',
    },
  } as const,
});

export const Transfer = builder.drizzleNode('transfers', {
  name: 'Transfer',
  description: 'A transfer of money from one account to another: one immutable ledger entry.',
  id: { column: (transfer) => transfer.id, description: 'The global id.' },
  // Resolved instead of exposed: an exposed column is read again when the row did not come from a planned query, and a
  // row that a mutation has just written needs no second read.
  fields: (t) => ({
    kind: t.field({
      type: TransferKindEnum,
      description: 'The purpose of the transfer.',
      resolve: ({ kind }) => kind,
    }),
    amount: t.field(moneyField('amount', 'The amount, always positive.')),
    cardChange: t.field({
      type: Money,
      nullable: true,
      description: "The change of the card's balance: positive for money in, negative for money out.",
      resolve: ({ amount, currency, cardId, creditAccount }) =>
        cardId === null ? null : { micros: creditAccount === cardId ? amount : -amount, currency },
    }),
    cardBalanceAfter: t.field(
      nullableMoneyField('cardBalanceAfter', "The card's balance after the transfer."),
    ),
    walletChange: t.field({
      type: Money,
      nullable: true,
      description:
        "The change of the partner's wallet balance: positive for money in, negative for money out.",
      resolve: ({ amount, currency, partnerId, creditAccount }, _args, { viewer }) =>
        partnerId !== null && isInReach(viewer, partnerId)
          ? { micros: creditAccount === partnerId ? amount : -amount, currency }
          : null,
    }),
    walletBalanceAfter: t.field({
      type: Money,
      nullable: true,
      description: "The wallet's balance after the transfer.",
      resolve: ({ walletBalanceAfter, partnerId, currency }, _args, { viewer }) =>
        walletBalanceAfter !== null && isInReach(viewer, partnerId)
          ? { micros: walletBalanceAfter, currency }
          : null,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason, if one was given.',
      resolve: ({ reason }) => reason,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the transfer was posted.',
      resolve: ({ createdAt }) => createdAt,
    }),
    card: t.relation('card', { nullable: true, description: 'The card affected.' }),
    discount: t.field(
      moneyField('discount', 'The part of a RECHARGE that the operator paid; the partner paid the rest.'),
    ),
    reverses: t.relation('reverses', {
      nullable: true,
      description: 'The recharge that this REVERSAL reverses.',
    }),
    reversal: t.relation('reversal', { nullable: true, description: 'The reversal of this recharge.' }),
  }),
});

export const TransferConnection = connectionOf(Transfer, 'transfers');

builder.drizzleObjectField(Card, 'statement', (t) =>
  t.relatedConnection(
    'transfers',
    {
      description: 'All transfers of this card, newest first, each with the balance after it.',
      query: { orderBy: { cardVersion: 'desc' } },
    },
    TransferConnection,
  ),
);
