import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import {
  AuthenticateCardDocument,
  CreateApiKeyDocument,
  CreatePartnerDocument,
  LockCardDocument,
  RechargeCardDocument,
  RevokeApiKeyDocument,
  SuspendPartnerDocument,
} from '../../src/client/operations.ts';
import { fromGlobalId } from '../../src/graphql/core/global-id.ts';

import {
  type ApiCard,
  euros,
  newKey,
  nth,
  startInstanceBeside,
  useApi,
  useInstance,
} from '../harness/api.ts';
import { type Feed, openFeed, type Transport } from '../harness/network/feed.ts';
import { cursorAt, headPosition, positionIn } from '../harness/positions.ts';
import { succeeded } from '../harness/refusals.ts';

const api = useApi({ environment: { DRAIN_SPREAD_SECONDS: '1' } });
/** Two instances on one database. */
const second = useInstance(api);

const TRANSPORTS: readonly Transport[] = ['WebSocket', 'SSE'];
const QUERY = `subscription ($after: Cursor) { cardBalanceChanged(after: $after) { cursor } }`;

interface Open {
  readonly transport: Transport;
  readonly positions: bigint[];
  readonly feed: Feed;
}

function open(transport: Transport, url: string, key: string, after: bigint): Open {
  const positions: bigint[] = [];
  const feed = openFeed(transport, {
    url,
    key,
    query: QUERY,
    variables: { after: cursorAt(after) },
    onData: (data) => positions.push(positionIn((data.cardBalanceChanged as { cursor: string }).cursor)),
  });
  return { transport, positions, feed };
}

/** One feed of a key over each transport on each instance, all of them told of something already. */
async function openEverywhere(key: string, card: ApiCard): Promise<Open[]> {
  const head = await headPosition(api.db.database.sql);
  const feeds = [api.url, second.url].flatMap((url) =>
    TRANSPORTS.map((transport) => open(transport, url, key, head)),
  );
  await recharge(card);
  for (const { positions } of feeds)
    await vi.waitFor(() => expect(positions).toHaveLength(1), { timeout: 20_000 });
  return feeds;
}

const recharge = async ({ id }: ApiCard) =>
  succeeded(
    (
      await api.administrator.request(RechargeCardDocument, {
        input: { card: { id }, amount: euros('5'), idempotencyKey: newKey() },
      })
    ).result,
  );

/** All of them end, over WebSocket with the code that says why. The time is told and not judged. */
async function expectEnd(name: string, feeds: readonly Open[], since = performance.now()): Promise<void> {
  for (const { transport, feed } of feeds) {
    expect(await feed.ended).toEqual(transport === 'SSE' ? {} : { code: 4403 });
  }
  console.log(`${name}: all were closed after ${((performance.now() - since) / 1_000).toFixed(1)} s`);
}

describe('open subscriptions end on every instance and over every transport', () => {
  test('when its key expires', async () => {
    const expiresAt = new Date(Date.now() + 8_000);
    const input = { name: 'Short', role: 'SUPPORT' as const, expiresAt: expiresAt.toISOString() };
    const { result } = await api.administrator.request(CreateApiKeyDocument, { input });
    const feeds = await openEverywhere(succeeded(result).secret, nth(api.partner.batch, 0));
    await expectEnd('Expiry', feeds, performance.now() + expiresAt.getTime() - Date.now());
  });

  test('when its key is revoked', async () => {
    const input = { name: 'Gone', role: 'SUPPORT' as const };
    const { result } = await api.administrator.request(CreateApiKeyDocument, { input });
    const { secret, apiKey } = succeeded(result);
    const feeds = await openEverywhere(secret, nth(api.partner.batch, 0));
    const since = performance.now();
    succeeded((await api.administrator.request(RevokeApiKeyDocument, { id: apiKey.id })).result);
    await expectEnd('Revocation', feeds, since);
  });

  test('when its partner is suspended, or one above that', async () => {
    const below = async (name: string, parentId: string) => {
      const input = { name, currency: 'EUR', parentId };
      return succeeded((await api.administrator.request(CreatePartnerDocument, { input })).result).partner.id;
    };
    const middle = await below('Middle', api.rival.id);
    const low = await below('Low', middle);
    const cards = await api.cards({ count: 2, partnerId: fromGlobalId('Partner', low) });
    const lowest = await openEverywhere(await api.secret('PARTNER', low), nth(cards, 0));
    const between = await openEverywhere(await api.secret('PARTNER', middle), nth(cards, 0));
    const top = await openEverywhere(await api.secret('PARTNER', api.rival.id), nth(cards, 0));
    const since = performance.now();
    succeeded((await api.administrator.request(SuspendPartnerDocument, { id: middle })).result);
    await expectEnd('Suspension', [...lowest, ...between], since);
    // The one above goes on.
    await recharge(nth(cards, 1));
    for (const { positions } of top)
      await vi.waitFor(() => expect(positions).toHaveLength(2), { timeout: 20_000 });
    for (const { feed } of top) feed.cut();
  });

  test("when a cardholder's session ends", async () => {
    const card = nth(api.partner.batch, 1);
    const ani = '+390655520001';
    await api.db.database.sql`
      INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${card.uuid}, now())`;
    const { result } = await api.ivr.request(AuthenticateCardDocument, { input: { by: { ani } } });
    const feeds = await openEverywhere(succeeded(result).token, card);
    const since = performance.now();
    const lock = { card: { id: card.id }, reason: 'REPORTED_LOST' as const };
    succeeded((await api.administrator.request(LockCardDocument, { input: lock })).result);
    await expectEnd('Session', feeds, since);
  });
});

test('a shutdown disconnects clients a few at a time, each after its last event, and they lose no event', async () => {
  const leaving = await startInstanceBeside(api);
  const { sql } = api.db.database;
  const key = await api.secret('ADMINISTRATOR');
  const start = await headPosition(sql);
  const open40 = Array.from({ length: 40 }, (_, n) =>
    open(n % 2 === 0 ? 'WebSocket' : 'SSE', leaving.url, key, start),
  );
  let over = false;
  const writing = (async () => {
    while (!over) {
      await recharge(nth(api.partner.batch, 2));
      await delay(1);
    }
  })();
  for (const { positions } of open40)
    await vi.waitFor(() => expect(positions.length).toBeGreaterThan(0), { timeout: 20_000 });
  const closing = leaving.close();
  for (const { feed, transport } of open40) {
    expect(await feed.ended).toEqual(transport === 'SSE' ? {} : { code: 1012 });
  }
  await closing;
  over = true;
  await writing;

  // Those who left last were told of what those who left first were no longer told of.
  const lasts = open40.map(({ positions }) => positions.at(-1) ?? start);
  expect(new Set(lasts).size).toBeGreaterThan(1);
  const logged = await sql<{ position: bigint }[]>`
    SELECT position FROM events WHERE type = 'CARD_RECHARGED' AND position > ${start.toString()}::bigint
    ORDER BY position`;
  const all = logged.map(({ position }) => position);
  for (const { transport, positions } of open40) {
    const rest = open(transport, second.url, key, positions.at(-1) ?? start);
    await vi.waitFor(() => expect([...positions, ...rest.positions]).toEqual(all), { timeout: 20_000 });
    rest.feed.cut();
  }
}, 60_000);
