import type { LoggedEvent } from '../../domain/event.ts';
import { builder } from '../core/builder.ts';
import { BALANCE_CHANGES, CardBalanceChange } from './balance-changes.ts';
import { BATCH_PROGRESS, CardBatchProgress } from './batch-progress.ts';
import { CALL_ACTIVITIES, CallActivity } from './call-activity.ts';
import { addToFeed, type TypeOf } from './event-feed.ts';
import type { Delivered, EventKind } from './live-event.ts';
import { CardLockChange, LOCK_CHANGES } from './lock-changes.ts';
import { LOW_BALANCES, LowBalance } from './low-balance.ts';
import { RECHARGES_MADE, RechargeMade } from './recharges-made.ts';
import { CardStateChange, STATE_CHANGES } from './state-changes.ts';
import { batchesOfCards, deliver, type Narrow, watchArgs } from './watching.ts';

interface Subscription<Event extends LoggedEvent> {
  readonly type: TypeOf<Event>;
  readonly kind: EventKind<Event>;
  readonly description: string;
  /** How to match events to the arguments; if omitted, by the columns of the events. */
  readonly narrow?: Narrow;
}

/**
 * A subscription by cards, batch and partner, and the field of the same name on Event. Its permission is in
 * core/permissions.ts.
 */
function subscription<Event extends LoggedEvent>(
  name: string,
  { type, kind, description, narrow }: Subscription<Event>,
): void {
  addToFeed(name, { type, kind });
  builder.subscriptionField(name, (t) =>
    t.field({
      type,
      description,
      args: watchArgs,
      subscribe: (_root, args, context) => deliver(args, kind, context, narrow),
      resolve: (delivered) => delivered as Delivered<Event>,
    }),
  );
}

subscription('cardBalanceChanged', {
  type: CardBalanceChange,
  kind: BALANCE_CHANGES,
  description:
    'Changes of the balance or held amount of cards, filtered by card, batch or partner. Without a filter, of all cards that you can see.',
});

subscription('cardLockChanged', {
  type: CardLockChange,
  kind: LOCK_CHANGES,
  description:
    'Locks and unlocks of cards, filtered by card, batch or partner. Without a filter, of all cards that you can see.',
});

subscription('cardStateChanged', {
  type: CardStateChange,
  kind: STATE_CHANGES,
  description:
    'Changes of the state of cards: activated, locked, in grace, back in service, closed. Changes that result only from the passing of time are delivered within seconds, once the expiry job has recorded them.',
});

subscription('rechargeMade', {
  type: RechargeMade,
  kind: RECHARGES_MADE,
  description: 'Recharges of cards, by money or voucher.',
});

subscription('lowBalance', {
  type: LowBalance,
  kind: LOW_BALANCES,
  description:
    "Cards whose balance falls below their batch's `lowBalanceThreshold`. A card is reported again only after its balance has been at or above the threshold in between.",
});

subscription('callActivity', {
  type: CallActivity,
  kind: CALL_ACTIVITIES,
  description:
    'Calls as they are authorized, refused, extended, completed, cancelled and abandoned, filtered by card, batch or partner. Without a filter, all that you can see.',
});

subscription('cardBatchProgress', {
  type: CardBatchProgress,
  kind: BATCH_PROGRESS,
  description:
    'The progress of batches: cards created, total, rate and time left, with every chunk of cards. With `cardIds`, the batches of these cards.',
  narrow: batchesOfCards,
});
