import type { LogEntry } from '../domain/event.ts';
import type { Branch } from '../domain/partners/branch.ts';

/** One card and its number in the batch, so that events about a range of cards match it. */
export interface WatchedCard {
  readonly id: string;
  readonly batchId: string;
  /** Index within the batch, from 0. */
  readonly number: number;
}

/** A subscriber's filter. Every condition given must match; an omitted condition matches everything. */
export interface Watch {
  readonly types: readonly LogEntry['type'][];
  /** Filters by event type; omitted: all types. */
  readonly wanted?: (event: LogEntry) => boolean;
  readonly cards?: readonly WatchedCard[];
  readonly batchId?: string;
  readonly partnerId?: string;
  /** The subscriber's partner and its descendants: only their events match, by the tree as it is at that moment. */
  readonly owner?: Branch;
}

/** Whether an event matches a watch. The same test applies to replayed and to live events. */
export function fits(watch: Watch, event: LogEntry): boolean {
  if (!watch.types.includes(event.type)) return false;
  if (watch.owner && !watch.owner.has(event.partnerId)) return false;
  if (watch.partnerId !== undefined && event.partnerId !== watch.partnerId) return false;
  if (watch.batchId !== undefined && event.batchId !== watch.batchId) return false;
  if (watch.wanted && !watch.wanted(event)) return false;
  return watch.cards === undefined || watch.cards.some((card) => isAbout(event, card));
}

export function isAbout(event: LogEntry, card: WatchedCard): boolean {
  if (event.cardId !== undefined) return event.cardId === card.id;
  const { fromNumber, toNumber } = event;
  if (event.batchId !== card.batchId || fromNumber === undefined || toNumber === undefined) return false;
  return card.number >= fromNumber && card.number <= toNumber;
}
