import type { LogEntry, LoggedEvent } from '../domain/event.ts';
import type { StatsStart } from '../store/events/stats-start.ts';
import type { RateBook } from '../store/rates/rate-book.ts';
import type { BatchTermsCache } from '../store/writer/batch-terms.ts';
import type { EventHub } from './event-hub.ts';
import type { LiveStats } from './live-stats.ts';

/** What an instance keeps in memory that events make stale, and where it publishes the events. */
interface Instance {
  readonly rateBook: Pick<RateBook, 'invalidate'>;
  readonly terms: Pick<BatchTermsCache, 'forget'>;
  readonly stats: Pick<LiveStats, 'take'>;
  readonly hub: Pick<EventHub, 'publish'>;
  /** Forgets which keys are valid. */
  keysChanged(): void;
  /** Reloads the tree of partners and which of them are suspended. */
  partnersChanged(): Promise<void>;
  /** Records that an event was written by a later version. */
  laterVersion(): void;
}

interface Reaction<Entry extends LogEntry> {
  /** For each of the events. */
  each?(event: Entry, instance: Instance): void;
  /** Once for all events of one read. */
  once?(instance: Instance): unknown;
}

const keys = (instance: Instance) => instance.keysChanged();
const partners = (instance: Instance) => instance.partnersChanged();
const batch = ({ batchId = '' }: LoggedEvent, { terms }: Instance) => terms.forget(batchId);
const rates = (
  { payload }: LoggedEvent<'RATES_IMPORTED' | 'RATE_CHANGED' | 'RATE_GROUP_REMOVED' | 'CALL_TERMS_CHANGED'>,
  { rateBook }: Instance,
) => rateBook.invalidate(payload.rateGroupId);

/** What each instance does about an event, whichever instance wrote it, before any subscriber receives it. */
const REACTIONS: { readonly [Type in LogEntry['type']]?: Reaction<Extract<LogEntry, { type: Type }>> } = {
  RATES_IMPORTED: { each: rates },
  RATE_CHANGED: { each: rates },
  RATE_GROUP_REMOVED: { each: rates },
  CALL_TERMS_CHANGED: { each: rates },
  BATCH_CHANGED: { each: batch },
  BATCH_REMOVED: { each: batch },
  API_KEY_CREATED: { once: keys },
  API_KEY_ROTATED: { once: keys },
  API_KEY_REVOKED: { once: keys },
  PARTNER_CREATED: { once: partners },
  PARTNER_SUSPENDED: { once: partners },
  PARTNER_RESUMED: { once: partners },
  PARTNER_MOVED: { once: partners },
  PARTNER_REMOVED: { once: partners },
  // An event of a later version may be about access.
  UNREADABLE: {
    once: (instance) => {
      instance.laterVersion();
      keys(instance);
      return partners(instance);
    },
  },
};

/** Takes events in order, each once: brings the instance up to date, then publishes to its subscribers. */
export async function reactToEvents(events: readonly LogEntry[], instance: Instance): Promise<void> {
  const once = new Set<NonNullable<Reaction<LogEntry>['once']>>();
  for (const event of events) {
    const reaction: Reaction<LogEntry> | undefined = REACTIONS[event.type];
    reaction?.each?.(event, instance);
    if (reaction?.once) once.add(reaction.once);
  }
  // Before any subscriber: the tree of partners decides who may see the event.
  await Promise.all([...once].map((react) => react(instance)));
  instance.stats.take(events);
  instance.hub.publish(events);
}

/** What an instance keeps in memory, all of which is in doubt once the log has lost its end. */
export interface Kept {
  readonly caches: readonly { clear(): void }[];
  readonly stats: Pick<LiveStats, 'restart'>;
  readonly hub: Pick<EventHub, 'restart'>;
  keysChanged(): void;
  partnersChanged(): Promise<void>;
}

/** Forgets what came from lost events, and ends all subscriptions: what their subscribers have seen may never have been. */
export async function startAnew(start: StatsStart, kept: Kept): Promise<void> {
  for (const cache of kept.caches) cache.clear();
  kept.keysChanged();
  await kept.partnersChanged();
  kept.stats.restart(start);
  kept.hub.restart(start.place.position);
}
