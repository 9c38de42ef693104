import type { LogEntry, LoggedEvent } from '../../domain/event.ts';
import { type DecimalAmount, readMicros } from '../../domain/values/money.ts';
import { encodeCursor } from '../../realtime/cursor.ts';
import type { WatchedCard } from '../../realtime/event-watch.ts';
import { builder } from '../core/builder.ts';
import type { MoneyValue } from '../core/money.ts';
import { EventActor } from './event-actor.ts';

/** An event as delivered to one subscriber. */
export interface Delivered<Event extends LoggedEvent = LoggedEvent> {
  readonly event: Event;
  /** The cards that the subscriber named; undefined when it subscribes by batch, by partner or to everything. */
  readonly watched: readonly WatchedCard[] | undefined;
}

/** The event types of a subscription. */
export interface EventKind<Event extends LoggedEvent = LoggedEvent> {
  readonly types: readonly Event['type'][];
  /** Whether an event of these types belongs to the subscription; if omitted, all do. */
  readonly matches?: (event: LoggedEvent<Event['type']>) => boolean;
}

export function isOfKind<Event extends LoggedEvent>(
  { types, matches }: EventKind<Event>,
  event: LogEntry,
): event is Event {
  return (
    types.some((type) => type === event.type) && (matches?.(event as LoggedEvent<Event['type']>) ?? true)
  );
}

export const LiveEvent = builder.interfaceRef<Delivered>('LiveEvent').implement({
  description: 'An event. Its content is the same when delivered live and when read from the log later.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description:
        'The position in the event log. Pass it as `after` to any subscription or to `events` to resume after this event.',
      resolve: ({ event }) => encodeCursor(event),
    }),
    at: t.field({
      type: 'DateTime',
      description: 'When the event happened.',
      resolve: ({ event }) => event.at,
    }),
    actor: t.field({
      type: EventActor,
      description: 'The actor that caused the event.',
      resolve: ({ event }, _args, { actors }) => actors.find(event.actorId),
    }),
  }),
});

type Payload = LoggedEvent['payload'];
type Field = Payload extends infer Each ? (Each extends unknown ? keyof Each : never) : never;
type PayloadValue<Name extends Field, Each = Payload> = Each extends unknown
  ? Name extends keyof Each
    ? NonNullable<Each[Name]>
    : never
  : never;

/** A field that only some events have; null for the others. */
export function payloadValue<Name extends Field>(
  { payload }: LoggedEvent,
  name: Name,
): PayloadValue<Name> | null {
  return (payload as { readonly [Each in Name]?: PayloadValue<Each> })[name] ?? null;
}

/** An amount that only some events have; null for the others. */
export function moneyIn(event: LoggedEvent, name: 'change' | 'walletBalance'): MoneyValue | null {
  const amount = payloadValue(event, name);
  const currency = payloadValue(event, 'currency') ?? snapshotOf(event)?.currency;
  return amount === null || currency === undefined ? null : money(amount, currency);
}

export function money(amount: DecimalAmount, currency: string): MoneyValue {
  return { micros: readMicros(amount), currency };
}

/** What an event records for its card, or for each card in its range. */
export function snapshotOf<Snapshot>(event: { payload: { card: Snapshot } | { each: Snapshot } }): Snapshot;
export function snapshotOf(event: LoggedEvent): PayloadValue<'card'> | PayloadValue<'each'> | null;
export function snapshotOf(event: object) {
  return payloadValue(event as LoggedEvent, 'card') ?? payloadValue(event as LoggedEvent, 'each');
}
