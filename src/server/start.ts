import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import type { Logger } from 'pino';
import { onRejection } from '../graphql/core/rejection-channel.ts';
import { openDatabase, type Sql } from '../store/postgres/database.ts';
import { migrate } from '../store/postgres/migrate.ts';
import { differingTimeZones } from '../store/reports/time-zone-check.ts';
import { openDatabaseSource } from './database-source.ts';
import { createHttpServer, type DrainOptions } from './http/http-server.ts';
import { createLogger } from './observability/logger.ts';
import { Metrics } from './observability/metrics.ts';
import { listenForScrapes, metricsAnswer } from './observability/metrics-endpoint.ts';
import { startTracing } from './observability/tracing.ts';
import { GRAPHQL_PATH } from './pipeline/pipeline.ts';
import { createServices, type ServerServices } from './services.ts';
import { firstKeyFile, keepFirstKey } from './settings/first-key.ts';
import type { Settings } from './settings/settings.ts';
import { UsageError } from './settings/usage-error.ts';

export interface RunningServer {
  /** The GraphQL endpoint, such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** The file with the first administrator's API key, on the first start only. */
  readonly firstKeyFile: string | undefined;
  /** Shuts down gracefully: finishes requests in flight and keeps everything acknowledged. */
  close(options?: DrainOptions): Promise<void>;
  /** Stops at once; the database recovers at the next start. For a process that must exit immediately. */
  kill(): void;
}

export interface StartOverrides {
  logger?: Logger;
  createServices?: typeof createServices;
  /** Ends the wait for a database that does not answer yet: the start then fails with its reason. */
  signal?: AbortSignal;
}

/**
 * Starts the server, from settings to the open port. Each phase registers how to release what it opened; a stop, or a
 * start that fails halfway, releases everything in reverse order.
 */
export async function startServer(
  settings: Settings,
  overrides: StartOverrides = {},
): Promise<RunningServer> {
  const logger = overrides.logger ?? createLogger(settings.logLevel, settings.instanceName);
  const resources = new AsyncDisposableStack();
  try {
    const metrics = await openObservability(resources, settings.instanceName);
    const { source, database } = await openData({ settings, logger, resources }, overrides.signal);

    // The services, and on the first start the initial price list.
    const make = overrides.createServices ?? createServices;
    const { listenUrl, ownerUrl } = source;
    const services = await make({ database, listenUrl, ownerUrl, settings, logger, metrics });
    await services.firstRun();
    await warnOfTimeZones(database.sql, logger);

    // Background work: the event tail and the jobs.
    resources.defer(() => services.stop());
    await services.start();

    const { http, publicUrl } = await openPorts({ settings, logger, resources, metrics, services });
    let drainOptions: DrainOptions = {};
    resources.defer(() => http.drain(drainOptions));
    services.servedAt(publicUrl);

    // The first key, after the port: a failed start must not make a key that nobody learns of.
    const file = firstKeyFile(settings.dataFolder);
    const made = await services.makeFirstKey((secret) => keepFirstKey(file, secret));

    return {
      url: publicUrl + GRAPHQL_PATH,
      firstKeyFile: made ? file : undefined,
      close: async (options = {}) => {
        drainOptions = options;
        await resources.disposeAsync();
      },
      kill: () => source.kill(),
    };
  } catch (error) {
    // The ponyfill returns a promise only when there was something to wait for.
    try {
      await resources.disposeAsync();
    } catch (failure) {
      logger.error({ err: failure }, 'Could not release everything after a failed start');
    }
    throw error;
  }
}

/** What every phase needs. */
interface Start {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly resources: AsyncDisposableStack;
}

/** Traces if enabled, metrics always. */
async function openObservability(resources: AsyncDisposableStack, instance: string): Promise<Metrics> {
  const metrics = new Metrics(instance);
  const stopTracing = await startTracing(process.env, (spans) => metrics.droppedSpans.inc(spans));
  if (stopTracing) resources.defer(stopTracing);
  const deafen = onRejection((code) => metrics.errors.inc({ code }));
  resources.defer(deafen);
  return metrics;
}

/** The database with the schema of this version, and the pools. */
async function openData({ settings, logger, resources }: Start, waiting = new AbortController().signal) {
  // The database process: embedded, unless DATABASE_URL names another.
  const source = await openDatabaseSource(settings, logger, waiting);
  resources.defer(() => source.stop());

  // Of several instances, one migrates.
  await migrate(source.ownerUrl);
  await source.grantRights();

  const database = openDatabase({
    url: source.url,
    maxConnections: settings.databasePoolSize,
    preparedStatements: settings.databasePreparedStatements,
    instanceName: settings.instanceName,
  });
  resources.defer(() => database.close());
  return { source, database };
}

interface Serving extends Start {
  readonly metrics: Metrics;
  readonly services: ServerServices;
}

/** The port for scrapes, if there is one, and the server's own. */
async function openPorts({ settings, logger, resources, metrics, services }: Serving) {
  const answerMetrics = metricsAnswer(metrics, settings, services.refreshMetrics);
  const scrapes = await listenForScrapes(settings, answerMetrics);
  if (scrapes) {
    resources.defer(() => {
      scrapes.close();
      scrapes.closeAllConnections();
    });
  }

  // The server's port last: every client that can connect gets a response.
  const http = createHttpServer({
    ...services,
    settings,
    logger,
    metrics,
    answerMetrics: settings.metricsToken === undefined ? undefined : answerMetrics,
    isReady: services.isReady,
  });
  services.onAccessChanged(() => http.accessChanged());
  services.onEventsLost((loss) => http.eventsLost(loss));
  const port = await http.listen().catch((error: NodeJS.ErrnoException) => {
    throw portError(error, settings);
  });
  return { http, publicUrl: publicUrlOf(settings, port) };
}

/** A start does not fail for it: Cardline uses its own time zones everywhere. */
async function warnOfTimeZones(sql: Sql, logger: Logger): Promise<void> {
  try {
    const zones = await differingTimeZones(sql, new Date());
    if (zones.length === 0) return;
    logger.warn(
      { timeZones: zones.slice(0, 20), count: zones.length, tzdata: process.versions.tz },
      'PostgreSQL and Node.js know different local times: prices and reports follow those of Node.js. Update the older of the two.',
    );
  } catch (error) {
    logger.warn({ err: error }, 'Could not compare the time zones of PostgreSQL and Node.js');
  }
}

function publicUrlOf({ publicUrl, port: requestedPort }: Settings, port: number): string {
  const url = new URL(publicUrl);
  // Port 0 requested any port: only now its number is known.
  if (requestedPort === 0 && url.port === '0') url.port = String(port);
  return url.href.replace(/\/$/, '');
}

function portError(error: NodeJS.ErrnoException, { host, port }: Settings): Error {
  if (error.code === 'EADDRINUSE') {
    return new UsageError(`PORT: ${port} on ${host} is in use: stop what listens there, or set another.`);
  }
  if (error.code === 'EACCES')
    return new UsageError(`PORT: ${port} may not be taken by this user: set another.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UsageError(`HOST: ${host} is no address of this machine.`);
  }
  return error;
}
