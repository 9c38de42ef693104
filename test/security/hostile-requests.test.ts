import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  authorization,
  startTestHttpServer,
  type TestHttpServer,
  testViewer,
  useTestHttpServer,
} from '../harness/http-server.ts';
import { openSocket } from '../harness/network/web-socket.ts';

/** What scanners replay: each is refused by name, over HTTP and over WebSocket. */
const server = useTestHttpServer();
const others: TestHttpServer[] = [];
const start = async (options: Parameters<typeof startTestHttpServer>[0]) => {
  const other = await startTestHttpServer(options);
  others.push(other);
  return other;
};
afterAll(() => Promise.all(others.map((each) => each.drain())));

const post = (body: unknown, headers: Record<string, string> = {}, to = server) =>
  to.fetch({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

type Answer = { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };
const ask = async (query: string, to = server) => (await (await post({ query }, {}, to)).json()) as Answer;

async function askOverSocket(query: string): Promise<Answer> {
  const socket = await openSocket(server.url);
  socket.send({ type: 'connection_init', payload: { apiKey: 'test-key' } });
  await socket.next();
  socket.send({ id: '1', type: 'subscribe', payload: { query } });
  const { type, payload } = (await socket.next()) as { type: string; payload: unknown };
  socket.close();
  return type === 'error' ? { errors: payload as NonNullable<Answer['errors']> } : (payload as Answer);
}

/** A schema whose answers never come. */
function endlessSchema(): GraphQLSchema {
  const fields = { wait: { type: GraphQLString, resolve: () => new Promise(() => {}) } };
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields }),
    mutation: new GraphQLObjectType({ name: 'Mutation', fields }),
  });
}

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const TOO_LARGE: [string, string][] = [
  ['51 aliases', `{ thing { ${many(51, (n) => `a${n}: name`)} } }`],
  ['51 aliases at the top', `{ ${many(51, (n) => `a${n}: hello`)} }`],
  [
    'aliases by way of a fragment',
    `{ thing { ...t } } fragment t on Thing { ${many(51, (n) => `a${n}: name`)} }`,
  ],
  ['21 directives', `{ hello ${many(21, () => '@include(if: true)')} }`],
  ['21 directives on fragments', `{ ${many(21, () => '... @include(if: true) { hello }')} }`],
  ['one field five hundred times', `{ ${many(500, () => 'hello')} }`],
  ['13 levels', `${'{ thing '.repeat(12)}{ name }${' }'.repeat(12)}`],
  ['more fields than a screen has', `{ ${many(40, () => `thing { ${many(60, () => 'name')} }`)} }`],
];

describe('an operation that is too large', () => {
  test.each(TOO_LARGE)('%s, over HTTP', async (_name, query) => {
    const { data, errors } = await ask(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions?.code).toBe('OPERATION_TOO_LARGE');
  });

  test.each(TOO_LARGE)('%s, over WebSocket', async (_name, query) => {
    expect((await askOverSocket(query)).errors?.[0]?.extensions?.code).toBe('OPERATION_TOO_LARGE');
  });

  test('a document of 100 KB is not even parsed', async () => {
    const { errors } = await ask(`{ ${many(20_000, () => 'hello')} }`);
    expect(errors?.[0]?.message).toContain('more that 5000 tokens');
  });

  test('a fragment that contains itself', async () => {
    const { errors } = await ask(
      '{ thing { ...a } } fragment a on Thing { ...b } fragment b on Thing { ...a }',
    );
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('a list of operations', () => {
  const list = (count: number) => Array.from({ length: count }, () => ({ query: '{ hello }' }));

  test('is refused', async () => {
    const response = await post(list(2));
    expect(response.status).toBe(400);
    expect(((await response.json()) as Answer).errors?.[0]?.message).toBe('Batching is not supported.');
  });

  test('where allowed, has a limit, and its root fields are counted together', async () => {
    const batching = await start({ environment: { MAX_BATCH: '3', MAX_ROOT_FIELDS: '4' } });
    expect(await (await post(list(3), {}, batching)).json()).toHaveLength(3);
    expect((await post(list(4), {}, batching)).status).toBe(413);
    const wide = Array.from({ length: 3 }, () => ({ query: '{ a: hello b: hello }' }));
    const answers = (await (await post(wide, {}, batching)).json()) as Answer[];
    expect(answers.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual([
      undefined,
      undefined,
      'OPERATION_TOO_LARGE',
    ]);
  });

  test.each([true, false])(
    'where it is allowed, does not count what other requests asked for (short way: %s)',
    async (fastPath) => {
      const environment = { MAX_BATCH: '3', MAX_ROOT_FIELDS: '4' };
      const batching = await start({ fastPath, environment });
      for (let request = 0; request < 3; request += 1) {
        expect(await ask('{ a: hello b: hello }', batching)).not.toHaveProperty('errors');
        expect(await (await post(list(2), {}, batching)).json()).toHaveLength(2);
      }
    },
  );
});

describe('a request that another site’s page could send', () => {
  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'query=mutation%20%7B%20change%20%7D'],
    [
      'a form with files',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"mutation { change }"}\r\n--x--',
    ],
    ['plain text', 'text/plain', '{"query":"mutation { change }"}'],
    ['no type', '', '{"query":"mutation { change }"}'],
  ])('%s', async (_name, type, body) => {
    const response = await server.fetch({ method: 'POST', headers: { 'content-type': type }, body });
    expect(response.status).toBe(415);
  });

  test('refuses a mutation in a URL', async () => {
    const url = new URL(server.url);
    url.searchParams.set('query', 'mutation { change }');
    const response = await server.fetch(
      { headers: { accept: 'application/json' } },
      url.pathname + url.search,
    );
    expect(response.status).toBe(405);
  });

  test('gets no CORS headers unless its origin is listed', async () => {
    const origin = 'https://portal.example.com';
    const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } };
    const closed = await server.fetch(preflight);
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();

    for (const fastPath of [true, false]) {
      const open = await start({
        fastPath,
        environment: { CORS_ORIGINS: `${origin},https://other.example` },
      });
      const allowed = await fetch(open.url, preflight);
      expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
      expect(allowed.headers.get('access-control-allow-headers')).toContain('Authorization');
      expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
      const answer = await post({ query: '{ hello }' }, { origin }, open);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      const evil = await post({ query: '{ hello }' }, { origin: 'https://portal.example.com.evil' }, open);
      expect(evil.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('the schema', () => {
  const QUESTION = '{ __schema { types { name } } }';
  const asRole = (role: 'PARTNER' | 'AUDITOR', introspection: string) =>
    start({
      environment: { INTROSPECTION: introspection },
      authenticate: async () => ({ ...testViewer, role }),
    });

  test('can be introspected by those whom the setting allows', async () => {
    for (const [role, setting, code] of [
      ['PARTNER', 'operator', 'INTROSPECTION_DISABLED'],
      ['AUDITOR', 'operator', undefined],
      ['AUDITOR', 'nobody', 'INTROSPECTION_DISABLED'],
      ['PARTNER', 'everyone', undefined],
    ] as const) {
      const to = await asRole(role, setting);
      for (const query of [QUESTION, '{ ...q } fragment q on Query { t: __type(name: "Thing") { name } }']) {
        expect((await ask(query, to)).errors?.[0]?.extensions?.code).toBe(code);
      }
      expect((await ask('{ __typename }', to)).errors).toBeUndefined();
    }
  });

  test('cannot be learned from error suggestions', async () => {
    const to = await asRole('AUDITOR', 'operator');
    for (const query of [
      '{ helo }',
      '{ plus(numbr: 1) }',
      '{ thing { nam } }',
      'query ($a: Strin) { hello }',
    ]) {
      expect(JSON.stringify(await ask(query, to))).not.toMatch(/Did you mean|number|hello|"name|String/);
    }
  });
});

describe('time', () => {
  test('an operation that never ends times out, and the error says what to do', async () => {
    const slow = await start({ environment: { OPERATION_SECONDS: '1' }, schema: endlessSchema() });
    const [query, mutation] = await Promise.all([ask('{ wait }', slow), ask('mutation { wait }', slow)]);
    expect(query.errors?.[0]).toMatchObject({ extensions: { code: 'OPERATION_TIMEOUT' } });
    expect(mutation.errors?.[0]?.message).toContain('send it again with the same idempotency key');
  });

  test('a socket that never authenticates is closed', { timeout: 15_000 }, async () => {
    const socket = await openSocket(server.url);
    expect(await socket.closed).toMatchObject({ code: 4408 });
  });
});

describe('many connections', () => {
  test('of one key are limited, WebSockets and streams together; those of other keys go on', async () => {
    const limited = await start({
      environment: { MAX_SOCKETS_PER_KEY: '3' },
      authenticate: async ({ header }) => ({ ...testViewer, actorId: String(header) }),
    });
    const open = async (apiKey: string) => {
      const socket = await openSocket(limited.url);
      socket.send({ type: 'connection_init', payload: { apiKey } });
      return socket;
    };
    const sockets = await Promise.all(['a', 'a', 'a'].map(open));
    for (const socket of sockets) expect(await socket.next()).toEqual({ type: 'connection_ack' });
    expect(await (await open('a')).closed).toMatchObject({ code: 4429 });
    const stream = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: 'Bearer a',
    };
    const body = JSON.stringify({ query: 'subscription { silent }' });
    const refused = await fetch(limited.url, { method: 'POST', headers: stream, body });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await (await open('b')).next()).toEqual({ type: 'connection_ack' });

    sockets[0]?.close();
    await vi.waitFor(async () => expect(await (await open('a')).next()).toEqual({ type: 'connection_ack' }));
  });

  test('carry at most a hundred operations at once each', async () => {
    const socket = await openSocket(server.url);
    socket.send({ type: 'connection_init', payload: { apiKey: 'test-key' } });
    await socket.next();
    const ask = (id: string, query: string) => socket.send({ id, type: 'subscribe', payload: { query } });
    for (let open = 1; open <= 100; open += 1) ask(`${open}`, 'subscription { silent }');
    ask('101', '{ hello }');
    expect(await socket.next()).toMatchObject({
      id: '101',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_OPERATIONS' } }],
    });
    socket.send({ id: '1', type: 'complete' });
    await vi.waitFor(async () => {
      ask('102', '{ hello }');
      expect(await socket.next()).toMatchObject({ id: '102', type: 'next' });
    });
    socket.close();
  });

  test('are limited in total', async () => {
    const limited = await start({ environment: { MAX_SOCKETS: '1' } });
    const first = await openSocket(limited.url);
    first.send({ type: 'connection_init', payload: { apiKey: 'test-key' } });
    await first.next();
    await expect(openSocket(limited.url)).rejects.toThrow('503');
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization };
    const body = JSON.stringify({ query: 'subscription { silent }' });
    expect((await fetch(limited.url, { method: 'POST', headers, body })).status).toBe(429);
  });
});

describe('the address of a client', () => {
  const addressSeen = async (trusted: string, forwarded: string | undefined) => {
    const seen: string[] = [];
    const to = await start({
      environment: { TRUSTED_PROXIES: trusted },
      authenticate: async ({ address }) => {
        seen.push(address);
        return testViewer;
      },
    });
    await post({ query: '{ hello }' }, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, to);
    return seen[0];
  };

  test.each([
    ['nobody is trusted', '', '203.0.113.9', '127.0.0.1'],
    ['the proxy is trusted', '127.0.0.0/8', '203.0.113.9', '203.0.113.9'],
    ['what stands before it anybody wrote', '127.0.0.0/8', '10.1.1.1, 203.0.113.9', '203.0.113.9'],
    ['two proxies', '127.0.0.0/8,10.0.0.0/8', '198.51.100.7, 203.0.113.9, 10.1.1.1', '203.0.113.9'],
    ['nonsense', '127.0.0.0/8', 'nonsense', '127.0.0.1'],
    ['no header', '127.0.0.0/8', undefined, '127.0.0.1'],
    ['IPv6', '127.0.0.0/8', '2001:db8::7', '2001:db8::7'],
  ])('%s', async (_name, trusted, forwarded, address) => {
    expect(await addressSeen(trusted, forwarded)).toBe(address);
  });
});

test('every response has the headers against sniffing, framing and caching', async () => {
  const page = await fetch(server.url, { headers: { accept: 'text/html' } });
  const answers = [
    await post({ query: '{ hello }' }),
    await post('{'),
    await server.fetch({}, '/healthz'),
    page,
  ];
  for (const { headers } of answers) {
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toBeTruthy();
  }
});

test('GraphiQL is off in production', async () => {
  const to = await start({ environment: { NODE_ENV: 'production' } });
  for (const headers of [{ accept: 'text/html' }, { accept: '*/*' }]) {
    const answer = await fetch(to.url, { headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toMatch(/graphiql/i);
  }
});

test('slowly sent bodies and endless headers are cut off', async () => {
  const { port } = new URL(server.url);
  const socket = createConnection(Number(port), '127.0.0.1');
  socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n');
  socket.write('Content-Type: application/json\r\nAuthorization: Bearer test-key\r\n\r\n');
  const [status] = await new Promise<string[]>((resolve) => {
    socket.once('data', (data) => resolve(String(data).split('\r\n')));
  });
  expect(status).toContain('413');
  socket.destroy();
});

describe('trusted documents', () => {
  const TRUSTED = 'query Greeting { hello }';
  const hash = createHash('sha256').update(TRUSTED).digest('hex');
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cardline-trusted-'));
    await writeFile(path.join(folder, 'trusted.json'), JSON.stringify({ [hash]: TRUSTED }));
    await writeFile(path.join(folder, 'wrong.json'), JSON.stringify({ [hash]: '{ viewer }' }));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const serverWith = (only: boolean, fastPath = true) =>
    start({
      fastPath,
      environment: {
        TRUSTED_DOCUMENTS: path.join(folder, 'trusted.json'),
        TRUSTED_DOCUMENTS_ONLY: String(only),
      },
    });
  const persistedQuery = { sha256Hash: hash, version: 1 };

  test.each([true, false])(
    'are run by their hash; when only they are, nothing else is (only: %s)',
    async (only) => {
      for (const fastPath of [true, false]) {
        const to = await serverWith(only, fastPath);
        const named = [
          { documentId: `sha256:${hash}` },
          { documentId: hash },
          { extensions: { persistedQuery } },
        ];
        for (const body of named) {
          expect((await (await post(body, {}, to)).json()) as Answer).toEqual({
            data: { hello: 'Hello, čardline 🏃' },
          });
        }
        const own = await post({ query: '{ viewer }' }, {}, to);
        const { errors } = (await own.json()) as Answer;
        expect(errors?.[0]?.extensions?.code).toBe(only ? 'DOCUMENT_NOT_TRUSTED' : undefined);
        const unknown = await post({ documentId: '0'.repeat(64) }, {}, to);
        expect(((await unknown.json()) as Answer).errors?.[0]?.extensions?.code).toBe('DOCUMENT_NOT_TRUSTED');
      }
    },
  );

  test('apply over WebSocket too', async () => {
    const socket = await openSocket((await serverWith(true)).url);
    socket.send({ type: 'connection_init', payload: { apiKey: 'test-key' } });
    await socket.next();
    socket.send({ id: '1', type: 'subscribe', payload: { query: '', extensions: { persistedQuery } } });
    expect(await socket.next()).toMatchObject({
      type: 'next',
      payload: { data: { hello: expect.any(String) } },
    });
    expect(await socket.next()).toMatchObject({ type: 'complete' });
    socket.send({ id: '2', type: 'subscribe', payload: { query: '{ viewer }' } });
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
    });
    socket.close();
  });

  test('a malformed file stops the start', async () => {
    for (const [file, problem] of [
      ['wrong.json', 'is not the SHA-256'],
      ['none.json', 'can not be read'],
    ]) {
      const environment = { TRUSTED_DOCUMENTS: path.join(folder, file ?? '') };
      await expect(startTestHttpServer({ environment })).rejects.toThrow(problem);
    }
  });
});
