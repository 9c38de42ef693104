import type { Card } from '../../domain/cards/card.ts';
import { batchIndexOf } from '../../domain/cards/serial.ts';
import type { LoggedEvent } from '../../domain/event.ts';
import { TooManyCards } from '../../domain/rejections/cards.ts';
import { InvalidInput, NotFound } from '../../domain/rejections/input.ts';
import { subscribeToEvents } from '../../realtime/event-subscription.ts';
import type { Watch, WatchedCard } from '../../realtime/event-watch.ts';
import { mapped } from '../../realtime/mapped-stream.ts';
import { type Positioned, type PositionedStream, positioned } from '../../realtime/positioned-stream.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { fromGlobalId, optionalGlobalId, toGlobalId } from '../core/global-id.ts';
import { type Delivered, type EventKind, isOfKind } from './live-event.ts';

/** The maximum number of cards per subscription. */
export const WATCHED_CARDS_LIMIT = 1_000;

/** The arguments of a subscription to card events. */
export const watchArgs = builder.args((t) => ({
  cardIds: t.idList({ description: 'Events of these cards only, at most 1,000.' }),
  batchId: t.id({ description: 'Events of cards of this batch only.' }),
  partnerId: t.id({ description: 'Events of cards of this partner only.' }),
  after: t.field({
    type: 'Cursor',
    description:
      'Resume after this cursor, from any subscription. If omitted, only new events are delivered.',
  }),
}));

interface WatchArgs {
  readonly cardIds?: readonly string[] | null | undefined;
  readonly batchId?: string | null | undefined;
  readonly partnerId?: string | null | undefined;
}

/** The objects that the arguments refer to, loaded and checked to be visible to the viewer. */
interface WatchTarget {
  readonly cards: readonly WatchedCard[] | undefined;
  readonly batchId: string | null;
  readonly partnerId: string | null;
}

/** How events are matched to the arguments. */
export type Narrow = (named: WatchTarget) => Pick<Watch, 'cards' | 'batchId' | 'partnerId' | 'wanted'>;

/** By the columns of the events, which suits most of them. */
const byColumns: Narrow = ({ cards, batchId, partnerId }) => ({
  ...(cards && { cards }),
  ...(batchId !== null && { batchId }),
  ...(partnerId !== null && { partnerId }),
});

/** For events about whole batches: a card selects its batch. */
export const batchesOfCards: Narrow = ({ cards, ...named }) => ({
  ...byColumns({ ...named, cards: undefined }),
  ...(cards && { wanted: ({ batchId }) => cards.some((card) => card.batchId === batchId) }),
});

/** For events that refer to their objects only in the payload. */
export const aboutInPayload: Narrow = ({ cards, batchId, partnerId }) => ({
  wanted: ({ type, payload }) =>
    type === 'SECURITY_ALERT' &&
    (cards?.some(({ id }) => id === payload.cardId) ?? true) &&
    (batchId === null || payload.batchId === batchId) &&
    (partnerId === null || payload.partnerId === partnerId),
});

interface Watching {
  readonly watch: Watch;
  /** The named cards. */
  readonly watched: readonly WatchedCard[] | undefined;
}

/**
 * The events of a kind that the viewer requests, limited to those it may see.
 *
 * @throws NotFound, TooManyCards, InvalidInput
 */
export async function watching<Event extends LoggedEvent>(
  args: WatchArgs,
  kind: EventKind<Event>,
  context: GraphContext,
  narrow: Narrow = byColumns,
): Promise<Watching> {
  const { viewer } = context;
  const cardIds = viewer.cardId === null ? args.cardIds : [toGlobalId('Card', viewer.cardId)];
  if (viewer.cardId !== null) refuseMore(args, viewer.cardId);
  const cards = cardIds ? await watchedCards(cardIds, context) : undefined;
  const batchId = optionalGlobalId('CardBatch', args.batchId);
  const partnerId = optionalGlobalId('Partner', args.partnerId);
  await refuseUnknown({ batchId, partnerId }, context);
  const { wanted, ...narrowed } = narrow({ cards, batchId, partnerId });
  const watch: Watch = {
    types: kind.types,
    ...narrowed,
    wanted: (event) => isOfKind(kind, event) && (wanted?.(event) ?? true),
    ...(viewer.branch !== null && { owner: viewer.branch }),
  };
  return { watch, watched: cards };
}

/** The events of a kind that the viewer requests and may see, from a cursor or from now. */
export async function deliver<Event extends LoggedEvent>(
  { after, ...args }: WatchArgs & { readonly after?: string | null | undefined },
  kind: EventKind<Event>,
  context: GraphContext,
  narrow?: Narrow,
): Promise<PositionedStream<Delivered<Event> & Positioned>> {
  const { watch, watched } = await watching(args, kind, context, narrow);
  const { log, resumeAfter } = context;
  const events = await subscribeToEvents(log, watch, { after: after ?? null, resumeAfter });
  const items = mapped(events, (event) => ({ event: event as Event, watched, position: event.position }));
  return positioned(events.after, items);
}

/** A cardholder subscribes to its own card and can name nothing else. @throws NotFound */
function refuseMore({ cardIds, batchId, partnerId }: WatchArgs, cardId: string): void {
  const reference = batchId ?? partnerId ?? cardIds?.find((id) => fromGlobalId('Card', id) !== cardId);
  if (typeof reference === 'string') throw new NotFound({ what: 'object', reference });
}

/** Subscribing to something that does not exist or is not visible would wait forever. @throws NotFound */
export async function refuseUnknown(
  { batchId, partnerId }: { batchId: string | null; partnerId: string | null },
  { database, viewer }: GraphContext,
): Promise<void> {
  const { sql } = database;
  const isMine = (ownerId: string | null | undefined) =>
    ownerId !== undefined && (viewer.branch === null || viewer.branch.has(ownerId));
  if (batchId !== null) {
    const [batch] = await sql<{ partnerId: string | null }[]>`
      SELECT partner_id AS "partnerId" FROM card_batches WHERE id = ${batchId}`;
    if (!isMine(batch?.partnerId)) throw new NotFound({ what: 'batch', reference: batchId });
  }
  if (partnerId !== null) {
    const [partner] = await sql<{ id: string }[]>`SELECT id FROM partners WHERE id = ${partnerId}`;
    if (!isMine(partner?.id)) throw new NotFound({ what: 'partner', reference: partnerId });
  }
}

type FoundCard = Pick<Card, 'id' | 'batchId' | 'partnerId' | 'serial' | 'batchIndex'>;

/** @throws NotFound when a card does not exist or the viewer may not see it, TooManyCards beyond the limit */
async function watchedCards(
  globalIds: readonly string[],
  { database, writer, viewer }: GraphContext,
): Promise<WatchedCard[]> {
  if (globalIds.length === 0) {
    throw new InvalidInput({ field: 'cardIds', problem: 'names no card: leave it out to watch all.' });
  }
  if (globalIds.length > WATCHED_CARDS_LIMIT) {
    throw new TooManyCards({ count: globalIds.length, limit: WATCHED_CARDS_LIMIT });
  }
  const ids = globalIds.map((id) => fromGlobalId('Card', id));
  const { sql } = database;
  const found = await sql<FoundCard[]>`
    SELECT id, batch_id AS "batchId", partner_id AS "partnerId", serial, batch_index AS "batchIndex" FROM cards WHERE id = ANY(${ids}::uuid[])`;
  const mine = found.filter((card) => viewer.branch === null || viewer.branch.has(card.partnerId));
  const known = new Set(mine.map((card) => card.id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) throw new NotFound({ what: 'card', reference: globalIds[missing] ?? '' });
  const terms = await writer.terms.load(
    sql,
    mine.map((card) => card.batchId),
  );
  return mine.map((card) => ({
    id: card.id,
    batchId: card.batchId,
    number: batchIndexOf(card, terms.get(card.batchId) ?? { serialStart: 0 }),
  }));
}
