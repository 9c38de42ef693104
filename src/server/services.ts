import { hostname } from 'node:os';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { contextMaker, type GraphContext, type Services } from '../graphql/core/context.ts';
import { schema } from '../graphql/schema.ts';
import { RepeatingJob } from '../jobs/repeating-job.ts';
import { jobSchedule, type ScheduledJob } from '../jobs/schedule.ts';
import { EventHub } from '../realtime/hub.ts';
import { LiveStats } from '../realtime/live-stats.ts';
import { reactToEvents } from '../realtime/reactions.ts';
import { EventTail } from '../realtime/tail.ts';
import { Actors } from '../store/access/actors.ts';
import { createFirstApiKey } from '../store/access/api-keys.ts';
import { ApiKeyAuthenticator } from '../store/access/authentication.ts';
import { AuditLog, ensureAuditPartitions } from '../store/audit/audit-log.ts';
import { SerialQueue } from '../store/batching/serial-queue.ts';
import { SingleFlight } from '../store/batching/single-flight.ts';
import { Calls } from '../store/calls/calls.ts';
import { CardLookup } from '../store/cards/card-lookup.ts';
import { CardSessions } from '../store/cards/card-sessions.ts';
import { ensureEventPartitions } from '../store/events/event-log.ts';
import { readStatsStart } from '../store/events/stats-start.ts';
import { FileSeal } from '../store/files/file-seal.ts';
import { CardTokens } from '../store/keys/card-token.ts';
import { KeyRing } from '../store/keys/key-ring.ts';
import { PartnerTree } from '../store/partners/partner-tree.ts';
import { lockForFailures } from '../store/pins/failure-lock.ts';
import { PinDefence } from '../store/pins/pin-defence.ts';
import { PinReveals } from '../store/pins/pin-reveals.ts';
import type { Database } from '../store/postgres/database.ts';
import { newId } from '../store/postgres/new-id.ts';
import { RateBook } from '../store/rates/rate-book.ts';
import { ratesImported } from '../store/rates/rate-import-event.ts';
import { seedRates } from '../store/rates/seed-rates.ts';
import { beginReportCounters } from '../store/reports/report-recount.ts';
import { BindingAttempts } from '../store/security/binding-attempts.ts';
import { FailedPins } from '../store/security/failed-pins.ts';
import { verify } from '../store/verification.ts';
import { CommandWriter } from '../store/writer/command-writer.ts';
import { auditedAuthentication } from './authentication/audited-authentication.ts';
import { authenticator } from './authentication/authentication.ts';
import { IdentityProvider } from './authentication/identity-provider.ts';
import type { Authenticate, MakeContext } from './authentication/request-context.ts';
import { fileRoutes } from './http/file-routes.ts';
import type { Route } from './http/routes.ts';
import { DatabaseMetrics } from './observability/database-metrics.ts';
import type { Metrics } from './observability/metrics.ts';
import { findMasterKeys } from './settings/master-keys.ts';
import type { Settings } from './settings/settings.ts';

/** The services behind the API, on a migrated database. */
export interface ServerServices {
  readonly schema: GraphQLSchema;
  readonly makeContext: MakeContext<GraphContext>;
  readonly authenticate: Authenticate;
  readonly routes: readonly Route[];
  /** Loads the initial price list, at the first start on a database. */
  firstRun(): Promise<void>;
  /** Makes the first administrator's API key, if there are no keys yet. @returns whether it did */
  makeFirstKey(keep: (secret: string) => Promise<void>): Promise<boolean>;
  /** Starts background work. */
  start(): Promise<void>;
  /** Sets the base URL of links, once the port is known: the system may have chosen it. */
  servedAt(publicUrl: string): void;
  /** Updates the figures that come from the database. */
  refreshMetrics(): Promise<void>;
  /** The listener is called when credentials may have ended, whichever instance ended them. */
  onAccessChanged(listener: () => void): void;
  stop(): Promise<void>;
}

/** What the services need. */
export interface ServiceOptions {
  readonly database: Database;
  /** A direct connection to the same database, for LISTEN and session locks: embedded or not, whatever DATABASE_URL says. */
  readonly listenUrl: string;
  /** Also direct, as the tables' owner if that is known to be another role. */
  readonly ownerUrl: string;
  readonly settings: Settings;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A rate deck takes seconds, the largest some tens of seconds: a request waits a minute or two at most. */
const IMPORTS_WAITING = 8;

export async function createServices({
  database,
  listenUrl,
  ownerUrl,
  settings,
  logger,
  metrics,
}: ServiceOptions): Promise<ServerServices> {
  const { sql } = database;
  const { read } = await findMasterKeys(settings);
  const holder = { instanceId: newId(), place: `${hostname()} (process ${process.pid})` };
  const pinKeys = await KeyRing.open({ sql, read, holder });
  const tokens = new CardTokens(pinKeys);
  const seal = new FileSeal(pinKeys);
  await ensureEventPartitions(sql);
  await ensureAuditPartitions(sql);
  await beginReportCounters(sql);

  const writer = new CommandWriter(sql, {
    lanes: settings.writerLanes,
    onTransaction: (figures) => metrics.transaction(figures),
  });
  metrics.gauge('cardline_writer_queue', 'Commands that wait for a transaction.', () => writer.queued);
  const audit = new AuditLog(sql);
  const keys = new ApiKeyAuthenticator(sql);
  const identityProvider = settings.identityProvider && new IdentityProvider(settings.identityProvider, sql);
  let accessChanged = () => {};
  const keyEnded = () => {
    keys.forget();
    accessChanged();
  };
  const partners = new PartnerTree(sql);
  const readPartners = () => partners.refresh().then(() => accessChanged());
  await readPartners();
  const rateBook = new RateBook({ sql });
  const failedPins = new FailedPins(sql);
  const defence = new PinDefence({
    sql,
    digester: pinKeys,
    limits: settings.pinDefence.guesses,
    serials: settings.pinDefence.serials,
    lock: (cardId, lineageId) => {
      const { lockMinutes: minutes, serials } = settings.pinDefence;
      return lockForFailures(
        { sql, writer },
        { cardId, lineageId, minutes, windowSeconds: serials.windowSeconds },
      );
    },
    onRefused: (partnerId) => failedPins.note(partnerId),
    onError: (error) => logger.error({ err: error }, 'Could not lock a card whose PIN was guessed at'),
  });
  const bindingAttempts = new BindingAttempts(sql);
  const calls = new Calls({ sql, writer, defence, tokens, rateBook });
  const start = await readStatsStart(sql);
  const { position } = start;
  const stats = new LiveStats(start);
  const hub = new EventHub(position, (id) => partners.upwards(id));
  metrics.gauge('cardline_subscriptions', 'Subscriptions that follow the event log.', () => hub.subscribers);
  const vitalMetrics = new DatabaseMetrics(metrics, {
    sql,
    guessLimits: defence.limits,
    position: () => hub.position,
  });
  const onError = (error: unknown) =>
    logger.warn({ err: error }, 'Could not read what has changed; trying again');
  const tail = new EventTail({
    sql,
    listenUrl,
    from: position,
    onEvents: (events) =>
      reactToEvents(events, {
        rateBook,
        terms: writer.terms,
        stats,
        hub,
        keysChanged: keyEnded,
        partnersChanged: readPartners,
        laterVersion: () =>
          logger.warn('The event log has events of a later version: subscribers here miss them'),
      }),
    onError,
  });

  const jobs = repeatingJobs(
    jobSchedule({
      sql,
      directUrl: listenUrl,
      ownerUrl,
      writer,
      audit,
      calls,
      keyRing: pinKeys,
      fileSeal: seal,
      failedPins,
      retention: settings.retention,
      securityRetention: settings.pinDefence,
      partnerLimits: settings.partnerLimits,
      refreshPartners: async () => {
        if (partners.isOld) await readPartners();
      },
    }),
    { metrics, logger },
  );

  let { publicUrl } = settings;
  const services: Services = {
    database,
    writer,
    audit,
    actors: new Actors(sql),
    log: { sql, hub },
    stats,
    cards: new CardLookup(sql),
    calls,
    defence,
    bindingAttempts,
    tokens,
    pinKeys,
    reveals: new PinReveals({ sql, keys: pinKeys, policy: settings.pinReveals }),
    partners,
    rateBook,
    seal,
    uploadQuota: settings.uploadQuota,
    imports: new SerialQueue(IMPORTS_WAITING),
    reversalDays: settings.reversalDays,
    verification: new SingleFlight(() => verify(sql)),
    defaultCountry: settings.defaultCountry ?? null,
    get publicUrl() {
      return publicUrl;
    },
    batchOrdered: () => jobs['batch generation'].wake(),
    importOrdered: () => jobs['card imports'].wake(),
    keyEnded,
  };
  return {
    schema,
    makeContext: contextMaker(services),
    authenticate: auditedAuthentication(
      authenticator({ keys, sessions: new CardSessions(sql, tokens), partners, identityProvider }),
      { audit, logger },
    ),
    onAccessChanged: (listener) => {
      accessChanged = listener;
    },
    routes: fileRoutes({ sql, seal, quota: settings.uploadQuota, pinKeys, logger }),
    refreshMetrics: () => vitalMetrics.refresh(),
    firstRun: async () => {
      await seedRates(sql, ratesImported(SYSTEM_ACTOR));
    },
    makeFirstKey: (keep) => createFirstApiKey(sql, SYSTEM_ACTOR, keep),
    start: async () => {
      await tail.start();
      for (const job of Object.values<RepeatingJob>(jobs)) job.start();
    },
    servedAt: (url) => {
      publicUrl = url;
    },
    stop: async () => {
      await Promise.all(Object.values<RepeatingJob>(jobs).map((job) => job.stop()));
      await Promise.all([defence.stop(), bindingAttempts.stop()]);
      await pinKeys.close();
      await writer.drained();
      await tail.stop();
    },
  };
}

/** The jobs of this instance: each run is counted, each failure logged. */
function repeatingJobs<Name extends string>(
  schedule: Record<Name, ScheduledJob>,
  { metrics, logger }: Pick<ServiceOptions, 'metrics' | 'logger'>,
): Record<Name, RepeatingJob> {
  const repeating = ([name, { everyMs, run }]: [string, ScheduledJob]) => [
    name,
    new RepeatingJob({
      everyMs,
      run: (signal) => metrics.job(name, () => run(signal)),
      onError: (error) => logger.error({ err: error, job: name }, 'A job failed'),
    }),
  ];
  return Object.fromEntries(Object.entries<ScheduledJob>(schedule).map(repeating));
}
