import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  type AuthenticateCardInput,
  type CreateCardBatchInput,
  RedeemVoucherDocument,
} from '../../../src/client/operations.ts';
import { MasterKey } from '../../../src/store/keys/master-key.ts';
import { verify } from '../../../src/store/verification.ts';
import { euros, newKey, nth, useApi } from '../../harness/api.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../../harness/batches.ts';
import {
  runServerProcess,
  type ServerProcess,
  startInstance,
} from '../../harness/processes/server-process.ts';
import { succeeded } from '../../harness/refusals.ts';

const CARDS = 4_000;
const [FIRST, SECOND] = [randomBytes(32), randomBytes(32)];
const given = (newest: Buffer, ...older: Buffer[]) => ({
  CARDLINE_MASTER_KEY: newest.toString('base64'),
  CARDLINE_OLD_MASTER_KEYS: older.map((key) => key.toString('base64')).join(','),
});

// It has the second key too, and takes it for an older one: only who rotates says which is next.
const api = useApi({ environment: given(FIRST, SECOND) });
let cards: PrintedCard[];
let voucher: PrintedCard;
let young: PrintedCard[];
const servers: ServerProcess[] = [];
const clients: Client[] = [];

/** `cardline keys …` as a person types it. */
function keys(words: string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [path.resolve('dist/cli/cardline.js'), 'keys', ...words], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', DATABASE_URL: api.db.url, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code, said }));
  return { child, said: () => said, ended };
}

async function made(terms: Partial<CreateCardBatchInput>): Promise<PrintedCard[]> {
  const { cardBatch } = succeeded((await orderBatch(api, terms)).result);
  await batchEnded(api, cardBatch.id);
  await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  return printedCards(api, cardBatch.id);
}

async function startServers(environment: Record<string, string>): Promise<void> {
  const key = await api.secret('SWITCH');
  for (let n = 0; n < 2; n += 1) {
    const server = await startInstance(api.db.url, environment);
    servers.push(server);
    clients.push(createClient({ url: server.url, key }));
  }
}

async function stopServers(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await Promise.all(servers.splice(0).map((server) => server.stop('SIGTERM')));
}

beforeAll(async () => {
  // Cards of the harness are under no key that opens them.
  await api.db.database.sql`UPDATE cards SET pin_key_id = 0`;
  [cards, [voucher]] = [
    await made({ quantity: CARDS }),
    (await made({ type: 'VOUCHER', faceValue: euros('3'), quantity: 1 })) as [PrintedCard],
  ];
}, 60_000);
afterAll(async () => {
  await stopServers();
});

const authenticate = (client: Client | undefined, by: AuthenticateCardInput['by']) =>
  (client as Client).request(AuthenticateCardDocument, { input: { by } });

const redemption = newKey();
const redeem = (client: Client) =>
  client.request(RedeemVoucherDocument, {
    input: {
      card: { id: nth(api.partner.batch, 0).id },
      voucherPin: voucher.pin,
      idempotencyKey: redemption,
    },
  });

const countByKey = async () =>
  Object.fromEntries(
    (
      await api.db.database.sql<{ id: number; cards: number }[]>`
        SELECT pin_key_id AS id, count(*)::int AS cards FROM cards WHERE pin_key_id > 0 GROUP BY 1`
    ).map(({ id, cards: count }) => [id, count]),
  );

test('a key that not every server has is not taken into use, nor one that is not there', async () => {
  const old = new MasterKey(FIRST).name;
  const { code, said } = await keys(['rotate'], given(FIRST)).ended;
  expect([code, said]).toEqual([2, expect.stringContaining('CARDLINE_OLD_MASTER_KEYS')]);
  const status = await keys(['status'], given(SECOND, FIRST)).ended;
  expect(status.said).toMatch(new RegExp(`Key 1  ${old}  in use, ${CARDS + 1} cards`));
  expect(status.said).toContain(`New    ${new MasterKey(SECOND).name}`);
  expect(status.said).toMatch(new RegExp(`Server .* has ${old}, `));
  const server = await startInstance(api.db.url, given(FIRST));
  const refused = keys(['rotate'], given(SECOND, FIRST));
  expect(await refused.ended).toMatchObject({ code: 2, said: expect.stringContaining('Start them again') });
  await server.stop('SIGTERM');
  expect(await countByKey()).toEqual({ 1: CARDS + 1 });
}, 60_000);

test('under a steady load of two servers, with a kill in the middle, not one authentication fails', async () => {
  await startServers(given(SECOND, FIRST));
  const first = succeeded((await redeem(clients[0] as Client)).result);

  const load = startLoad();
  try {
    const killed = keys(['rotate'], given(SECOND, FIRST));
    await expect
      .poll(async () => (await countByKey())[2] ?? killed.said(), { timeout: 60_000, interval: 5 })
      .toBeGreaterThan(0);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await countByKey())[1]).toBeGreaterThan(0);

    const ordered = made({ quantity: 200 });
    // Unless a server has noticed first that nobody goes on.
    const resumed = await keys(['rotate'], given(SECOND, FIRST)).ended;
    expect(resumed).toMatchObject({ code: 0, said: expect.stringMatching(/retired/) });
    young = await ordered;
    const before = load.asked();
    await expect.poll(load.asked, { timeout: 30_000 }).toBeGreaterThan(before + 100);
  } finally {
    expect(await load.stop()).toEqual([]);
  }
  expect(await countByKey()).toEqual({ 2: CARDS + 201 });
  for (const { pin } of young.slice(0, 20)) succeeded((await authenticate(clients[0], { pin })).result);
  expect(succeeded((await redeem(clients[1] as Client)).result)).toEqual(first);
  const { discrepancies } = await verify(api.db.database.sql);
  expect(discrepancies).toEqual([
    { check: 'master keys', row: 'master key 0', problem: 'is unknown, but 12 cards use it' },
  ]);
}, 180_000);

/** Callers one after another on both servers, by PIN and by serial and PIN. */
function startLoad() {
  const failed: unknown[] = [];
  let [over, asked] = [false, 0];
  const workers = Array.from({ length: 16 }, async (_, worker) => {
    for (let n = worker; !over; n += 16) {
      const { pin, serial } = cards[n % cards.length] as PrintedCard;
      const by = n % 3 === 0 ? { serialAndPin: { serial, pin } } : { pin };
      const answer = await authenticate(clients[n % 2], by).catch((error) => error);
      asked += 1;
      if (answer.result?.__typename !== 'AuthenticateCardPayload') failed.push(answer);
    }
  });
  return {
    asked: () => asked,
    stop: async () => {
      over = true;
      await Promise.all(workers);
      return failed;
    },
  };
}

describe('after the rotation', () => {
  test('the old key opens nothing and starts no server; the new one alone does all', async () => {
    const { sql } = api.db.database;
    const old = new MasterKey(FIRST);
    const { pin } = cards[7] as PrintedCard;
    const rows = await sql<
      { id: string; cipher: Buffer }[]
    >`SELECT id, pin_cipher AS cipher FROM cards WHERE pin_key_id = 2`;
    expect(rows.length).toBeGreaterThanOrEqual(CARDS);
    for (const { id, cipher } of rows) expect(() => old.vault.open(cipher, id)).toThrow();
    expect(await sql`SELECT FROM cards WHERE pin_digest = ${old.vault.digest(pin)}`).toHaveLength(0);
    expect(await sql`SELECT FROM key_checks WHERE key_id = 1 AND voucher_secret IS NULL`).toHaveLength(1);

    await stopServers();
    const wrong = await runServerProcess({ DATABASE_URL: api.db.url, ...given(FIRST) });
    expect([wrong.code, wrong.output]).toEqual([2, expect.stringContaining(new MasterKey(SECOND).name)]);
    await startServers(given(SECOND));
    succeeded((await authenticate(clients[0], { pin })).result);
    expect((await authenticate(clients[0], { pin: '00000000000000' })).result.__typename).toBe(
      'AuthenticationRefusedError',
    );
  }, 60_000);

  test('rotating once more changes nothing', async () => {
    const { code, said } = await keys(['rotate'], given(SECOND, FIRST)).ended;
    expect([code, said]).toEqual([0, expect.stringContaining('is retired')]);
  });
});
