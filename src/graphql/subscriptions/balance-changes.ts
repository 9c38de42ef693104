import type { LoggedEvent } from '../../domain/event.ts';
import type { DecimalAmount } from '../../domain/values/money.ts';
import { builder } from '../core/builder.ts';
import { Money } from '../core/money.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, money, payloadValue, snapshotOf } from './live-event.ts';

const TYPES = [
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
  'CARD_REOPENED',
  'CARD_REPLACED',
] as const;

type MoneyMoved = LoggedEvent<(typeof TYPES)[number]> & { payload: { change: DecimalAmount } };

export const BALANCE_CHANGES: EventKind<MoneyMoved> = {
  types: TYPES,
  // Activating a card without a face value and closing or replacing an empty card transfer no money.
  matches: (event) => payloadValue(event, 'change') !== null,
};

export const CardBalanceChange = builder.objectRef<Delivered<MoneyMoved>>('CardBalanceChange').implement({
  description: "A change of a card's balance or held amount.",
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    change: t.field({
      type: Money,
      description: 'The change of the balance of each card: positive for money in, negative for money out.',
      resolve: ({ event }) => money(event.payload.change, snapshotOf(event).currency),
    }),
    balance: t.field({
      type: Money,
      description: 'The balance of each card immediately after the change.',
      resolve: ({ event }) => money(snapshotOf(event).balance, snapshotOf(event).currency),
    }),
    held: t.field({
      type: Money,
      description: 'The amount held for calls on each card immediately after the change.',
      resolve: ({ event }) => money(snapshotOf(event).held, snapshotOf(event).currency),
    }),
    version: t.int({
      description: 'The version of the card after the change.',
      resolve: ({ event }) => snapshotOf(event).version,
    }),
  }),
});
