import type { EventType } from '../../domain/event.ts';
import { readMicros } from '../../domain/values/money.ts';
import { encodeCursor } from '../../realtime/cursor.ts';
import type { WatchedCard } from '../../realtime/watch.ts';
import type { LoggedEvent } from '../../store/events/event-log.ts';
import { builder } from '../core/builder.ts';
import type { MoneyValue } from '../core/money.ts';
import { EventActor } from './event-actor.ts';

/** An event as one subscriber gets it. */
export interface Delivered {
  readonly event: LoggedEvent;
  /** The cards the subscriber named; undefined when it watches by batch, by partner or everything. */
  readonly watched: readonly WatchedCard[] | undefined;
}

/** The events that a subscription is about. */
export interface EventKind {
  readonly types: readonly EventType[];
  /** Whether one of these types is meant; left out: all are. */
  readonly meant?: (event: LoggedEvent) => boolean;
}

export function isOfKind({ types, meant }: EventKind, event: LoggedEvent): boolean {
  return types.includes(event.type) && (meant?.(event) ?? true);
}

export const LiveEvent = builder.interfaceRef<Delivered>('LiveEvent').implement({
  description: 'Something that happened, as it is told live and as it is read from the log later: the same.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description:
        'Its place in the log. Send it as `after`, to any subscription or to `events`, to go on behind it.',
      resolve: ({ event }) => encodeCursor(event.position),
    }),
    at: t.field({ type: 'DateTime', description: 'When it happened.', resolve: ({ event }) => event.at }),
    actor: t.field({
      type: EventActor,
      description: 'Who caused it.',
      resolve: ({ event }, _args, { actors }) => actors.find(event.actorId),
    }),
  }),
});

/** An amount in an event's payload, in the currency that the payload names. */
export function moneyOf({ payload }: LoggedEvent, amount: string): MoneyValue {
  const { card, each, currency } = payload as Partial<Record<string, { currency: string } | string>>;
  const told = [card, each].find((place) => typeof place === 'object');
  return {
    micros: readMicros(amount),
    currency: typeof told === 'object' ? told.currency : String(currency),
  };
}

/** An amount that a payload may have. */
export function moneyIn(event: LoggedEvent, name: string): MoneyValue | null {
  const amount = textIn(event, name);
  return amount === null ? null : moneyOf(event, amount);
}

export function textIn({ payload }: LoggedEvent, name: string): string | null {
  const value = payload[name];
  return typeof value === 'string' ? value : null;
}

export function instantIn(event: LoggedEvent, name: string): Date | null {
  const text = textIn(event, name);
  return text === null ? null : new Date(text);
}
