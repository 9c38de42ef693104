import type { LoggedEvent } from '../../domain/event.ts';
import { builder } from '../core/builder.ts';
import { Money } from '../core/money.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, money } from './live-event.ts';

type LowBalanceEvent = LoggedEvent<'LOW_BALANCE'>;

export const LOW_BALANCES: EventKind<LowBalanceEvent> = { types: ['LOW_BALANCE'] };

export const LowBalance = builder.objectRef<Delivered<LowBalanceEvent>>('LowBalance').implement({
  description: "A card whose balance fell below its batch's threshold; delivered once each time.",
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    threshold: t.field({
      type: Money,
      description: 'The threshold at the time.',
      resolve: ({ event: { payload } }) => money(payload.threshold, payload.card.currency),
    }),
    balance: t.field({
      type: Money,
      description: 'The balance left on the card.',
      resolve: ({ event: { payload } }) => money(payload.card.balance, payload.card.currency),
    }),
  }),
});
