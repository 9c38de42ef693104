import { getCountries } from 'libphonenumber-js';
import { z } from 'zod';
import { isNetwork } from '../../store/access/ip-networks.ts';

const number = (least: number, most: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));

const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Several values, separated by commas. */
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

const address = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));

const KEY_FORM = /^([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)$/i;
const isKey = (text: string) => KEY_FORM.test(text);
const asKey = (text: string) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64');

/** Shown in messages: what a value must be. Values of secrets never are. */
const is = (description: string) => ({ description });
const secret = (description: string) => ({ description, secret: true });

/** A retention period. */
const days = number(1, 36_500).optional().meta(is('a number of days, 1 to 36500'));

/** Every environment variable the server reads, with its default. `.env.example` says what each is for. */
export const variables = {
  PORT: number(0, 65_535).default(4000).meta(is('a port, 0 to 65535')),
  HOST: z.string().default('127.0.0.1').meta(is('an address to listen on')),
  PUBLIC_URL: address('http:', 'https:')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta(is('an http or https URL')),
  DATABASE_URL: address('postgres:', 'postgresql:')
    .optional()
    .meta(secret('a PostgreSQL URL such as postgres://user:password@host:5432/cardline')),
  DATABASE_LISTEN_URL: address('postgres:', 'postgresql:')
    .optional()
    .meta(secret('a PostgreSQL URL such as postgres://user:password@host:5432/cardline')),
  DATABASE_POOL_SIZE: number(2, 200).default(10).meta(is('a number of connections, 2 to 200')),
  DATABASE_PREPARED_STATEMENTS: yesOrNo.default(true).meta(is('true or false')),
  CARDLINE_DATA_DIR: z.string().default('.data').meta(is('a folder')),
  CARDLINE_MASTER_KEY: z
    .string()
    .refine(isKey)
    .transform(asKey)
    .optional()
    .meta(secret('32 random bytes in base64 or hexadecimal, as "openssl rand -base64 32" makes them')),
  CARDLINE_OLD_MASTER_KEYS: list
    .refine((keys) => keys.every(isKey))
    .transform((keys) => keys.map(asKey))
    .default([])
    .meta(secret('a list of keys as CARDLINE_MASTER_KEY is one, with commas between them')),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .meta(is('one of trace, debug, info, warn, error, fatal, silent')),
  METRICS_PORT: number(0, 65_535).optional().meta(is('a port, 0 to 65535')),
  METRICS_HOST: z.string().default('127.0.0.1').meta(is('an address to listen on')),
  METRICS_TOKEN: z.string().min(16).max(200).optional().meta(secret('a secret of 16 to 200 characters')),
  CARDLINE_WRITER_LANES: number(1, 16).default(2).meta(is('a number of lanes, 1 to 16')),
  CARDLINE_DEFAULT_COUNTRY: z
    .string()
    .refine((value) => (getCountries() as string[]).includes(value))
    .optional()
    .meta(is('a country of ISO 3166, two capital letters such as AZ')),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta(is('the URL of an identity provider')),
  OIDC_AUDIENCE: z.string().max(500).optional().meta(is('a text of at most 500 characters')),
  OIDC_JWKS_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta(is('the URL of a JWK set')),
  OIDC_ROLE_CLAIM: z.string().max(200).default('cardline_role').meta(is('the name of a claim')),
  OIDC_PARTNER_CLAIM: z.string().max(200).default('cardline_partner').meta(is('the name of a claim')),
  GUESS_WINDOW_MINUTES: number(1, 10_080).default(60).meta(is('a number of minutes, 1 to 10080')),
  MAX_GUESSES: number(10, 100_000_000).default(200_000).meta(is('a number of guesses, 10 to 100000000')),
  CARD_LOCK_FAILURES: number(1, 100).default(5).meta(is('a number of failures, 1 to 100')),
  CARD_LOCK_WINDOW_MINUTES: number(1, 1_440).default(15).meta(is('a number of minutes, 1 to 1440')),
  CARD_LOCK_MINUTES: number(1, 10_080).default(30).meta(is('a number of minutes, 1 to 10080')),
  FAILURE_RETENTION_DAYS: number(1, 3_650).default(30).meta(is('a number of days, 1 to 3650')),
  ALERT_RETENTION_DAYS: number(1, 3_650).default(365).meta(is('a number of days, 1 to 3650')),
  PROVEN_NUMBER_DAYS: number(1, 3_650).default(90).meta(is('a number of days, 1 to 3650')),
  MAX_REPLACEMENTS_A_DAY: number(1, 1_000_000).default(20).meta(is('a number of cards, 1 to 1000000')),
  UNUSUAL_RECHARGES_FACTOR: number(2, 1_000).default(5).meta(is('a factor, 2 to 1000')),
  PIN_REVEAL_NEEDS_TWO: yesOrNo.default(false).meta(is('true or false')),
  PIN_REVEALS_A_DAY: number(0, 10_000).default(10).meta(is('a number of PINs, 0 to 10000')),
  PIN_REVEALS_A_DAY_IN_ALL: number(0, 10_000).default(50).meta(is('a number of PINs, 0 to 10000')),
  PIN_REVEAL_MINUTES: number(1, 1_440).default(30).meta(is('a number of minutes, 1 to 1440')),
  REVERSAL_DAYS: number(1, 3_650).default(30).meta(is('a number of days, 1 to 3650')),
  GRAPHIQL: yesOrNo.optional().meta(is('true or false')),
  INTROSPECTION: z
    .enum(['everyone', 'operator', 'nobody'])
    .optional()
    .meta(is('one of everyone, operator, nobody')),
  MAX_BODY_BYTES: number(1_024, 104_857_600)
    .default(1_048_576)
    .meta(is('a number of bytes, 1024 to 104857600')),
  MAX_DEPTH: number(1, 100).default(12).meta(is('a number of levels, 1 to 100')),
  MAX_TOKENS: number(10, 100_000).default(5_000).meta(is('a number of tokens, 10 to 100000')),
  MAX_ROOT_FIELDS: number(1, 1_000).default(50).meta(is('a number of fields, 1 to 1000')),
  MAX_ALIASES: number(0, 10_000).default(50).meta(is('a number of aliases, 0 to 10000')),
  MAX_DIRECTIVES: number(0, 10_000).default(20).meta(is('a number of directives, 0 to 10000')),
  MAX_COST: number(1, 10_000_000).default(10_000).meta(is('a number of objects, 1 to 10000000')),
  MAX_RESPONSE_BYTES: number(65_536, 104_857_600)
    .default(4_194_304)
    .meta(is('a number of bytes, 65536 to 104857600')),
  MAX_REQUESTS_PER_KEY: number(1, 100_000).default(256).meta(is('a number of requests, 1 to 100000')),
  MAX_REQUESTS_PER_PARTNER: number(1, 100_000).default(512).meta(is('a number of requests, 1 to 100000')),
  MAX_BATCH: number(0, 100).default(0).meta(is('a number of operations, 0 to 100')),
  MAX_SOCKETS: number(1, 1_000_000).default(20_000).meta(is('a number of sockets, 1 to 1000000')),
  MAX_SOCKETS_PER_KEY: number(1, 1_000_000).default(1_000).meta(is('a number of sockets, 1 to 1000000')),
  MAX_UPLOADS: number(1, 100_000).default(200).meta(is('a number of uploads, 1 to 100000')),
  MAX_UPLOADS_PER_KEY: number(1, 100_000).default(50).meta(is('a number of uploads, 1 to 100000')),
  MAX_UPLOAD_BYTES: number(1_048_576, 1_099_511_627_776)
    .default(4_294_967_296)
    .meta(is('a number of bytes, 1048576 to 1099511627776')),
  MAX_UPLOAD_BYTES_PER_KEY: number(1_048_576, 1_099_511_627_776)
    .default(1_073_741_824)
    .meta(is('a number of bytes, 1048576 to 1099511627776')),
  MAX_SUBSCRIPTIONS_PER_KEY: number(1, 1_000_000)
    .default(1_000)
    .meta(is('a number of subscriptions, 1 to 1000000')),
  OPERATION_SECONDS: number(1, 3_600).default(30).meta(is('a number of seconds, 1 to 3600')),
  TRUSTED_PROXIES: list
    .refine((networks) => networks.every(isNetwork))
    .default([])
    .meta(is('a list of networks such as 10.0.0.0/8, with commas between them')),
  CORS_ORIGINS: list
    .refine((origins) => origins.every(isOrigin))
    .default([])
    .meta(is('a list of origins such as https://portal.example.com, with commas between them')),
  TRUSTED_DOCUMENTS: z.string().optional().meta(is('a file')),
  TRUSTED_DOCUMENTS_ONLY: yesOrNo.default(false).meta(is('true or false')),
  RETENTION_CALLS_DAYS: days,
  RETENTION_EVENTS_DAYS: days,
  RETENTION_AUDIT_DAYS: days,
  DRAIN_NOTICE_SECONDS: number(0, 600).default(0).meta(is('a number of seconds, 0 to 600')),
  DRAIN_SECONDS: number(0, 600).default(10).meta(is('a number of seconds, 0 to 600')),
  DRAIN_SPREAD_SECONDS: number(0, 600).default(3).meta(is('a number of seconds, 0 to 600')),
  HEARTBEAT_SECONDS: number(1, 600).default(12).meta(is('a number of seconds, 1 to 600')),
  SLOW_CLIENT_SECONDS: number(1, 600).default(10).meta(is('a number of seconds, 1 to 600')),
  MAX_UNSENT_BYTES: number(65_536, 104_857_600)
    .default(4_194_304)
    .meta(is('a number of bytes, 65536 to 104857600')),
};
