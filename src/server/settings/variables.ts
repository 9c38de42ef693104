import { z } from 'zod';
import {
  count,
  country,
  databaseAddress,
  instanceName,
  key,
  keys,
  networks,
  oneOf,
  origins,
  port,
  providerAddress,
  retentionDays,
  secret,
  text,
  webAddress,
  whole,
  yesOrNo,
} from './variable-forms.ts';

/** The settings by topic, in the shape in which the program uses them: each with its variable, form, default and purpose. */
export const TOPICS = {
  Address: {
    port: port('PORT').prefault('4000').describe('The port of the server. 0 selects a free one.'),
    host: text('HOST', 'an address to listen on').prefault('127.0.0.1').describe('The address to listen on.'),
    publicUrl: webAddress('PUBLIC_URL', 'http://HOST:PORT').describe(
      'The public URL of the server, for people and one-time file links, such as https://cards.example.com.',
    ),
  },
  Database: {
    databaseUrl: databaseAddress('DATABASE_URL').describe(
      'The PostgreSQL database, 15 or newer, with the parameters of libpq for TLS, such as ?sslmode=verify-full&sslrootcert=/etc/cardline/ca.crt: see docs/operation.md. Without it the server runs its own, under CARDLINE_DATA_DIR.',
    ),
    databaseListenUrl: databaseAddress('DATABASE_LISTEN_URL', 'DATABASE_URL').describe(
      'A direct connection to the same database, for LISTEN and migrations, if DATABASE_URL goes through PgBouncer.',
    ),
    databasePoolSize: count('DATABASE_POOL_SIZE', 'connections', [2, 200], 10).describe(
      'Connections for writes and frequent reads; half as many more are opened for the other queries.',
    ),
    databasePreparedStatements: yesOrNo('DATABASE_PREPARED_STATEMENTS')
      .prefault('true')
      .describe('Set to false behind a PgBouncer older than 1.21 in transaction mode.'),
    writerLanes: count('CARDLINE_WRITER_LANES', 'lanes', [1, 16], 2).describe(
      'How many transactions write money at the same time, per process: of calls, and of all else. While there are calls, all else has one.',
    ),
  },
  'Data folder and master keys': {
    dataFolder: text('CARDLINE_DATA_DIR', 'a folder')
      .prefault('.data')
      .describe(
        "Holds the embedded PostgreSQL's data, its password and the file of master keys. The first start on any database writes the first administrator's API key to the file first-key there, which only the server's user can read.",
      ),
    masterKey: key('CARDLINE_MASTER_KEY').describe(
      'The key that protects PINs: 32 random bytes, base64 or hexadecimal (openssl rand -base64 32). Required with DATABASE_URL. With the embedded database the server creates a key and keeps it in CARDLINE_DATA_DIR. If the key is lost, so are all PINs.',
    ),
    oldMasterKeys: keys('CARDLINE_OLD_MASTER_KEYS').describe(
      'Earlier master keys, separated by commas, while PINs are moved to the new one: see docs/security.md.',
    ),
  },
  'Logs and metrics': {
    instanceName: instanceName('INSTANCE_NAME').describe(
      "The name of this instance in its log lines, in cardline_build_info and in PostgreSQL's application_name.",
    ),
    logLevel: oneOf('LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .prefault('info')
      .describe('The least severe messages that are logged.'),
    metricsPort: port('METRICS_PORT')
      .optional()
      .describe(
        "A separate port for Prometheus' /metrics. Without it and without METRICS_TOKEN there are no metrics.",
      ),
    metricsHost: text('METRICS_HOST', 'an address to listen on')
      .prefault('127.0.0.1')
      .describe('The address of that port. Other than the loopback address it requires METRICS_TOKEN.'),
    metricsToken: secret('METRICS_TOKEN', [16, 200]).describe(
      'Opens /metrics, also on the server\'s own port, to clients that send it as "Authorization: Bearer <token>".',
    ),
  },
  'Identity provider (OpenID Connect)': {
    identityProvider: z.object({
      issuer: providerAddress('OIDC_ISSUER', 'the URL of an identity provider').describe(
        "The operator's identity provider, whose JWTs are accepted besides API keys.",
      ),
      audience: text('OIDC_AUDIENCE', 'a text of at most 500 characters', 500)
        .optional()
        .describe('The audience of its JWTs. Required with OIDC_ISSUER.'),
      jwksUrl: providerAddress(
        'OIDC_JWKS_URL',
        'the URL of a JWK set',
        "from the issuer's discovery document",
      ).describe('Its keys.'),
      roleClaim: text('OIDC_ROLE_CLAIM', 'the name of a claim', 200)
        .prefault('cardline_role')
        .describe(
          'The claim with the role: ADMINISTRATOR, SUPPORT, AUDITOR, PARTNER or SWITCH. A path such as realm_access.roles is allowed.',
        ),
      partnerClaim: text('OIDC_PARTNER_CLAIM', 'the name of a claim', 200)
        .prefault('cardline_partner')
        .describe('The claim with the partner id of a PARTNER.'),
    }),
  },
  'Wrong PINs': {
    pinDefense: z.object({
      guesses: z.object({
        windowSeconds: count('GUESS_WINDOW_MINUTES', 'minutes', [1, 10_080], 60, 60).describe(
          'In each window the whole system allows fewer wrong PINs than would find a hundredth of a card by chance. One key or partner can use only its share of them. After that, only callers from known numbers can authenticate until the window ends.',
        ),
        ceiling: count('MAX_GUESSES', 'guesses', [10, 100_000_000], 200_000).describe(
          'The most wrong PINs in a window, however many cards there are.',
        ),
      }),
      serials: z.object({
        failures: count('CARD_LOCK_FAILURES', 'failures', [1, 100], 5).describe(
          'How many failures of one key with one serial lock its card.',
        ),
        windowSeconds: count('CARD_LOCK_WINDOW_MINUTES', 'minutes', [1, 1_440], 15, 60).describe(
          'The window in which those failures count.',
        ),
      }),
      lockMinutes: count('CARD_LOCK_MINUTES', 'minutes', [1, 10_080], 30).describe(
        'How long the card stays locked.',
      ),
      failureDays: count('FAILURE_RETENTION_DAYS', 'days', [1, 3_650], 30).describe(
        'How long failed authentications are kept, with their reasons.',
      ),
      alertDays: count('ALERT_RETENTION_DAYS', 'days', [1, 3_650], 365).describe('How long alerts are kept.'),
      trustedNumberDays: count('TRUSTED_NUMBER_DAYS', 'days', [1, 3_650], 90).describe(
        "How long numbers are kept from which a card's PIN was entered successfully.",
      ),
    }),
  },
  'PINs shown to administrators (revealPin)': {
    pinReveals: z.object({
      needsTwo: yesOrNo('PIN_REVEAL_NEEDS_TWO')
        .prefault('false')
        .describe('Whether a second administrator must approve.'),
      limits: z.object({
        byPerson: count('PIN_REVEALS_A_DAY', 'PINs', [0, 10_000], 10).describe(
          'The daily limit of one administrator.',
        ),
        inAll: count('PIN_REVEALS_A_DAY_IN_ALL', 'PINs', [0, 10_000], 50).describe(
          'The daily limit of all of them.',
        ),
      }),
      requestMinutes: count('PIN_REVEAL_MINUTES', 'minutes', [1, 1_440], 30).describe(
        'How long a request stays valid for approval and use.',
      ),
    }),
  },
  'Partners and cards': {
    partnerLimits: z.object({
      replacementsADay: count('MAX_REPLACEMENTS_A_DAY', 'cards', [1, 1_000_000], 20).describe(
        'How many cards a partner may replace in a day before there is an alert.',
      ),
      rechargesFactor: whole('UNUSUAL_RECHARGES_FACTOR', 'a factor', [2, 1_000])
        .prefault('5')
        .describe(
          "How many times the usual amount a partner's recharges of an hour may reach before there is an alert.",
        ),
    }),
    reversalDays: count('REVERSAL_DAYS', 'days', [1, 3_650], 30).describe(
      'For how many days a recharge can be reversed.',
    ),
    defaultCountry: country('CARDLINE_DEFAULT_COUNTRY').describe(
      'The country of telephone numbers without a country code, such as AZ. Without it such numbers are refused.',
    ),
  },
  'Who may ask': {
    graphiql: yesOrNo('GRAPHIQL', 'true; false if NODE_ENV is production')
      .optional()
      .describe('Whether the server offers GraphiQL.'),
    introspection: oneOf(
      'INTROSPECTION',
      ['everyone', 'operator', 'nobody'],
      'everyone; operator if NODE_ENV is production',
    )
      .optional()
      .describe('Who may query the schema: operator means administrators, support and auditors.'),
    trustedProxies: networks('TRUSTED_PROXIES').describe(
      'Behind a proxy: the networks whose X-Forwarded-For is trusted, such as 10.0.0.0/8,::1.',
    ),
    corsOrigins: origins('CORS_ORIGINS').describe(
      'Sites whose pages may use the API from a browser, such as https://portal.example.com, separated by commas.',
    ),
    trustedDocuments: text('TRUSTED_DOCUMENTS', 'a file')
      .optional()
      .describe(
        'A JSON file of documents by their SHA-256 ("cardline trusted-documents" writes one), which clients may name by their hash.',
      ),
    trustedDocumentsOnly: yesOrNo('TRUSTED_DOCUMENTS_ONLY')
      .prefault('false')
      .describe('Whether all other documents are refused.'),
  },
  'Limits of one request': {
    maxBodyBytes: count('MAX_BODY_BYTES', 'bytes', [1_024, 104_857_600], 1_048_576).describe(
      'Its size, and that of a WebSocket message.',
    ),
    maxDepth: count('MAX_DEPTH', 'levels', [1, 100], 12).describe('Its depth.'),
    maxTokens: count('MAX_TOKENS', 'tokens', [10, 100_000], 5_000).describe('The tokens of its document.'),
    maxRootFields: count('MAX_ROOT_FIELDS', 'fields', [1, 1_000], 50).describe(
      'Its top-level fields; two aliases of one field count as two.',
    ),
    maxAliases: count('MAX_ALIASES', 'aliases', [0, 10_000], 50).describe(
      'Its aliases, with fragments expanded.',
    ),
    maxDirectives: count('MAX_DIRECTIVES', 'directives', [0, 10_000], 20).describe(
      'Its directives, with fragments expanded.',
    ),
    maxCost: count('MAX_COST', 'objects', [1, 10_000_000], 10_000).describe(
      'The objects that its answer may hold.',
    ),
    maxResponseBytes: count('MAX_RESPONSE_BYTES', 'bytes', [65_536, 104_857_600], 4_194_304).describe(
      'The size of its answer as JSON, and of each event of a subscription.',
    ),
    operationSeconds: count('OPERATION_SECONDS', 'seconds', [1, 3_600], 30).describe('How long it may take.'),
    maxBatch: count('MAX_BATCH', 'operations', [0, 100], 0).describe(
      'Operations in one request, as a list. 0 refuses lists.',
    ),
  },
  'Requests, connections and uploads at once': {
    targetDelayMs: count('TARGET_DELAY_MS', 'milliseconds', [0, 60_000], 0).describe(
      'How long operations may take when there are more than the server can do, such as 400: the next is refused with OVERLOADED. 0 refuses none, and all wait.',
    ),
    maxRequestsPerKey: count('MAX_REQUESTS_PER_KEY', 'requests', [1, 100_000], 256).describe(
      'Operations in progress at once, of one key.',
    ),
    maxRequestsPerPartner: count('MAX_REQUESTS_PER_PARTNER', 'requests', [1, 100_000], 512).describe(
      'Operations in progress at once, of all keys of one partner.',
    ),
    maxSockets: count('MAX_SOCKETS', 'sockets', [1, 1_000_000], 20_000).describe(
      'WebSockets and streams open at once, in total.',
    ),
    maxSocketsPerKey: count('MAX_SOCKETS_PER_KEY', 'sockets', [1, 1_000_000], 1_000).describe(
      'WebSockets and streams open at once, of one key.',
    ),
    maxSubscriptionsPerKey: count(
      'MAX_SUBSCRIPTIONS_PER_KEY',
      'subscriptions',
      [1, 1_000_000],
      1_000,
    ).describe(
      'Distinct subscriptions of one key, over all its sockets and streams. Identical ones share an execution and count once.',
    ),
    uploadQuota: z.object({
      links: z.object({
        inAll: count('MAX_UPLOADS', 'uploads', [1, 100_000], 200).describe(
          'Uploads that are not imported yet. A link counts until it ends, a file until it is imported or a day after that.',
        ),
        perOwner: count('MAX_UPLOADS_PER_KEY', 'uploads', [1, 100_000], 50).describe(
          'The same, of one key or person of the identity provider.',
        ),
      }),
      bytes: z.object({
        inAll: count('MAX_UPLOAD_BYTES', 'bytes', [1_048_576, 1_099_511_627_776], 4_294_967_296).describe(
          'The stored bytes of uploads that are not imported yet.',
        ),
        perOwner: count(
          'MAX_UPLOAD_BYTES_PER_KEY',
          'bytes',
          [1_048_576, 1_099_511_627_776],
          1_073_741_824,
        ).describe('The same, of one key or person of the identity provider.'),
      }),
    }),
  },
  'Retention (empty: for ever)': {
    retention: z.object({
      calls: retentionDays('RETENTION_CALLS_DAYS').describe(
        'How long calls are kept. Old calls that moved money stay, without the number.',
      ),
      events: retentionDays('RETENTION_EVENTS_DAYS').describe(
        'How long events are kept. They are dropped by whole partitions of ten million.',
      ),
      audit: retentionDays('RETENTION_AUDIT_DAYS').describe(
        'How long the audit trail is kept. It is dropped by whole partitions of a million entries.',
      ),
    }),
  },
  'Connections and shutdown': {
    drainNoticeSeconds: count('DRAIN_NOTICE_SECONDS', 'seconds', [0, 600], 2).describe(
      'How long a shutdown by SIGTERM reports "not ready" at /readyz before it closes the port. Set it a little longer than the load balancer takes to notice; 0 without one.',
    ),
    drainSeconds: count('DRAIN_SECONDS', 'seconds', [0, 600], 10).describe(
      'How long a shutdown waits for requests in progress.',
    ),
    drainSpreadSeconds: count('DRAIN_SPREAD_SECONDS', 'seconds', [0, 600], 2).describe(
      'Over how many seconds a shutdown asks the clients of sockets and streams to reconnect, so that they do not all return at once.',
    ),
    heartbeatSeconds: count('HEARTBEAT_SECONDS', 'seconds', [1, 600], 12).describe(
      'How often each WebSocket client is pinged. A client that does not answer before the next ping is disconnected.',
    ),
    slowClientSeconds: count('SLOW_CLIENT_SECONDS', 'seconds', [1, 600], 10).describe(
      'A client that reads nothing of what is sent to it is disconnected after this time (WebSockets with code 4413). It resumes by its cursor.',
    ),
    maxUnsentBytes: count('MAX_UNSENT_BYTES', 'bytes', [65_536, 104_857_600], 4_194_304).describe(
      'A client is disconnected at once when this much of what it requested is waiting to be sent.',
    ),
  },
};

type Every<Union> = (Union extends unknown ? (each: Union) => void : never) extends (every: infer All) => void
  ? All
  : never;

/** All topics together: the interface of the settings, their defaults and their checks. */
export const settingsSchema = z.object(
  Object.assign({}, ...Object.values(TOPICS)) as Every<(typeof TOPICS)[keyof typeof TOPICS]>,
);
