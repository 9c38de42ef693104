import type { LoggedEvent } from '../../domain/event.ts';
import { builder } from '../core/builder.ts';
import { BALANCE_CHANGES, CardBalanceChange } from './balance-changes.ts';
import { BATCH_PROGRESS, CardBatchProgress } from './batch-progress.ts';
import { CALL_ACTIVITIES, CallActivity } from './call-activity.ts';
import { type TypeOf, tellInFeed } from './event-feed.ts';
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
  /** How what is named finds its events; left out: by the columns of the events. */
  readonly narrow?: Narrow;
}

/** A subscription by cards, batch and partner, and the field of the same name in the feed of all events. Its permission is in core/permissions.ts. */
function subscription<Event extends LoggedEvent>(
  name: string,
  { type, kind, description, narrow }: Subscription<Event>,
): void {
  tellInFeed(name, { type, kind });
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
    'Every change of money of the cards you watch: by card, by batch, by partner, or all that are yours.',
});

subscription('cardLockChanged', {
  type: CardLockChange,
  kind: LOCK_CHANGES,
  description:
    'Every lock set or taken away of the cards you watch: by card, by batch, by partner, or all yours.',
});

subscription('cardStateChanged', {
  type: CardStateChange,
  kind: STATE_CHANGES,
  description:
    'Every change of state of the cards you watch: activated, locked, in grace, back in service, closed. What time alone changes is told within seconds, when the expiry job has noted it.',
});

subscription('rechargeMade', {
  type: RechargeMade,
  kind: RECHARGES_MADE,
  description: 'Every recharge of the cards you watch, by money or by voucher.',
});

subscription('lowBalance', {
  type: LowBalance,
  kind: LOW_BALANCES,
  description:
    "Cards that fall below their batch's `lowBalanceThreshold`. A card is told of again when it was at or above it in between.",
});

subscription('callActivity', {
  type: CallActivity,
  kind: CALL_ACTIVITIES,
  description:
    'Calls as they are authorised, refused, extended, completed, cancelled and abandoned: by card, by batch, by partner, or all that are yours.',
});

subscription('cardBatchProgress', {
  type: CardBatchProgress,
  kind: BATCH_PROGRESS,
  description:
    'How the making of batches gets on: made, total, rate and time left, with every chunk of cards. With `cardIds`: of the batches of these cards.',
  narrow: batchesOfCards,
});
