import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import { type Client, createClient } from '../../src/client/client.ts';
import { type ApiKeyRole, CreateApiKeyDocument } from '../../src/client/operations.ts';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { readSettings, type Settings } from '../../src/server/settings/settings.ts';
import { type RunningServer, type StartOverrides, startServer } from '../../src/server/start.ts';
import { makeActiveCards, makeCards, makePartner } from './cards.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { useFixture } from './fixture.ts';
import { leakDetector, watchedLogger } from './leak-detector.ts';

/** A card as a client knows it, and its id in the tables. */
export interface ApiCard {
  readonly id: string;
  readonly serial: string;
  readonly uuid: string;
}

export interface ApiBatch {
  readonly id: string;
  readonly cards: readonly ApiCard[];
}

/** A partner with a client of its own, 100 EUR in its wallet and a batch of six active cards of 5 EUR. */
export interface TestPartner {
  readonly id: string;
  readonly uuid: string;
  readonly client: Client;
  readonly batch: ApiBatch;
}

/** The real server on a database of its own, and one client for each role. */
export interface Api {
  readonly url: string;
  readonly db: TestDatabase;
  /** For another instance on its database. */
  readonly settings: Settings;
  readonly administrator: Client;
  readonly ivr: Client;
  readonly partner: TestPartner;
  /** Another partner, whose things are nobody else's. */
  readonly rival: TestPartner;
  /** Cards straight into the tables, active unless said otherwise. */
  cards(options: CardOptions): Promise<ApiBatch>;
  /** A new API key. */
  secret(role: ApiKeyRole, partnerId?: string): Promise<string>;
  stop(): Promise<void>;
}

type CardOptions = Parameters<typeof makeCards>[1] & { active?: boolean };

export interface ApiOptions {
  readonly environment?: Record<string, string>;
  readonly overrides?: StartOverrides;
}

/** The server of a test file, up around its hooks and tests. A function is asked for the options when it starts. */
export function useApi(options: ApiOptions | (() => ApiOptions) = {}): Api {
  return useFixture({
    start: () => startApi(typeof options === 'function' ? options() : options),
    stop: (api) => api.stop(),
  });
}

/** Another instance on the database of a server, up around the file's hooks and tests. */
export function useInstance(api: Api, changes: Partial<Settings> = {}): RunningServer {
  return useFixture({ start: () => startInstanceBeside(api, changes), stop: (instance) => instance.close() });
}

/** The same for a part of a test, which closes it. */
export function startInstanceBeside(
  { settings }: Api,
  changes: Partial<Settings> = {},
): Promise<RunningServer> {
  return startServer({ ...settings, ...changes }, { logger: watchedLogger });
}

/** The same for a part of a test, which stops it. */
export async function startApi({ environment, overrides }: ApiOptions = {}): Promise<Api> {
  const db = await createTestDatabase();
  const { sql } = db.database;
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'cardline-api-'));
  // A database with a rate group gets no seed: fifty thousand rates would cost each test file seconds.
  await sql`INSERT INTO rate_groups (id, name, currency) VALUES (${uuidV7()}, 'First', 'EUR')`;
  const given = {
    DATABASE_URL: db.url,
    PORT: '0',
    LOG_LEVEL: 'error',
    CARDLINE_MASTER_KEY: randomBytes(32).toString('base64'),
    CARDLINE_DATA_DIR: dataFolder,
    CARDLINE_DEFAULT_COUNTRY: 'IT',
    DRAIN_SECONDS: '1',
    DRAIN_NOTICE_SECONDS: '0',
    // Tests read the PINs of their cards, in use, as often as they need them.
    PIN_REVEALS_A_DAY: '1000',
    PIN_REVEALS_A_DAY_IN_ALL: '1000',
    ...environment,
  };
  leakDetector.addMasterKeys(given);
  const settings = readSettings(given);
  return connect(await startServer(settings, { logger: watchedLogger, ...overrides }), { db, settings });
}

async function connect(
  { url, firstKeyFile = '', close }: RunningServer,
  { db, settings }: Pick<Api, 'db' | 'settings'>,
): Promise<Api> {
  const { sql } = db.database;
  const clients: Client[] = [];
  const open = (key: string) => {
    const client = createClient({ url, key });
    clients.push(client);
    return client;
  };
  const administrator = open((await readFile(firstKeyFile, 'utf8')).trim());
  await rm(path.dirname(firstKeyFile), { recursive: true });

  const secret = async (role: ApiKeyRole, partnerId?: string) => {
    const { result } = await administrator.request(CreateApiKeyDocument, {
      input: { name: `Test ${role}`, role, ...(partnerId && { partnerId }) },
    });
    if (result.__typename !== 'CreateApiKeyPayload') throw new Error(result.message);
    return result.secret;
  };
  const cards = async ({ active = true, ...options }: CardOptions): Promise<ApiBatch> => {
    const made = await (active ? makeActiveCards : makeCards)(sql, options);
    return {
      id: toGlobalId('CardBatch', made.batchId),
      cards: made.cards.map(({ id, serial }) => ({ id: toGlobalId('Card', id), serial, uuid: id })),
    };
  };
  const newPartner = async (): Promise<TestPartner> => {
    const uuid = await makePartner(sql, 100_000_000n);
    const id = toGlobalId('Partner', uuid);
    const batch = await cards({ count: 6, partnerId: uuid });
    return { id, uuid, client: open(await secret('PARTNER', id)), batch };
  };

  return {
    url,
    db,
    settings,
    administrator,
    ivr: open(await secret('SWITCH')),
    partner: await newPartner(),
    rival: await newPartner(),
    cards,
    secret,
    stop: async () => {
      await Promise.all(clients.map((each) => each.close()));
      await close();
      await db.drop();
    },
  };
}

/** The card of a batch at a place. */
export function nth({ cards }: ApiBatch, place: number): ApiCard {
  const card = cards[place];
  if (!card) throw new Error(`The batch has only ${cards.length} cards.`);
  return card;
}

export const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** A key for one request. */
export const newKey = () => uuidV7();
