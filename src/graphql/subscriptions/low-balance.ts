import { builder } from '../core/builder.ts';
import { Money } from '../core/money.ts';
import { snapshotOf } from './card-version.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, moneyOf } from './live-event.ts';
import { deliver, watchArgs } from './watching.ts';

export const LowBalance = builder.objectRef<Delivered>('LowBalance').implement({
  description: "A card whose balance fell below its batch's threshold: told once for each time it does.",
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    threshold: t.field({
      type: Money,
      description: 'The threshold at that time.',
      resolve: ({ event }) => moneyOf(event, String(event.payload.threshold)),
    }),
    balance: t.field({
      type: Money,
      description: 'What was left on the card.',
      resolve: ({ event }) => moneyOf(event, snapshotOf(event)?.balance ?? '0'),
    }),
  }),
});

export const LOW_BALANCES: EventKind = { types: ['LOW_BALANCE'] };

builder.subscriptionField('lowBalance', (t) =>
  t.field({
    type: LowBalance,
    description:
      "Cards that fall below their batch's `lowBalanceThreshold`. A card is told of again when it was at or above it in between.",
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, LOW_BALANCES, context),
    resolve: (delivered) => delivered as Delivered,
  }),
);
