import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import type { CursorAhead } from '../domain/rejections/realtime.ts';
import { contextMaker, type GraphContext, type Services } from '../graphql/core/context.ts';
import { schema } from '../graphql/schema.ts';
import { ClockGuard } from '../jobs/clock-guard.ts';
import { RepeatingJob } from '../jobs/repeating-job.ts';
import { jobSchedule, type ScheduledJob } from '../jobs/schedule.ts';
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
import { FileSeal } from '../store/files/file-seal.ts';
import { CardTokens } from '../store/keys/card-token.ts';
import { KeyRing } from '../store/keys/key-ring.ts';
import { PartnerTree } from '../store/partners/partner-tree.ts';
import { lockForFailures } from '../store/pins/failure-lock.ts';
import { PinDefense } from '../store/pins/pin-defense.ts';
import { PinReveals } from '../store/pins/pin-reveals.ts';
import type { Database, Sql } from '../store/postgres/database.ts';
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
import { openEvents } from './event-services.ts';
import { fileRoutes } from './http/file-routes.ts';
import type { Route } from './http/route-matching.ts';
import { DatabaseMetrics } from './observability/database-metrics.ts';
import type { Metrics } from './observability/metrics.ts';
import { watchLocks } from './observability/slow-watch.ts';
import { WriteCheck } from './observability/write-check.ts';
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
  /** Whether requests can be served: the database takes writes. */
  isReady(): Promise<boolean>;
  /** Updates the figures that come from the database. */
  refreshMetrics(): Promise<void>;
  /** The listener is called when credentials may have ended, whichever instance ended them. */
  onAccessChanged(listener: () => void): void;
  /** The listener is called when the database has lost its latest changes: subscriptions can't go on. */
  onEventsLost(listener: (loss: CursorAhead) => void): void;
  stop(): Promise<void>;
}

/** What the services need. */
interface ServiceOptions {
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

export async function createServices(options: ServiceOptions): Promise<ServerServices> {
  const { database, settings, logger, metrics } = options;
  const { sql } = database;
  const keyRing = await openKeyRing(options);
  await ensureEventPartitions(sql);
  await ensureAuditPartitions(sql);
  await beginReportCounters(sql);
  const access = await openAccess(sql);
  const commands = openCommands(options, keyRing);
  const { actors, cards, calls } = commands;
  const caches = [actors, cards, calls];
  const events = await openEvents({ ...options, sql }, { ...access, ...commands, caches });
  const parts = { keyRing, seal: new FileSeal(keyRing), ...access, ...commands, ...events };
  const jobs = openJobs(options, parts);
  const links = { publicUrl: settings.publicUrl };
  const writeCheck = new WriteCheck(sql, logger);
  let unwatch = async () => {};
  const figures = new DatabaseMetrics(metrics, {
    sql,
    isWritable: () => writeCheck.isWritable(),
    guessLimits: commands.defense.limits,
    position: () => events.hub.position,
  });
  return {
    schema,
    makeContext: contextMaker(graphServices(options, parts, jobs, links)),
    authenticate: openAuthentication(options, parts),
    onAccessChanged: access.onChanged,
    onEventsLost: events.onLost,
    routes: fileRoutes({ sql, seal: parts.seal, quota: settings.uploadQuota, pinKeys: keyRing, logger }),
    isReady: () => writeCheck.isWritable(),
    refreshMetrics: () => figures.refresh(),
    firstRun: async () => {
      await seedRates(sql, ratesImported(SYSTEM_ACTOR));
    },
    makeFirstKey: (keep) => createFirstApiKey(sql, SYSTEM_ACTOR, keep),
    start: async () => {
      await events.tail.start();
      for (const job of Object.values<RepeatingJob>(jobs)) job.start();
      unwatch = watchLocks(sql, logger);
    },
    servedAt: (url) => {
      links.publicUrl = url;
    },
    stop: async () => {
      await unwatch();
      await Promise.all(Object.values<RepeatingJob>(jobs).map((job) => job.stop()));
      await Promise.all([commands.defense.stop(), commands.bindingAttempts.stop()]);
      await keyRing.close();
      await commands.writer.drained();
      await events.tail.stop();
    },
  };
}

type Access = Awaited<ReturnType<typeof openAccess>>;
type Commands = ReturnType<typeof openCommands>;
type Events = Awaited<ReturnType<typeof openEvents>>;
type Parts = Access & Commands & Events & { readonly keyRing: KeyRing; readonly seal: FileSeal };

async function openKeyRing({ database: { sql }, settings }: ServiceOptions): Promise<KeyRing> {
  const { read } = await findMasterKeys(settings);
  const holder = { instanceId: newId(), place: settings.instanceName };
  return KeyRing.open({ sql, read, holder });
}

/** The API keys and the partners, and their listeners. */
async function openAccess(sql: Sql) {
  const keys = new ApiKeyAuthenticator(sql);
  const partners = new PartnerTree(sql);
  let changed = () => {};
  const readPartners = () => partners.refresh().then(() => changed());
  await readPartners();
  return {
    keys,
    partners,
    readPartners,
    keyEnded: () => {
      keys.forget();
      changed();
    },
    onChanged: (listener: () => void) => {
      changed = listener;
    },
  };
}

/** What changes cards and money, and what it needs. */
function openCommands({ database: { sql }, settings, logger, metrics }: ServiceOptions, keyRing: KeyRing) {
  const writer = new CommandWriter(sql, {
    lanes: settings.writerLanes,
    onTransaction: (figures) => metrics.transaction(figures),
  });
  metrics.gauge('cardline_writer_queue', 'Commands that wait for a transaction.', () => writer.queued);
  const { guesses, serials, lockMinutes } = settings.pinDefense;
  const { windowSeconds } = serials;
  const failedPins = new FailedPins(sql);
  const defense = new PinDefense({
    sql,
    digester: keyRing,
    limits: guesses,
    serials,
    lock: (cardId, lineageId) =>
      lockForFailures({ sql, writer }, { cardId, lineageId, minutes: lockMinutes, windowSeconds }),
    onRefused: (partnerId) => failedPins.note(partnerId),
    onError: (error) => logger.error({ err: error }, 'Could not lock a card after wrong PINs'),
  });
  const tokens = new CardTokens(keyRing);
  const rateBook = new RateBook({ sql });
  return {
    writer,
    audit: new AuditLog(sql),
    failedPins,
    defense,
    bindingAttempts: new BindingAttempts(sql),
    tokens,
    rateBook,
    actors: new Actors(sql),
    cards: new CardLookup(sql),
    calls: new Calls({ sql, writer, defense, tokens, digester: keyRing, rateBook }),
  };
}

function openJobs(
  { database: { sql }, listenUrl, ownerUrl, settings, metrics, logger }: ServiceOptions,
  parts: Parts,
) {
  const { partners, seal: fileSeal } = parts;
  const clock = new ClockGuard({ sql, onJump: (message) => logger.error(message) });
  const schedule = jobSchedule({
    ...parts,
    sql,
    directUrl: listenUrl,
    ownerUrl,
    clock,
    fileSeal,
    retention: settings.retention,
    securityRetention: settings.pinDefense,
    partnerLimits: settings.partnerLimits,
    refreshPartners: async () => {
      if (partners.isOld) await parts.readPartners();
    },
  });
  return repeating(schedule, { metrics, logger });
}

type Jobs = ReturnType<typeof openJobs>;

/** The jobs of this instance: each run is counted, each failure logged. */
function repeating<Name extends string>(
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

function openAuthentication(
  { database: { sql }, settings, logger }: ServiceOptions,
  parts: Parts,
): Authenticate {
  const { keys, partners, tokens, audit } = parts;
  const { identityProvider: provider } = settings;
  const identityProvider = provider && new IdentityProvider(provider, sql);
  const authenticate = authenticator({
    keys,
    sessions: new CardSessions(sql, tokens),
    partners,
    identityProvider,
  });
  return auditedAuthentication(authenticate, { audit, logger });
}

/** What resolvers call. */
function graphServices(
  { database, settings }: ServiceOptions,
  parts: Parts,
  jobs: Jobs,
  links: { readonly publicUrl: string },
): Services {
  const { sql } = database;
  const {
    writer,
    audit,
    actors,
    stats,
    cards,
    calls,
    defense,
    bindingAttempts,
    tokens,
    partners,
    rateBook,
    seal,
  } = parts;
  return {
    database,
    writer,
    audit,
    actors,
    log: { sql, hub: parts.hub },
    stats,
    cards,
    calls,
    defense,
    bindingAttempts,
    tokens,
    pinKeys: parts.keyRing,
    reveals: new PinReveals({ sql, keys: parts.keyRing, policy: settings.pinReveals }),
    partners,
    rateBook,
    seal,
    uploadQuota: settings.uploadQuota,
    imports: new SerialQueue(IMPORTS_WAITING),
    reversalDays: settings.reversalDays,
    verification: new SingleFlight(() => verify(sql)),
    defaultCountry: settings.defaultCountry ?? null,
    get publicUrl() {
      return links.publicUrl;
    },
    batchOrdered: () => jobs['batch generation'].wake(),
    importOrdered: () => jobs['card imports'].wake(),
    keyEnded: parts.keyEnded,
  };
}
