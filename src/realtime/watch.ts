import type { LogEntry } from '../domain/event.ts';
import type { Branch } from '../domain/partners/branch.ts';

/** One card, with where it stands in its batch, so that events about a range of cards find it. */
export interface WatchedCard {
  readonly id: string;
  readonly batchId: string;
  /** Running number within the batch, from 0. */
  readonly number: number;
}

/** What a subscriber wants to see. All that is named must fit; what is left out fits everything. */
export interface Watch {
  readonly types: readonly LogEntry['type'][];
  /** Whether one of these types is wanted; left out: all are. */
  readonly wanted?: (event: LogEntry) => boolean;
  readonly cards?: readonly WatchedCard[];
  readonly batchId?: string;
  readonly partnerId?: string;
  /** The partner who asks with those below it: only what is theirs is seen, as the tree is at that moment. */
  readonly owner?: Branch;
}

/** Whether an event is for a watcher. The same test decides for what is replayed and for what is live. */
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
