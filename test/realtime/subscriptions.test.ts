import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  AdjustCardBalanceDocument,
  DeactivateCardsDocument,
  LockCardDocument,
  RechargeCardDocument,
  ReverseRechargeDocument,
  UnlockCardDocument,
  UpdateCardBatchDocument,
} from '../../src/client/operations.ts';
import type { Role } from '../../src/domain/access/role.ts';
import { encodeCursor } from '../../src/realtime/cursor.ts';
import { createServices } from '../../src/server/services.ts';
import { ensureEventPartitions } from '../../src/store/events/event-log.ts';
import { dropOldPartitions } from '../../src/store/postgres/partition-retention.ts';
import { relations } from '../../src/store/schema/relations.ts';
import { raiseAlerts } from '../../src/store/security/security-alerts.ts';
import { type ApiBatch, type ApiCard, euros, newKey, nth, type TestPartner, useApi } from '../harness/api.ts';
import { orderBatch } from '../harness/batches.ts';
import { openFeed, type Transport } from '../harness/network/feed.ts';
import { furnish, type Owner, tracesOf } from '../harness/owners.ts';
import { cursorAt, headPosition, positionIn } from '../harness/positions.ts';
import { succeeded } from '../harness/refusals.ts';

const TRANSPORTS: readonly Transport[] = ['WebSocket', 'SSE'];

const EVENT = 'cursor at actor { kind actorId name }';
const MONEY = '{ amount currency }';
const CARD = `serials { from to count } card {
  cardId serial version state balance ${MONEY} held ${MONEY} available ${MONEY} validUntil graceUntil lockReason unlockAt }`;

/** Each subscription with all that it tells without a look-up, and the field of the feed that tells the same. */
const SUBSCRIPTIONS = {
  cardBalanceChanged: {
    selection: `${EVENT} ${CARD} change ${MONEY} balance ${MONEY} held ${MONEY} version`,
  },
  cardLockChanged: { selection: `${EVENT} ${CARD} locked reason note unlockAt` },
  cardStateChanged: { selection: `${EVENT} ${CARD} cause before state reason` },
  rechargeMade: {
    selection: `${EVENT} ${CARD} kind amount ${MONEY} transferId payerId walletBalanceAfter ${MONEY}`,
  },
  lowBalance: { selection: `${EVENT} ${CARD} threshold ${MONEY} balance ${MONEY}` },
  callActivity: {
    selection: `${EVENT} ${CARD} type switchCallId state destination refusal grantedSeconds limit usedSeconds charge ${MONEY}`,
  },
  cardBatchProgress: { selection: `${EVENT} cardBatchId state made total cardsPerSecond secondsLeft` },
  securityAlerts: { selection: `${EVENT} kind message cardId partnerId`, view: 'securityAlert' },
} as const satisfies Record<string, { selection: string; view?: string }>;

type Name = keyof typeof SUBSCRIPTIONS;
type Item = { readonly cursor: string } & Record<string, unknown>;

const NAMES = Object.keys(SUBSCRIPTIONS) as Name[];
const viewOf = (name: Name) => (name === 'securityAlerts' ? 'securityAlert' : name);

/** Statements sent to look up what events do not tell. */
const lookUps: string[] = [];
let screens: postgres.Sql;
const api = useApi({
  overrides: {
    createServices: (ground) => {
      const debug = (_connection: number, query: string) => lookUps.push(query);
      screens = postgres(ground.settings.databaseUrl ?? '', { max: 2, debug });
      const database = { ...ground.database, drizzle: drizzle({ client: screens, relations }) };
      return createServices({ ...ground, database });
    },
  },
});
let own: Owner;
let rival: Owner;
/** Before all that this file causes. */
let start: string;
const keys = new Map<Role, string>();
const keyOf = (role: Role) => keys.get(role) ?? '';

beforeAll(async () => {
  start = cursorAt(await headPosition(api.db.database.sql));
  own = await furnish(api, api.partner);
  rival = await furnish(api, api.rival);
  for (const owner of [own, rival]) await cause(owner);
  for (const role of ['ADMINISTRATOR', 'SUPPORT', 'AUDITOR', 'SWITCH'] as const) {
    keys.set(role, await api.secret(role));
  }
  keys.set('PARTNER', await api.secret('PARTNER', api.partner.id));
  keys.set('CARDHOLDER', own.session);
}, 60_000);
afterAll(async () => {
  await screens.end();
});

/** Everything that a subscription tells of, with the cards of one owner. */
async function cause({ partner, batch, card }: Owner): Promise<void> {
  const { administrator } = api;
  const named = { card: { id: card.id } };
  const change = { id: batch.id, lowBalanceThreshold: '2' };
  succeeded((await administrator.request(UpdateCardBatchDocument, { input: change })).result);
  const recharge = { ...named, amount: euros('10'), idempotencyKey: newKey() };
  const { transfer } = succeeded(
    (await partner.client.request(RechargeCardDocument, { input: recharge })).result,
  );
  const reversal = { rechargeId: transfer.id, reason: 'test', idempotencyKey: newKey() };
  succeeded((await administrator.request(ReverseRechargeDocument, { input: reversal })).result);
  const spare = { card: { id: nth(batch, 2).id } };
  const taken = { ...spare, amount: euros('-3.50'), reason: 'test', idempotencyKey: newKey() };
  succeeded((await administrator.request(AdjustCardBalanceDocument, { input: taken })).result);
  succeeded(
    (await administrator.request(LockCardDocument, { input: { ...spare, reason: 'OPERATOR', note: 'n' } }))
      .result,
  );
  succeeded((await administrator.request(UnlockCardDocument, { input: spare })).result);
  await bulk(batch);
  const partnerId = partner.id;
  await orderBatch(api, { quantity: 3, partnerId });
  await api.db.database.sql.begin((tx) =>
    raiseAlerts(tx, [
      {
        kind: 'CARD_LOCKED_BY_FAILURES',
        subject: card.id,
        windowSeconds: 60,
        message: `Card ${card.serial} was tried.`,
        cardId: card.uuid,
        partnerId: partner.uuid,
      },
    ]),
  );
}

async function bulk(batch: ApiBatch): Promise<void> {
  const cards = { ids: [nth(batch, 1).id, nth(batch, 2).id] };
  succeeded((await api.administrator.request(DeactivateCardsDocument, { cards })).result);
  succeeded((await api.administrator.request(ActivateCardsDocument, { cards })).result);
}

interface Filter {
  readonly cardIds?: readonly string[];
  readonly batchId?: string;
  readonly partnerId?: string;
}

/** What the log has of a subscription's events, read page by page. */
async function logged(name: Name, key: string, filter: Filter = {}, after = start): Promise<Item[]> {
  const { selection } = SUBSCRIPTIONS[name];
  const query = `query ($after: Cursor, $filter: EventFilter) {
    events(after: $after, first: 100, filter: $filter) {
      endCursor hasMore items { cursor at actor { kind actorId name } ${viewOf(name)} { ${selection} } } } }`;
  const items: Item[] = [];
  for (let at = after, hasMore = true; hasMore; ) {
    const { data, errors } = await ask(query, { after: at, filter }, key);
    if (!data) throw new Error(JSON.stringify(errors));
    const page = pageOf(data);
    items.push(...page.items.flatMap((item) => (item[viewOf(name)] as Item | null) ?? []));
    ({ endCursor: at, hasMore } = page);
  }
  return items;
}

interface Page {
  readonly items: Item[];
  readonly endCursor: string;
  readonly hasMore: boolean;
}

const pageOf = (data: Answer['data']) => data?.events as unknown as Page;

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

async function ask(query: string, variables: object, key: string): Promise<Answer> {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json() as Promise<Answer>;
}

const ARGS = '$after: Cursor, $cardIds: [ID!], $batchId: ID, $partnerId: ID';
const GIVEN = 'after: $after, cardIds: $cardIds, batchId: $batchId, partnerId: $partnerId';

interface Wish {
  readonly transport: Transport;
  readonly key: string;
  readonly query: string;
  readonly variables: object;
}

/** The first so many items of a subscription, or the errors it ends with. */
function told(wish: Wish, count: number): Promise<{ items: Item[]; code?: string | undefined }> {
  const items: Item[] = [];
  return new Promise((resolve) => {
    const feed = openFeed(wish.transport, {
      ...wish,
      url: api.url,
      onData: (data) => {
        items.push(...(Object.values(data) as Item[]));
        if (items.length < count) return;
        feed.cut();
        resolve({ items });
      },
    });
    void feed.ended.then(({ errors }) => resolve({ items, code: errors?.[0]?.extensions?.code }));
  });
}

const subscription = (name: Name) =>
  `subscription (${ARGS}) { ${name}(${GIVEN}) { ${SUBSCRIPTIONS[name].selection} } }`;

const ROLES = ['ADMINISTRATOR', 'SUPPORT', 'AUDITOR', 'PARTNER', 'CARDHOLDER'] as const;
const isDenied = (name: Name, role: Role) =>
  (name === 'securityAlerts' && (role === 'PARTNER' || role === 'CARDHOLDER')) ||
  (name === 'cardBatchProgress' && role === 'CARDHOLDER');

describe.each(TRANSPORTS)('over %s', (transport) => {
  test.each(NAMES)('%s delivers to each role what the event log has for it', async (name) => {
    const query = subscription(name);
    lookUps.length = 0;
    for (const role of ROLES) {
      const wish = { transport, key: keyOf(role), query, variables: { after: start } };
      if (isDenied(name, role)) {
        expect([role, (await told(wish, 1)).code]).toEqual([role, 'FORBIDDEN']);
        continue;
      }
      const expected = await logged(name, keyOf(role));
      // The holder of a card that is locked is nobody any more.
      if (role === 'CARDHOLDER' && expected.length === 0) continue;
      expect([role, expected.length]).not.toEqual([role, 0]);
      expect((await told(wish, expected.length)).items).toEqual(expected);
    }
    expect(lookUps).toEqual([]);
    const wish = { transport, key: keyOf('SWITCH'), query, variables: { after: start } };
    expect((await told(wish, 1)).code).toBe('FORBIDDEN');
  });

  test.each(NAMES)('%s resumes after any cursor, its own or another subscription’s', async (name) => {
    const key = keyOf('ADMINISTRATOR');
    const all = await logged(name, key);
    const everything = (await Promise.all(NAMES.map((each) => logged(each, key)))).flat();
    const places = [...all.slice(0, -1), ...everything].map(({ cursor }) => cursor);
    const last = positionIn(all.at(-1)?.cursor ?? '');
    const some = places.filter((cursor, n) => n % 5 === 0 && positionIn(cursor) < last);
    expect(some.length).toBeGreaterThan(3);
    for (const after of some) {
      const rest = all.filter(({ cursor }) => positionIn(cursor) > positionIn(after));
      const wish = { transport, key, query: subscription(name), variables: { after } };
      expect((await told(wish, rest.length)).items).toEqual(rest);
    }
  });

  test.each(NAMES)('%s can be limited to cards, a batch or a partner', async (name) => {
    const key = keyOf('ADMINISTRATOR');
    const all = await logged(name, key);
    const ofOwn = (item: Item) => {
      const text = JSON.stringify(item);
      return [
        own.partner.id,
        own.batch.id,
        ...own.batch.cards.flatMap(({ id, serial }) => [id, serial]),
      ].some((trace) => text.includes(trace));
    };
    const filters: Filter[] = [
      { cardIds: [own.card.id, nth(own.batch, 1).id, nth(own.batch, 2).id] },
      { batchId: own.batch.id },
      { partnerId: own.partner.id, batchId: own.batch.id },
    ];
    const isOrdered = name === 'cardBatchProgress';
    for (const filter of filters) {
      const expected = isOrdered ? [] : all.filter(ofOwn);
      // A batch that was not made here was made by no order: it has no progress to tell.
      if (expected.length === 0) continue;
      const wish = { transport, key, query: subscription(name), variables: { after: start, ...filter } };
      const { items } = await told(wish, expected.length);
      const cursors = (of: readonly Item[]) => of.map(({ cursor }) => cursor);
      expect(cursors(items)).toEqual(cursors(expected));
    }
    if (!isOrdered) return;
    const ordered = all.map(({ cardBatchId }) => cardBatchId as string);
    const [batchId = ''] = ordered;
    const expected = all.filter(({ cardBatchId }) => cardBatchId === batchId);
    expect(new Set(ordered).size).toBeGreaterThan(1);
    const wish = { transport, key, query: subscription(name), variables: { after: start, batchId } };
    expect((await told(wish, expected.length)).items).toEqual(expected);
  });

  test('the whole feed is the event log as each role may see it, without a gap between stored and live events', async () => {
    const fields =
      'cursor at type actor { kind actorId name } serials { from to count } reason note number change { amount }';
    const query = `subscription ($after: Cursor, $filter: EventFilter) { events(after: $after, filter: $filter) { ${fields} } }`;
    const page = `query ($after: Cursor) { events(after: $after, first: 100) { hasMore endCursor items { ${fields} } } }`;
    for (const role of ROLES) {
      const key = keyOf(role);
      const { data } = await ask(page, { after: start }, key);
      const { items, hasMore } = pageOf(data);
      expect([role, hasMore]).toEqual([role, false]);
      const watching = told({ transport, key, query, variables: { after: start } }, items.length + 1);
      await touch(own.card);
      const seen = (await watching).items;
      expect(seen.slice(0, -1)).toEqual(items);
      expect(seen.at(-1)).toMatchObject({ type: 'CARD_BALANCE_ADJUSTED', change: { amount: '0.01' } });
      const types = new Set(seen.map(({ type }) => type));
      expect([role, types.has('SECURITY_ALERT')]).toEqual([role, !['PARTNER', 'CARDHOLDER'].includes(role)]);
      expect([role, types.has('BATCH_CHANGED')]).toEqual([role, role !== 'CARDHOLDER']);
    }
  });

  test('a partner and a cardholder see nothing of others', async () => {
    const traces = await tracesOf(api, api.rival.uuid);
    for (const role of ['PARTNER', 'CARDHOLDER'] as const) {
      const seen = await Promise.all(
        NAMES.filter((name) => !isDenied(name, role)).map(async (name) => {
          const { length } = await logged(name, keyOf(role));
          if (length === 0) return [];
          const wish = {
            transport,
            key: keyOf(role),
            query: subscription(name),
            variables: { after: start },
          };
          return (await told(wish, length)).items;
        }),
      );
      const text = JSON.stringify(seen);
      expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
      // Nor which of the operator's keys it was.
      const actors = new Set(seen.flat().map(({ actor }) => JSON.stringify(actor)));
      expect(actors).toContain('{"kind":"OPERATOR","actorId":null,"name":null}');
      expect(actors).toContain('{"kind":"SWITCH","actorId":null,"name":null}');
    }
  });

  test.each(NAMES)('%s refuses bad cursors, each with its code', async (name) => {
    const key = keyOf('ADMINISTRATOR');
    const head = await headPosition(api.db.database.sql);
    const codeOf = async (after: string) =>
      (await told({ transport, key, query: subscription(name), variables: { after } }, 1)).code;
    expect(await codeOf('made up')).toBe('INVALID_CURSOR');
    expect(await codeOf(`${start}=`)).toBe('INVALID_CURSOR');
    expect(await codeOf(Buffer.from('event:007').toString('base64url'))).toBe('INVALID_CURSOR');
    expect(await codeOf(Buffer.from('event:7@0x').toString('base64url'))).toBe('INVALID_CURSOR');
    expect(await codeOf(cursorAt(head + 1_000n))).toBe('CURSOR_AHEAD');
    // The log has come as far, but with another event: that of the cursor was lost.
    expect(await codeOf(encodeCursor({ position: head, at: new Date(0) }))).toBe('CURSOR_AHEAD');
  });

  test('liveStats counts for one branch and for all partners', async () => {
    const query = `subscription ($partnerId: ID) { liveStats(partnerId: $partnerId) {
      callsInProgress authorizationsPerMinute locksPerMinute turnover { currency recharged { amount } } } }`;
    const wish = { transport, query, key: keyOf('ADMINISTRATOR'), variables: {} };
    const [all] = (await told(wish, 1)).items;
    expect(all).toMatchObject({ callsInProgress: 2 });
    const ofOne = { callsInProgress: 1 };
    expect((await told({ ...wish, variables: { partnerId: own.partner.id } }, 2)).items[1]).toMatchObject(
      ofOne,
    );
    expect((await told({ ...wish, key: keyOf('PARTNER') }, 1)).items[0]).toMatchObject(ofOne);
    const foreign = { ...wish, key: keyOf('PARTNER'), variables: { partnerId: rival.partner.id } };
    expect((await told(foreign, 1)).code).toBe('NOT_FOUND');
    for (const role of ['SWITCH', 'CARDHOLDER'] as const) {
      expect((await told({ ...wish, key: keyOf(role) }, 1)).code).toBe('FORBIDDEN');
    }
  });
});

async function touch({ id }: ApiCard): Promise<void> {
  const input = { card: { id }, amount: euros('0.01'), reason: 'test', idempotencyKey: newKey() };
  succeeded((await api.administrator.request(AdjustCardBalanceDocument, { input })).result);
}

test('an event type that a role may not see is refused, and pages have limits', async () => {
  const query = `query ($filter: EventFilter, $first: Int! = 20) {
    events(filter: $filter, first: $first) { items { cursor } } }`;
  const codeOf = async (variables: object, role: Role) =>
    (await ask(query, variables, keyOf(role))).errors?.[0]?.extensions?.code;
  expect(await codeOf({ filter: { types: ['SECURITY_ALERT'] } }, 'PARTNER')).toBe('FORBIDDEN');
  expect(await codeOf({ filter: { types: ['API_KEY_CREATED'] } }, 'SUPPORT')).toBe('FORBIDDEN');
  expect(await codeOf({ filter: { types: [] } }, 'ADMINISTRATOR')).toBe('INVALID_INPUT');
  expect(await codeOf({ first: 0 }, 'ADMINISTRATOR')).toBe('INVALID_INPUT');
  expect(await codeOf({ first: 101 }, 'ADMINISTRATOR')).toBe('INVALID_INPUT');
  expect(await codeOf({ filter: { batchId: rival.batch.id } }, 'PARTNER')).toBe('NOT_FOUND');
  expect(await codeOf({}, 'SWITCH')).toBe('FORBIDDEN');
});

test('lowBalance fires once for each crossing of the current threshold', async () => {
  const partner: TestPartner = api.partner;
  const batch = await api.cards({ count: 1, partnerId: partner.uuid, lowBalanceThreshold: 4_000_000n });
  const card = nth(batch, 0);
  const move = async (amount: string) => {
    const input = { card: { id: card.id }, amount: euros(amount), reason: 'test', idempotencyKey: newKey() };
    succeeded((await api.administrator.request(AdjustCardBalanceDocument, { input })).result);
  };
  const threshold = async (lowBalanceThreshold: string | null) => {
    const input = { id: batch.id, lowBalanceThreshold };
    succeeded((await api.administrator.request(UpdateCardBatchDocument, { input })).result);
  };
  await move('-1'); // 4: not below
  await move('-1'); // 3: told
  await move('-1'); // 2: was below
  await move('3'); // 5
  await threshold('6'); // crosses no card
  await move('2'); // 7
  await move('-2'); // 5: told
  await threshold(null);
  await move('5'); // 10
  await move('-9'); // 1
  const lows = await logged('lowBalance', keyOf('PARTNER'), { cardIds: [card.id] });
  expect(lows).toMatchObject([
    { threshold: euros('4.00'), balance: euros('3.00'), card: { version: 3 } },
    { threshold: euros('6.00'), balance: euros('5.00') },
  ]);
});

test('a cursor older than the kept events is refused as CURSOR_EXPIRED everywhere', async () => {
  const { sql } = api.db.database;
  // As if ten million events had passed.
  await ensureEventPartitions(sql);
  await sql`UPDATE event_head SET position = 9999999`;
  await touch(own.card);
  const last = 'SELECT position FROM event_head';
  const before = new Date(Date.now() + 60_000);
  await dropOldPartitions(sql, { name: 'events', size: 10_000_000, last, before });
  for (const name of NAMES) {
    for (const transport of TRANSPORTS) {
      const wish = {
        transport,
        key: keyOf('ADMINISTRATOR'),
        query: subscription(name),
        variables: { after: start },
      };
      expect([name, transport, (await told(wish, 1)).code]).toEqual([name, transport, 'CURSOR_EXPIRED']);
    }
  }
  const query = 'query ($after: Cursor) { events(after: $after) { items { cursor } endCursor hasMore } }';
  const { errors } = await ask(query, { after: start }, keyOf('ADMINISTRATOR'));
  expect(errors?.[0]?.extensions?.code).toBe('CURSOR_EXPIRED');
  expect(errors?.[0]?.message).toMatch(/load the present state by query, then subscribe without a cursor/);
  // Without one it begins with the oldest that is kept.
  const { data } = await ask(query, {}, keyOf('ADMINISTRATOR'));
  const { items, hasMore } = (data as { events: { items: { cursor: string }[]; hasMore: boolean } }).events;
  expect([items.map(({ cursor }) => positionIn(cursor)), hasMore]).toEqual([[10_000_000n], false]);
});
