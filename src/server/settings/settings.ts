import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Retention } from '../../jobs/retention.ts';
import type { UploadQuota } from '../../store/files/upload-quota.ts';
import type { RevealPolicy } from '../../store/pins/pin-reveals.ts';
import { UsageError } from './usage-error.ts';
import { variables } from './variables.ts';

/** The validated settings. See variables.ts for what each means. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** The public URL of this server, used in links, without a trailing slash. */
  readonly publicUrl: string;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** A direct connection, for LISTEN and for migrations. */
  readonly databaseListenUrl: string | undefined;
  readonly databasePoolSize: number;
  readonly databasePreparedStatements: boolean;
  readonly dataFolder: string;
  readonly masterKey: Buffer | undefined;
  /** Earlier keys that some cards still use during a rotation. */
  readonly oldMasterKeys: readonly Buffer[];
  readonly logLevel: string;
  /** A separate port for metrics; undefined: none. */
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
  /** The bearer token for scrapes. Undefined: the API's own port answers no scrapes. */
  readonly metricsToken: string | undefined;
  readonly writerLanes: number;
  readonly defaultCountry: string | undefined;
  /** Issues JWTs for people. Undefined: only our own keys open the API. */
  readonly identityProvider:
    | {
        readonly issuer: string;
        readonly audience: string;
        /** Undefined: taken from the issuer's discovery document. */
        readonly jwksUrl: string | undefined;
        readonly roleClaim: string;
        readonly partnerClaim: string;
      }
    | undefined;
  readonly pinDefence: {
    readonly guesses: { readonly windowSeconds: number; readonly ceiling: number };
    /** The number of failures with one serial within the window that locks its card. */
    readonly serials: { readonly failures: number; readonly windowSeconds: number };
    readonly lockMinutes: number;
    /** Retention in days of failures with their reasons, of alerts, and of numbers that a PIN was keyed from. */
    readonly failureDays: number;
    readonly alertDays: number;
    readonly provenDays: number;
  };
  /** How PINs are shown to administrators. */
  readonly pinReveals: RevealPolicy;
  /** Thresholds of alerts about partners. */
  readonly partnerLimits: {
    readonly replacementsADay: number;
    /** A multiple of the partner's usual recharges per hour. */
    readonly rechargesFactor: number;
  };
  /** For how many days a recharge can be reversed. */
  readonly reversalDays: number;
  readonly graphiql: boolean;
  /** Who may introspect the schema. */
  readonly introspection: 'everyone' | 'operator' | 'nobody';
  readonly maxBodyBytes: number;
  readonly maxDepth: number;
  readonly maxTokens: number;
  readonly maxRootFields: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  /** The most objects a response may contain. */
  readonly maxCost: number;
  /** The maximum size of a response as JSON, in bytes. */
  readonly maxResponseBytes: number;
  /** Concurrent operations of one credential, and of all credentials of one partner. */
  readonly maxRequestsPerKey: number;
  readonly maxRequestsPerPartner: number;
  /** Operations per request; 0: batches of operations are refused. */
  readonly maxBatch: number;
  readonly maxSockets: number;
  readonly maxSocketsPerKey: number;
  /** Distinct subscriptions, each with a separate execution. */
  readonly maxSubscriptionsPerKey: number;
  readonly operationSeconds: number;
  /** Limits on uploaded files that are not yet used. */
  readonly uploadQuota: UploadQuota;
  /** Networks of proxies whose X-Forwarded-For is trusted. */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may use the API. */
  readonly corsOrigins: readonly string[];
  /** A file of documents that clients may reference by hash. */
  readonly trustedDocuments: string | undefined;
  /** Whether only trusted documents are accepted. */
  readonly trustedDocumentsOnly: boolean;
  /** Retention in days; undefined: forever. */
  readonly retention: Retention;
  /** How long a stopping server reports that it is not ready but still accepts requests. */
  readonly drainNoticeSeconds: number;
  readonly drainSeconds: number;
  readonly drainSpreadSeconds: number;
  readonly heartbeatSeconds: number;
  readonly slowClientSeconds: number;
  readonly maxUnsentBytes: number;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Loads a `.env` file from the working directory, if there is one. Variables already set win. */
export function loadEnvFile(file = '.env'): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * The one place where the environment is read.
 *
 * @throws UsageError with a line for every variable that is wrong.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const production = environment.NODE_ENV === 'production';
  const values = check(environment);
  const host = values.HOST;
  return {
    port: values.PORT,
    host,
    publicUrl: values.PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${values.PORT}`,
    databaseUrl: values.DATABASE_URL,
    databaseListenUrl: values.DATABASE_LISTEN_URL ?? values.DATABASE_URL,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    databasePreparedStatements: values.DATABASE_PREPARED_STATEMENTS,
    dataFolder: values.CARDLINE_DATA_DIR,
    masterKey: values.CARDLINE_MASTER_KEY,
    oldMasterKeys: values.CARDLINE_OLD_MASTER_KEYS,
    logLevel: values.LOG_LEVEL,
    metricsPort: values.METRICS_PORT,
    metricsHost: metricsHost(values),
    metricsToken: values.METRICS_TOKEN,
    writerLanes: values.CARDLINE_WRITER_LANES,
    defaultCountry: values.CARDLINE_DEFAULT_COUNTRY,
    identityProvider: identityProvider(values),
    pinDefence: {
      guesses: { windowSeconds: values.GUESS_WINDOW_MINUTES * 60, ceiling: values.MAX_GUESSES },
      serials: {
        failures: values.CARD_LOCK_FAILURES,
        windowSeconds: values.CARD_LOCK_WINDOW_MINUTES * 60,
      },
      lockMinutes: values.CARD_LOCK_MINUTES,
      failureDays: values.FAILURE_RETENTION_DAYS,
      alertDays: values.ALERT_RETENTION_DAYS,
      provenDays: values.PROVEN_NUMBER_DAYS,
    },
    pinReveals: {
      needsTwo: values.PIN_REVEAL_NEEDS_TWO,
      limits: { byPerson: values.PIN_REVEALS_A_DAY, inAll: values.PIN_REVEALS_A_DAY_IN_ALL },
      requestMinutes: values.PIN_REVEAL_MINUTES,
    },
    partnerLimits: {
      replacementsADay: values.MAX_REPLACEMENTS_A_DAY,
      rechargesFactor: values.UNUSUAL_RECHARGES_FACTOR,
    },
    reversalDays: values.REVERSAL_DAYS,
    graphiql: values.GRAPHIQL ?? !production,
    introspection: values.INTROSPECTION ?? (production ? 'operator' : 'everyone'),
    maxBodyBytes: values.MAX_BODY_BYTES,
    maxDepth: values.MAX_DEPTH,
    maxTokens: values.MAX_TOKENS,
    maxRootFields: values.MAX_ROOT_FIELDS,
    maxAliases: values.MAX_ALIASES,
    maxDirectives: values.MAX_DIRECTIVES,
    maxCost: values.MAX_COST,
    maxResponseBytes: values.MAX_RESPONSE_BYTES,
    maxRequestsPerKey: values.MAX_REQUESTS_PER_KEY,
    maxRequestsPerPartner: values.MAX_REQUESTS_PER_PARTNER,
    maxBatch: values.MAX_BATCH,
    maxSockets: values.MAX_SOCKETS,
    maxSocketsPerKey: values.MAX_SOCKETS_PER_KEY,
    maxSubscriptionsPerKey: values.MAX_SUBSCRIPTIONS_PER_KEY,
    operationSeconds: values.OPERATION_SECONDS,
    uploadQuota: {
      links: { perOwner: values.MAX_UPLOADS_PER_KEY, inAll: values.MAX_UPLOADS },
      bytes: { perOwner: values.MAX_UPLOAD_BYTES_PER_KEY, inAll: values.MAX_UPLOAD_BYTES },
    },
    trustedProxies: values.TRUSTED_PROXIES,
    corsOrigins: values.CORS_ORIGINS,
    trustedDocuments: trustedDocuments(values),
    trustedDocumentsOnly: values.TRUSTED_DOCUMENTS_ONLY,
    retention: {
      calls: values.RETENTION_CALLS_DAYS,
      events: values.RETENTION_EVENTS_DAYS,
      audit: values.RETENTION_AUDIT_DAYS,
    },
    drainNoticeSeconds: values.DRAIN_NOTICE_SECONDS,
    drainSeconds: values.DRAIN_SECONDS,
    drainSpreadSeconds: values.DRAIN_SPREAD_SECONDS,
    heartbeatSeconds: values.HEARTBEAT_SECONDS,
    slowClientSeconds: values.SLOW_CLIENT_SECONDS,
    maxUnsentBytes: values.MAX_UNSENT_BYTES,
  };
}

/** @throws UsageError when the figures would be readable by everybody. */
function metricsHost({ METRICS_HOST: host, METRICS_TOKEN: token }: ReturnType<typeof check>): string {
  if (!LOOPBACK.has(host) && token === undefined) {
    throw new UsageError('METRICS_TOKEN: needed when METRICS_HOST is not the loopback address.');
  }
  return host;
}

/** @throws UsageError for an issuer without an audience: tokens made for another service would be accepted. */
function identityProvider(values: ReturnType<typeof check>): Settings['identityProvider'] {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = values;
  if (issuer === undefined) return undefined;
  if (audience === undefined) throw new UsageError('OIDC_AUDIENCE: needed with OIDC_ISSUER.');
  return {
    issuer,
    audience,
    jwksUrl: values.OIDC_JWKS_URL,
    roleClaim: values.OIDC_ROLE_CLAIM,
    partnerClaim: values.OIDC_PARTNER_CLAIM,
  };
}

/** @throws UsageError when only trusted documents are accepted and no file is given. */
function trustedDocuments(values: ReturnType<typeof check>): string | undefined {
  if (values.TRUSTED_DOCUMENTS_ONLY && values.TRUSTED_DOCUMENTS === undefined) {
    throw new UsageError('TRUSTED_DOCUMENTS: needed with TRUSTED_DOCUMENTS_ONLY.');
  }
  return values.TRUSTED_DOCUMENTS;
}

function check(environment: NodeJS.ProcessEnv) {
  // A line of .env.example without a value sets an empty string: treated as not set.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = z.object(variables).safeParse(given);
  if (result.success) return result.data;
  const names = new Set(result.error.issues.map(({ path }) => path[0] as keyof typeof variables));
  throw new UsageError([...names].map((name) => complaint(name, given[name])).join('\n'));
}

function complaint(name: keyof typeof variables, value: string | undefined): string {
  const { description, secret } = variables[name].meta() ?? {};
  return `${name}: ${secret ? 'the value' : JSON.stringify(value)} is not ${description}.`;
}
