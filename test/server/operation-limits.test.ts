import { describe, expect, test } from 'vitest';
import { testViewer, useTestHttpServer } from '../harness/http-server.ts';

const server = useTestHttpServer();
const production = useTestHttpServer({
  environment: { NODE_ENV: 'production' },
  authenticate: async () => ({ ...testViewer, role: 'PARTNER' }),
});

async function ask(query: string, to = server) {
  const response = await to.fetch({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: unknown; errors?: { message: string; extensions?: object }[] };
}

const deep = (levels: number) => `${'thing{'.repeat(levels - 1)}name${'}'.repeat(levels - 1)}`;
const aliases = (count: number) => Array.from({ length: count }, (_, index) => `a${index}: hello`).join(' ');

describe('an operation within the limits is answered', () => {
  test.each([
    ['12 levels', `{ ${deep(12)} }`],
    ['50 fields at the top', `{ ${aliases(50)} }`],
    ['a fragment used twice', '{ thing { ...t thing { ...t } } } fragment t on Thing { name }'],
  ])('%s', async (_name, query) => {
    expect(await ask(query)).not.toHaveProperty('errors');
  });
});

describe('an operation beyond them is refused', () => {
  test.each([
    ['13 levels', `{ ${deep(13)} }`, 'The operation is 13 levels deep: at most 12 are allowed.'],
    [
      '13 levels by way of a fragment',
      `{ thing { ...t } } fragment t on Thing { ${deep(12)} }`,
      'The operation is 13 levels deep: at most 12 are allowed.',
    ],
    [
      '51 fields at the top',
      `{ ${aliases(51)} }`,
      'The operation has 51 fields at the top: at most 50 are allowed.',
    ],
    [
      '51 fields at the top by way of a fragment',
      `{ ...q } fragment q on Query { ${aliases(51)} }`,
      'The operation has 51 fields at the top: at most 50 are allowed.',
    ],
    [
      'fragments that double eleven times',
      `{ ...f0 } fragment f11 on Query { thing { name } } ${Array.from({ length: 11 }, (_, level) => `fragment f${level} on Query { ...f${level + 1} ...f${level + 1} }`).join(' ')}`,
      'The operation has 2048 fields at the top: at most 50 are allowed.',
    ],
    [
      '5001 words and symbols',
      `{ ${'hello '.repeat(5_000)} }`,
      'Syntax Error: Document contains more that 5000 tokens. Parsing aborted.',
    ],
  ])('%s', async (_name, query, message) => {
    const { errors, data } = await ask(query);
    expect(errors?.[0]?.message).toBe(message);
    expect(data).toBeUndefined();
  });

  test('a cycle of fragments ends', async () => {
    const { errors } = await ask('{ thing { ...t } } fragment t on Thing { thing { ...t } }');
    expect(errors?.[0]?.message).toContain('Cannot spread fragment "t" within itself');
  });
});

describe('in production', () => {
  test('the schema is not shown', async () => {
    const { errors } = await ask('{ __schema { types { name } } }', production);
    expect(errors?.[0]?.extensions).toEqual({ code: 'INTROSPECTION_DISABLED' });
  });

  test('nor hinted at', async () => {
    const { errors } = await ask('{ helo }', production);
    expect(errors?.[0]?.message).toBe('Cannot query field "helo" on type "Query".');
  });
});

describe('beside GraphQL', () => {
  const files = useTestHttpServer({
    isReady: async () => false,
    routes: [
      {
        method: 'PUT',
        path: '/files/:secret',
        handle: (request, response, { params }) => {
          request.resume().on('end', () => response.end(`got ${params.secret}`));
        },
      },
      {
        method: 'GET',
        path: '/files/:secret',
        handle: async () => {
          throw new Error('secret of the file');
        },
      },
    ],
  });

  test('file links go to their handlers', async () => {
    const response = await files.fetch({ method: 'PUT', body: 'x' }, '/files/a%20b');
    expect(await response.text()).toBe('got a b');
  });

  test('a handler that fails reveals nothing', async () => {
    const response = await files.fetch({}, '/files/x');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  test('another method is answered with those allowed', async () => {
    const response = await files.fetch({ method: 'DELETE' }, '/files/x');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('PUT, GET');
    await response.text();
  });

  test('health and readiness', async () => {
    const answers = await Promise.all(['/healthz', '/readyz'].map(async (path) => files.fetch({}, path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 503]);
    expect((await server.fetch({}, '/readyz')).status).toBe(200);
    expect((await server.fetch({}, '/nowhere')).status).toBe(404);
  });
});
