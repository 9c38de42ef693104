import postgres from 'postgres';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { runningEmbedded } from '../../src/server/embedded-postgres/embedded-postgres.ts';
import { openDatabase } from '../../src/store/postgres/database.ts';
import { verify } from '../../src/store/verification.ts';
import { makeActiveCards } from '../harness/cards.ts';
import {
  createDataFolder,
  type ServerProcess,
  startServerProcess,
} from '../harness/processes/server-process.ts';

const folder = await createDataFolder();
let server: ServerProcess;
let superuser: postgres.Sql;
let ownerUrl: string;
let card: string;

beforeAll(async () => {
  server = await startServerProcess({
    CARDLINE_DATA_DIR: folder.path,
    METRICS_TOKEN: '0123456789abcdef-metrics',
  });
  const urls = await runningEmbedded(folder.path);
  ownerUrl = urls?.ownerUrl ?? '';
  superuser = postgres(urls?.superuserUrl ?? '', { max: 1, onnotice: () => {} });
}, 120_000);
afterAll(async () => {
  await superuser.end();
  await server.stop('SIGTERM');
  await folder.remove();
});

async function onDatabase<Result>(work: (sql: ReturnType<typeof openDatabase>['sql']) => Promise<Result>) {
  const database = openDatabase({ url: ownerUrl, maxConnections: 2 });
  try {
    return await work(database.sql);
  } finally {
    await database.close();
  }
}

const headers = () => ({
  authorization: `Bearer ${server.firstKey()}`,
  'content-type': 'application/json',
});
const RECHARGE = `mutation ($input: RechargeCardInput!) {
  rechargeCard(input: $input) { __typename ... on RechargeCardPayload { balance { amount } } }
}`;

async function recharge(idempotencyKey: string) {
  const amount = { amount: '1.00', currency: 'EUR' };
  const input = { card: { id: toGlobalId('Card', card) }, amount, idempotencyKey };
  const response = await fetch(server.url, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ query: RECHARGE, variables: { input } }),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

const readiness = async () => (await fetch(new URL('/readyz', server.url))).status;
const isUp = async () => {
  const response = await fetch(new URL('/metrics', server.url), {
    headers: { authorization: 'Bearer 0123456789abcdef-metrics' },
  });
  return / (\d)/.exec((await response.text()).match(/^cardline_database_up .*$/m)?.[0] ?? '')?.[1];
};
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 200 });

async function setServer(name: string, value: string): Promise<void> {
  await superuser.unsafe(`ALTER SYSTEM SET ${name} = '${value}'`);
  await superuser`SELECT pg_reload_conf()`;
}

const UNAVAILABLE = {
  status: 503,
  errors: [{ extensions: { code: 'UNAVAILABLE', retryable: true } }],
};
const recharged = (amount: string) => ({
  data: { rechargeCard: { __typename: 'RechargeCardPayload', balance: { amount } } },
});

describe('a database that takes no writes for a while', { timeout: 180_000 }, () => {
  beforeEach(async () => {
    [card = ''] = await onDatabase(async (sql) =>
      (await makeActiveCards(sql, { count: 1 })).cards.map(({ id }) => id),
    );
  });

  test.each([
    ['read-only, as after a failover', ['default_transaction_read_only', 'on', 'off'], 'it is read-only'],
    ['whose synchronous standby is lost', ['synchronous_standby_names', 'lost', ''], 'a commit takes longer'],
  ] as const)(
    '%s: not ready, refused as retryable, and done once after it',
    async (_case, setting, cause) => {
      const [name, during, after] = setting;
      expect(await readiness()).toBe(200);
      const key = uuidV7();
      await setServer(name, during);
      try {
        await eventually(async () => expect(await readiness()).toBe(503));
        expect(await recharge(key)).toMatchObject({ errors: [{ extensions: { retryable: true } }] });
        await eventually(async () => expect(await isUp()).toBe('0'));
      } finally {
        await setServer(name, after);
      }
      await eventually(async () => expect(await readiness()).toBe(200));
      await eventually(async () => expect(await isUp()).toBe('1'));
      await eventually(async () => expect(await recharge(key)).toMatchObject(recharged('6.00')));
      expect(await recharge(key)).toMatchObject(recharged('6.00'));
      const told = server
        .output()
        .split('\n')
        .filter((line) => line.includes(cause));
      expect(told).toHaveLength(1);
    },
  );

  test.each([
    ['a full disk', '53100'],
    ['no memory', '53200'],
    ['a fault of the storage', '58030'],
  ])('%s: refused as unavailable, and done once after it', async (_case, code) => {
    const key = uuidV7();
    await onDatabase((sql) =>
      sql.unsafe(`
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$;
        CREATE TRIGGER fail BEFORE INSERT ON transfers FOR EACH STATEMENT EXECUTE FUNCTION fail()`),
    );
    try {
      expect(await recharge(key)).toMatchObject(UNAVAILABLE);
    } finally {
      await onDatabase((sql) => sql.unsafe('DROP TRIGGER fail ON transfers; DROP FUNCTION fail'));
    }
    expect(await recharge(key)).toMatchObject(recharged('6.00'));
    expect(await recharge(key)).toMatchObject(recharged('6.00'));
  });

  test('nothing was lost or done twice', async () => {
    expect((await onDatabase((sql) => verify(sql))).discrepancies).toEqual([]);
  });
});
