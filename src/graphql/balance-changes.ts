import type { EventType } from '../domain/event.ts';
import type { LoggedEvent } from '../store/event-log.ts';
import { builder } from './builder.ts';
import { type Delivered, LiveEvent, moneyOf, snapshotOf } from './live-event.ts';
import { Money } from './money.ts';
import { deliver, watchArgs } from './watching.ts';

const CardBalanceChange = builder.objectRef<Delivered>('CardBalanceChange').implement({
  description: "A change of a card's money.",
  interfaces: [LiveEvent],
  fields: (t) => ({
    change: t.field({
      type: Money,
      description: 'What came in (positive) or went out (negative), of each card.',
      resolve: ({ event }) => moneyOf(event, String(event.payload.change ?? '0')),
    }),
    balance: t.field({
      type: Money,
      description: 'The balance right after it, of each card.',
      resolve: ({ event }) => moneyOf(event, snapshotOf(event).balance),
    }),
    held: t.field({
      type: Money,
      description: 'What was held for calls right after it, of each card.',
      resolve: ({ event }) => moneyOf(event, snapshotOf(event).held),
    }),
    version: t.int({
      description: 'The version of the card that it made.',
      resolve: ({ event }) => snapshotOf(event).version,
    }),
  }),
});

const BALANCE_EVENTS: readonly EventType[] = [
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
];

builder.subscriptionField('cardBalanceChanged', (t) =>
  t.field({
    type: CardBalanceChange,
    description:
      'Every change of money of the cards you watch: by card, by batch, by partner, or all that are yours.',
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, BALANCE_EVENTS, context, changesMoney),
    resolve: (delivered) => delivered as Delivered,
  }),
);

/** Activation of cards without a face value, and the closing or replacement of an empty card, move no money. */
function changesMoney({ payload }: LoggedEvent): boolean {
  return payload.change !== undefined;
}
