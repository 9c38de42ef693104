import { readMicros } from '../domain/money.ts';
import { serialOf } from '../domain/serial.ts';
import { encodeCursor } from '../realtime/cursor.ts';
import { isAbout, type WatchedCard } from '../realtime/watch.ts';
import { serialsAt } from '../store/card-events.ts';
import type { LoggedEvent } from '../store/event-log.ts';
import { builder } from './builder.ts';
import { Card } from './cards.ts';
import type { GraphContext } from './context.ts';
import type { MoneyValue } from './money.ts';

/** An event as one subscriber gets it. */
export interface Delivered {
  readonly event: LoggedEvent;
  /** The cards the subscriber named; undefined when it watches by batch, by partner or everything. */
  readonly watched: readonly WatchedCard[] | undefined;
}

/** What events say of cards: of the one card, or of each card of a range. */
interface CardSnapshot {
  readonly serial?: string;
  readonly currency: string;
  readonly balance: string;
  readonly held: string;
  readonly version: number;
}

const SerialRange = builder.objectRef<{ from: string; to: string; count: number }>('SerialRange').implement({
  description: 'Cards by their serials, both ends included.',
  fields: (t) => ({
    from: t.exposeString('from', { description: 'The first serial.' }),
    to: t.exposeString('to', { description: 'The last serial.' }),
    count: t.exposeInt('count', { description: 'How many cards.' }),
  }),
});

export const LiveEvent = builder.interfaceRef<Delivered>('LiveEvent').implement({
  description: 'Something that happened to cards, as it is told live.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Its place in the log: subscribe with `after` this to go on behind it.',
      resolve: ({ event }) => encodeCursor(event.position),
    }),
    at: t.field({ type: 'DateTime', description: 'When it happened.', resolve: ({ event }) => event.at }),
    serials: t.field({
      type: SerialRange,
      description: 'The cards it is about: most often one, many at once after a bulk change.',
      resolve: ({ event }, _args, context) => serialsOf(event, context),
    }),
    card: t.drizzleField({
      type: Card,
      nullable: true,
      description:
        'The card as it is now. Null when it is about several cards of which you named no single one.',
      resolve: (query, delivered, _args, { database }) => {
        const id = theOneCard(delivered);
        return id === undefined ? null : database.drizzle.query.cards.findFirst(query({ where: { id } }));
      },
    }),
  }),
});

function theOneCard({ event, watched }: Delivered): string | undefined {
  if (event.cardId !== undefined) return event.cardId;
  const mine = watched?.filter((card) => isAbout(event, card)) ?? [];
  return mine.length === 1 ? mine[0]?.id : undefined;
}

async function serialsOf(
  event: LoggedEvent,
  { writer, database }: GraphContext,
): Promise<{ from: string; to: string; count: number }> {
  const { batchId, fromNumber, toNumber } = event;
  if (batchId === undefined || fromNumber === undefined || toNumber === undefined) {
    const serial = snapshotOf(event).serial ?? '';
    return { from: serial, to: serial, count: 1 };
  }
  const terms = (await writer.terms.load(database.sql, [batchId])).get(batchId);
  const count = toNumber - fromNumber + 1;
  if (terms?.isImported)
    return { ...(await serialsAt(database.sql, { batchId, fromNumber, toNumber })), count };
  const { serialPrefix = '', serialStart = 0 } = terms ?? {};
  return {
    from: serialOf(serialPrefix, serialStart + fromNumber),
    to: serialOf(serialPrefix, serialStart + toNumber),
    count,
  };
}

export function snapshotOf({ payload }: LoggedEvent): CardSnapshot {
  return (payload.card ?? payload.each) as CardSnapshot;
}

export function moneyOf(event: LoggedEvent, amount: string): MoneyValue {
  return { micros: readMicros(amount), currency: snapshotOf(event).currency };
}
