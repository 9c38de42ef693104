import type { Logger } from 'pino';
import { CursorAhead } from '../domain/rejections/realtime.ts';
import { encodeCursor } from '../realtime/cursor.ts';
import { EventHub } from '../realtime/event-hub.ts';
import { EventTail } from '../realtime/event-tail.ts';
import { LiveStats } from '../realtime/live-stats.ts';
import { reactToEvents, startAnew } from '../realtime/reactions.ts';
import type { LogPlace } from '../store/events/event-log.ts';
import { readStatsStart } from '../store/events/stats-start.ts';
import type { PartnerTree } from '../store/partners/partner-tree.ts';
import type { Sql } from '../store/postgres/database.ts';
import type { RateBook } from '../store/rates/rate-book.ts';
import type { CommandWriter } from '../store/writer/command-writer.ts';
import type { Metrics } from './observability/metrics.ts';

/** What of an instance depends on the events. */
interface EventParts {
  readonly partners: Pick<PartnerTree, 'upwards'>;
  readonly rateBook: RateBook;
  readonly writer: Pick<CommandWriter, 'terms'>;
  /** Cleared when events are lost; so are the rate book and the terms of batches. */
  readonly caches: readonly { clear(): void }[];
  keyEnded(): void;
  readPartners(): Promise<void>;
}

interface EventOptions {
  readonly sql: Sql;
  readonly listenUrl: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What follows the event log, from its present end. */
export async function openEvents(
  { sql, listenUrl, logger, metrics }: EventOptions,
  { partners, keyEnded, readPartners, rateBook, writer, caches }: EventParts,
) {
  const start = await readStatsStart(sql);
  const stats = new LiveStats(start);
  const hub = new EventHub(start.place.position, (id) => partners.upwards(id));
  metrics.gauge('cardline_subscriptions', 'Subscriptions that follow the event log.', () => hub.subscribers);
  const reactions = {
    rateBook,
    terms: writer.terms,
    stats,
    hub,
    keysChanged: keyEnded,
    partnersChanged: readPartners,
    laterVersion: () =>
      logger.warn(
        'The event log has events of a later version, which subscribers of this instance do not receive',
      ),
  };
  const kept = { ...reactions, caches: [rateBook, writer.terms, ...caches] };
  let lost = (_loss: CursorAhead) => {};
  const onLost = async (last: LogPlace) => {
    const left = await readStatsStart(sql);
    await startAnew(left, kept);
    lost(new CursorAhead({ cursor: encodeCursor(last) }));
    metrics.historyLosses.inc();
    logger.error(
      { lastSeen: last, head: left.place },
      'The database has lost committed changes: this instance has seen events that are no longer in the log. All subscriptions were ended.',
    );
    return left.place;
  };
  const tail = new EventTail({
    sql,
    listenUrl,
    from: start.place,
    onEvents: (events) => reactToEvents(events, reactions),
    onLost,
    onDeaf: () =>
      logger.warn(
        'PostgreSQL notifies nobody on the connection that listens, so events arrive up to a second late. LISTEN, migrations and the creation of cards need a session: set DATABASE_LISTEN_URL to PostgreSQL itself, not to PgBouncer or another pooler in transaction mode.',
      ),
    onError: (error) => logger.warn({ err: error }, 'Could not read what has changed; trying again'),
  });
  return {
    stats,
    hub,
    tail,
    onLost: (listener: (loss: CursorAhead) => void) => {
      lost = listener;
    },
  };
}
