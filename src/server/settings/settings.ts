import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Retention } from '../../jobs/retention.ts';
import type { UploadQuota } from '../../store/files/upload-quota.ts';
import type { RevealPolicy } from '../../store/pins/pin-reveals.ts';
import { UsageError } from './usage-error.ts';
import { variables } from './variables.ts';

/** All that can be set from outside, checked. See variables.ts for what each means. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Where people and links find this server, without a slash at the end. */
  readonly publicUrl: string;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** A direct connection, for LISTEN and for migrations. */
  readonly databaseListenUrl: string | undefined;
  readonly databasePoolSize: number;
  readonly databasePreparedStatements: boolean;
  readonly dataFolder: string;
  readonly masterKey: Buffer | undefined;
  /** Keys that cards may still be under while they are moved to that one. */
  readonly oldMasterKeys: readonly Buffer[];
  readonly logLevel: string;
  /** A port for scrapes of the metrics alone; undefined: there is none. */
  readonly metricsPort: number | undefined;
  readonly metricsHost: string;
  /** What a scrape has to show. Undefined: the API's own port answers none. */
  readonly metricsToken: string | undefined;
  readonly writerLanes: number;
  readonly defaultCountry: string | undefined;
  /** Who vouches for people, by JWT. Undefined: only our own keys open the API. */
  readonly identityProvider:
    | {
        readonly issuer: string;
        readonly audience: string;
        /** Undefined: as the issuer's discovery document says. */
        readonly jwksUrl: string | undefined;
        readonly roleClaim: string;
        readonly partnerClaim: string;
      }
    | undefined;
  readonly pinDefence: {
    readonly guesses: { readonly windowSeconds: number; readonly ceiling: number };
    /** Failures with one serial in a window that lock its card. */
    readonly serials: { readonly failures: number; readonly windowSeconds: number };
    readonly lockMinutes: number;
    /** Days that are kept: of failures with their reasons, of alerts, of numbers that a PIN was keyed from. */
    readonly failureDays: number;
    readonly alertDays: number;
    readonly provenDays: number;
  };
  /** How PINs are shown to administrators. */
  readonly pinReveals: RevealPolicy;
  /** What a partner may do before there is an alert. */
  readonly partnerLimits: {
    readonly replacementsADay: number;
    /** Times its usual recharges of an hour. */
    readonly rechargesFactor: number;
  };
  /** For how many days a recharge can be taken back. */
  readonly reversalDays: number;
  readonly graphiql: boolean;
  /** Who may ask about the schema. */
  readonly introspection: 'everyone' | 'operator' | 'nobody';
  readonly maxBodyBytes: number;
  readonly maxDepth: number;
  readonly maxTokens: number;
  readonly maxRootFields: number;
  readonly maxAliases: number;
  readonly maxDirectives: number;
  /** Objects an answer may hold. */
  readonly maxCost: number;
  /** Bytes of an answer, as JSON. */
  readonly maxResponseBytes: number;
  /** Operations under way at once, of one credential and of all of one partner. */
  readonly maxRequestsPerKey: number;
  readonly maxRequestsPerPartner: number;
  /** Operations in one request; 0: lists of operations are refused. */
  readonly maxBatch: number;
  readonly maxSockets: number;
  readonly maxSocketsPerKey: number;
  /** Distinct subscriptions, each with an execution of its own. */
  readonly maxSubscriptionsPerKey: number;
  readonly operationSeconds: number;
  /** How much of what was sent to upload links may wait. */
  readonly uploadQuota: UploadQuota;
  /** Networks of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Other sites whose pages may use the API. */
  readonly corsOrigins: readonly string[];
  /** A file of documents that clients may name by their hash. */
  readonly trustedDocuments: string | undefined;
  /** Whether nothing else is accepted. */
  readonly trustedDocumentsOnly: boolean;
  /** Days that things are kept; undefined: for ever. */
  readonly retention: Retention;
  /** How long a stop goes on taking requests, as not ready. */
  readonly drainNoticeSeconds: number;
  readonly drainSeconds: number;
  readonly drainSpreadSeconds: number;
  readonly heartbeatSeconds: number;
  readonly slowClientSeconds: number;
  readonly maxUnsentBytes: number;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads a `.env` file in the working folder, when there is one. What is set already stays. */
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

/** @throws UsageError when everybody could read the figures there. */
function metricsHost({ METRICS_HOST: host, METRICS_TOKEN: token }: ReturnType<typeof check>): string {
  if (!LOOPBACK.has(host) && token === undefined) {
    throw new UsageError('METRICS_TOKEN: needed when METRICS_HOST is not the loopback address.');
  }
  return host;
}

/** @throws UsageError when it has an issuer and no audience: tokens made for another service would open this one. */
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

/** @throws UsageError when nothing else is to be accepted and there are none. */
function trustedDocuments(values: ReturnType<typeof check>): string | undefined {
  if (values.TRUSTED_DOCUMENTS_ONLY && values.TRUSTED_DOCUMENTS === undefined) {
    throw new UsageError('TRUSTED_DOCUMENTS: needed with TRUSTED_DOCUMENTS_ONLY.');
  }
  return values.TRUSTED_DOCUMENTS;
}

function check(environment: NodeJS.ProcessEnv) {
  // An empty value is what a line of .env.example without one gives: not set.
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
