import { builder } from '../core/builder.ts';
import { Money } from '../core/money.ts';
import { snapshotOf } from './card-version.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, moneyOf } from './live-event.ts';
import { deliver, watchArgs } from './watching.ts';

export const CardBalanceChange = builder.objectRef<Delivered>('CardBalanceChange').implement({
  description: "A change of a card's money.",
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    change: t.field({
      type: Money,
      description: 'What came in (positive) or went out (negative), of each card.',
      resolve: ({ event }) => moneyOf(event, String(event.payload.change ?? '0')),
    }),
    balance: t.field({
      type: Money,
      description: 'The balance right after it, of each card.',
      resolve: ({ event }) => moneyOf(event, snapshotOf(event)?.balance ?? '0'),
    }),
    held: t.field({
      type: Money,
      description: 'What was held for calls right after it, of each card.',
      resolve: ({ event }) => moneyOf(event, snapshotOf(event)?.held ?? '0'),
    }),
    version: t.int({
      description: 'The version of the card that it made.',
      resolve: ({ event }) => snapshotOf(event)?.version ?? 0,
    }),
  }),
});

export const BALANCE_CHANGES: EventKind = {
  types: [
    'CARDS_ACTIVATED',
    'CARD_RECHARGED',
    'RECHARGE_REVERSED',
    'VOUCHER_REDEEMED',
    'CARD_BALANCE_ADJUSTED',
    'CALL_AUTHORIZED',
    'CALL_EXTENDED',
    'CALL_COMPLETED',
    'CALL_CANCELLED',
    'CALL_ABANDONED',
    'FEE_CHARGED',
    'CARD_CLOSED',
    'CARD_REPLACED',
  ],
  // Activation of cards without a face value, and the closing or replacement of an empty card, move no money.
  meant: ({ payload }) => payload.change !== undefined,
};

builder.subscriptionField('cardBalanceChanged', (t) =>
  t.field({
    type: CardBalanceChange,
    description:
      'Every change of money of the cards you watch: by card, by batch, by partner, or all that are yours.',
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, BALANCE_CHANGES, context),
    resolve: (delivered) => delivered as Delivered,
  }),
);
