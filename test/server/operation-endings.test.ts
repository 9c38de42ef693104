import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { stopLateResolvers } from '../../src/graphql/core/deadline.ts';
import { jsonBytes } from '../../src/server/pipeline/response-size.ts';
import { type Api, euros, newKey, startApi } from '../harness/api.ts';
import {
  authorization,
  startTestHttpServer,
  type TestHttpServer,
  testViewer,
} from '../harness/http-server.ts';
import { openSocket } from '../harness/network/web-socket.ts';

/** The machine may be busy. */
const TIMEOUTS = { timeout: 30_000 };
const servers: { drain(): Promise<void> }[] = [];
const apis: Api[] = [];
afterAll(async () => {
  await Promise.all(servers.map((each) => each.drain()));
  await Promise.all(apis.map((each) => each.stop()));
});

type Answer = { data?: unknown; errors?: { message: string; extensions?: Record<string, unknown> }[] };

/** A gate that resolvers wait at until the test opens it. */
function newGate() {
  let open: (value: string) => void = () => {};
  const opened = new Promise<string>((resolve) => {
    open = resolve;
  });
  const waiting: string[] = [];
  return { open: () => open('opened'), opened, waiting };
}

/** Resolvers that wait, children that note that they began, and texts of any length. */
function gatedSchema({ opened, waiting }: ReturnType<typeof newGate>, begun: string[]): GraphQLSchema {
  const Child = new GraphQLObjectType({
    name: 'Child',
    fields: {
      name: {
        type: GraphQLString,
        resolve: (name: string) => {
          begun.push(name);
          return name;
        },
      },
    },
  });
  const wait = {
    type: Child,
    args: { name: { type: GraphQLString } },
    resolve: async (_root: unknown, { name }: { name?: string }) => {
      waiting.push(name ?? '');
      await opened;
      return name;
    },
  };
  const length = { length: { type: new GraphQLNonNull(GraphQLInt) } };
  const text = (_root: unknown, given: { length: number }) => 'ä'.repeat(given.length);
  return stopLateResolvers(
    new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: { wait, text: { type: GraphQLString, args: length, resolve: text } },
      }),
      mutation: new GraphQLObjectType({
        name: 'Mutation',
        fields: { wait, text: { type: GraphQLString, args: length, resolve: text } },
      }),
      subscription: new GraphQLObjectType({
        name: 'Subscription',
        fields: {
          text: {
            type: GraphQLString,
            args: length,
            async *subscribe(_root, { length: count }) {
              yield count;
            },
            resolve: text,
          },
        },
      }),
    }),
  );
}

type Options = NonNullable<Parameters<typeof startTestHttpServer>[0]>;

async function startGated(environment: Record<string, string>, options: Options = {}) {
  const gate = newGate();
  const begun: string[] = [];
  const server = await startTestHttpServer({ schema: gatedSchema(gate, begun), environment, ...options });
  servers.push(server);
  return { server, gate, begun };
}

const post = (server: TestHttpServer, body: unknown, headers: Record<string, string> = {}) =>
  server.fetch({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const ask = async (server: TestHttpServer, query: string, headers = {}) =>
  (await (await post(server, { query }, headers)).json()) as Answer;

async function overSocket(server: TestHttpServer, query: string): Promise<Answer> {
  const socket = await openSocket(server.url);
  socket.send({ type: 'connection_init', payload: { authorization } });
  await socket.next();
  socket.send({ id: '1', type: 'subscribe', payload: { query } });
  const { type, payload } = (await socket.next()) as { type: string; payload: unknown };
  socket.close();
  return type === 'error' ? { errors: payload as NonNullable<Answer['errors']> } : (payload as Answer);
}

async function overSse(server: TestHttpServer, query: string): Promise<Answer> {
  const response = await post(server, { query }, { accept: 'text/event-stream' });
  const [, data = ''] = /event: next\ndata: (.*)/.exec(await response.text()) ?? [];
  return JSON.parse(data) as Answer;
}

describe('when the time of an operation is over', () => {
  test.each(['query', 'mutation'])('no resolver of it begins any more: %s', async (kind) => {
    const { server, gate, begun } = await startGated({ OPERATION_SECONDS: '1' });
    const answer = await ask(server, `${kind} { a: wait(name: "a") { name } b: wait(name: "b") { name } }`);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'OPERATION_TIMEOUT' } }]);
    gate.open();
    // What comes after it on the same server has its own time.
    const later = await ask(server, '{ wait(name: "later") { name } }');
    expect(later).toEqual({ data: { wait: { name: 'later' } } });
    expect(begun).toEqual(['later']);
    expect(gate.waiting).not.toContain(kind === 'mutation' ? 'b' : 'none');
  });

  // Five seconds: the locked row gives up after seven, and then the list would end by itself.
  test('a list stops where it is, and is taken up under its key', async () => {
    const api = await startApi({ environment: { OPERATION_SECONDS: '5' } });
    apis.push(api);
    const { sql } = api.db.database;
    const { cards } = await api.cards({ count: 250, partnerId: null });
    const rows = cards.map(({ serial }, n) => ({ key: `${n}`, card: { serial }, amount: euros('1') }));
    const key = await api.secret('ADMINISTRATOR');
    const variables = { input: { idempotencyKey: newKey(), rows } };
    const query = `mutation ($input: RechargeCardsInput!) { rechargeCards(input: $input) { ... on RechargeCardsPayload { recharged } } }`;
    const send = async () => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      const body = JSON.stringify({ query, variables });
      return (await (await fetch(api.url, { method: 'POST', headers, body })).json()) as Answer;
    };
    const recharged = async () => {
      const [row] = await sql<{ count: number }[]>`
        SELECT count(*)::int AS count FROM transfers WHERE kind = 'RECHARGE' AND card_id = ANY(${cards.map((each) => each.uuid)}::uuid[])`;
      return row?.count;
    };
    await sql.begin(async (tx) => {
      await tx`SELECT FROM cards WHERE id = ${cards[150]?.uuid ?? ''} FOR UPDATE`;
      expect((await send()).errors).toMatchObject([
        {
          extensions: { code: 'OPERATION_TIMEOUT' },
          message: expect.stringContaining('same idempotency key'),
        },
      ]);
    });
    // It ends where it is: behind the hundred that waited for the card.
    await vi.waitFor(
      async () =>
        expect(
          await sql`SELECT FROM audit_entries WHERE operation = 'rechargeCards' AND outcome = 'OPERATION_TIMEOUT'`,
        ).toHaveLength(1),
      TIMEOUTS,
    );
    expect(await recharged()).toBeLessThanOrEqual(200);
    expect(await send()).toEqual({ data: { rechargeCards: { recharged: 250 } } });
    expect(await recharged()).toBe(250);
  }, 120_000);
});

describe('an answer that is too large', () => {
  const transports = [
    ['HTTP', ask],
    [
      'HTTP by Yoga',
      (server: TestHttpServer, query: string) => ask(server, query, { accept: '*/*', 'x-a': 'b' }),
    ],
    ['SSE', overSse],
    ['WebSocket', overSocket],
  ] as const;
  const limited = startGated({ MAX_RESPONSE_BYTES: '65536' });

  test.each(transports)('is refused over %s, and the largest is not', async (_name, through) => {
    const { server } = await limited;
    // {"data":{"text":"…"}}, each letter two bytes.
    expect((await through(server, '{ text(length: 32600) }')).errors).toBeUndefined();
    expect((await through(server, '{ text(length: 32770) }')).errors).toMatchObject([
      { extensions: { code: 'RESPONSE_TOO_LARGE' }, message: expect.stringContaining('65536 bytes') },
    ]);
  });

  test('of a mutation says that it was carried out', async () => {
    const { server } = await limited;
    const { errors } = await ask(server, 'mutation { text(length: 40000) }');
    expect(errors?.[0]?.message).toContain('It was carried out: send it again with the same idempotency key');
  });

  test.each(transports.slice(2))('as an event of a subscription too, over %s', async (_name, through) => {
    const { server } = await limited;
    expect((await through(server, 'subscription { text(length: 40000) }')).errors).toMatchObject([
      { extensions: { code: 'RESPONSE_TOO_LARGE' } },
    ]);
  });

  test('is counted to the byte, nearly, and no further than to the limit', () => {
    const value = {
      a: [1, true, null, 'ä"\\\n\u0001\ud800'],
      b: { c: 'x'.repeat(100), d: [{}, []] },
      e: -1.5e-7,
    };
    const text = Buffer.byteLength(JSON.stringify(value));
    const counted = jsonBytes(value, 1_000_000);
    expect(counted).toBeGreaterThanOrEqual(text);
    expect(counted).toBeLessThan(text + 12);
    const endless = Array.from({ length: 10 }, () => ({
      get costly(): never {
        throw new Error('It was counted further than needed.');
      },
    }));
    expect(jsonBytes([...endless, 'x'.repeat(1_000)], 100)).toBeGreaterThan(100);
  });
});

describe('requests in progress', () => {
  const limits = { MAX_REQUESTS_PER_KEY: '3', MAX_REQUESTS_PER_PARTNER: '4' };
  const partnerId = uuidV7();
  const startLimited = () =>
    startGated(limits, {
      authenticate: async ({ header = '' }) => {
        const actorId = header.replace('Bearer ', '');
        return { ...testViewer, actorId, partnerId: actorId.startsWith('partner') ? partnerId : null };
      },
    });
  const as = (key: string) => ({ authorization: `Bearer ${key}` });
  const byHeader: Options['authenticate'] = async ({ header = '' }) => ({
    ...testViewer,
    actorId: header.replace('Bearer ', ''),
  });
  const MUTATION = 'mutation { wait(name: "m") { name } }';

  test.each([
    ['of one key', ['a', 'a', 'a'], 'a', ['b', 'partner 1']],
    ['of all keys of a partner', ['partner 1', 'partner 2', 'partner 3', 'partner 1'], 'partner 4', ['a']],
  ])('%s have an end; others go on', async (_what, busy, refused, free) => {
    const { server, gate } = await startLimited();
    const under = busy.map((key) => ask(server, MUTATION, as(key)));
    await vi.waitFor(() => expect(gate.waiting).toHaveLength(busy.length), TIMEOUTS);
    const response = await post(server, { query: MUTATION }, as(refused));
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    const { errors } = (await response.json()) as Answer;
    expect(errors).toMatchObject([
      { extensions: { code: 'TOO_MANY_REQUESTS', retryable: true, retryAfterSeconds: 1 } },
    ]);
    const others = free.map((key) => ask(server, MUTATION, as(key)));
    await vi.waitFor(() => expect(gate.waiting).toHaveLength(busy.length + free.length), TIMEOUTS);
    gate.open();
    for (const answer of await Promise.all([...under, ...others])) expect(answer.errors).toBeUndefined();
    expect((await ask(server, MUTATION, as(refused))).errors).toBeUndefined();
  });

  test('over WebSocket count with those over HTTP', async () => {
    const { server, gate } = await startLimited();
    const socket = await openSocket(server.url);
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer a' } });
    await socket.next();
    for (const id of ['1', '2']) socket.send({ id, type: 'subscribe', payload: { query: MUTATION } });
    const third = ask(server, MUTATION, as('a'));
    await vi.waitFor(() => expect(gate.waiting).toHaveLength(3), TIMEOUTS);
    socket.send({ id: '4', type: 'subscribe', payload: { query: MUTATION } });
    const refused = (await socket.next()) as { payload: { errors: Answer['errors'] } };
    expect(refused.payload.errors).toMatchObject([{ extensions: { code: 'TOO_MANY_REQUESTS' } }]);
    gate.open();
    expect((await third).errors).toBeUndefined();
    socket.close();
  });

  test('two lists of one owner run at once; its others wait, and nobody else', async () => {
    const gate = newGate();
    const schema = gatedSchema(gate, []);
    Object.assign(schema.getMutationType()?.getFields().wait ?? {}, { extensions: { bulk: true } });
    const server = await startTestHttpServer({ schema, authenticate: byHeader });
    servers.push(server);
    const list = (owner: string) =>
      ask(
        server,
        `mutation { ...list } fragment list on Mutation { wait(name: "${owner}") { name } }`,
        as(owner),
      );
    const many = Array.from({ length: 5 }, () => list('greedy'));
    await vi.waitFor(() => expect(gate.waiting).toEqual(['greedy', 'greedy']), TIMEOUTS);
    const others = [list('quiet'), ask(server, '{ wait(name: "query") { name } }', as('greedy'))];
    await vi.waitFor(() => expect(gate.waiting).toHaveLength(4), TIMEOUTS);
    expect(gate.waiting.slice(2).toSorted()).toEqual(['query', 'quiet']);
    gate.open();
    for (const answer of await Promise.all([...many, ...others])) expect(answer.errors).toBeUndefined();
  });

  test.each([
    ['with its length', (query: string) => JSON.stringify({ query })],
    ['in chunks', (query: string) => new Blob([JSON.stringify({ query })]).stream()],
  ])(
    'two large requests (%s) of one owner are read at once, and so many wait; nobody else does',
    async (_how, body) => {
      const { server, gate } = await startGated({ MAX_REQUESTS_PER_KEY: '4' }, { authenticate: byHeader });
      const send = (owner: string, query: string) =>
        server.fetch({
          method: 'POST',
          headers: { 'content-type': 'application/json', ...as(owner) },
          body: body(query),
          // Node asks for it where the body is a stream; its types do not know it.
          ...({ duplex: 'half' } as object),
        });
      const large = `mutation { wait(name: "large") { name } } #${' '.repeat(20_000)}`;
      const many = Array.from({ length: 6 }, () => send('greedy', large));
      await vi.waitFor(() => expect(gate.waiting).toHaveLength(2), TIMEOUTS);
      const free = [send('greedy', MUTATION), send('quiet', large)];
      await vi.waitFor(() => expect(gate.waiting).toHaveLength(4), TIMEOUTS);
      expect(gate.waiting.toSorted()).toEqual(['large', 'large', 'large', 'm']);
      const refused = await send('greedy', large);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
      expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
      gate.open();
      for (const response of await Promise.all([...many, ...free])) expect(response.status).toBe(200);
      expect(gate.waiting).toHaveLength(8);
      expect((await send('greedy', large)).status).toBe(200);
    },
  );

  test('queries of one owner wait for each other; those of others do not wait for them', async () => {
    const { server, gate } = await startGated({ DATABASE_POOL_SIZE: '4' }, { authenticate: byHeader });
    const query = (key: string) => ask(server, `{ wait(name: "${key}") { name } }`, as(key));
    const many = Array.from({ length: 10 }, () => query('greedy'));
    await vi.waitFor(() => expect(gate.waiting).toEqual(['greedy', 'greedy']), TIMEOUTS);
    const quiet = query('quiet');
    await vi.waitFor(() => expect(gate.waiting).toEqual(['greedy', 'greedy', 'quiet']), TIMEOUTS);
    gate.open();
    for (const answer of await Promise.all([...many, quiet])) expect(answer.errors).toBeUndefined();
  });
});
