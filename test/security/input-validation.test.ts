import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { nth, useApi } from '../harness/api.ts';
import { snapshot } from '../harness/refusals.ts';

const api = useApi();
let keys: Record<'administrator' | 'partner' | 'switch', string>;
beforeAll(async () => {
  keys = {
    administrator: await api.secret('ADMINISTRATOR'),
    partner: await api.secret('PARTNER', api.partner.id),
    switch: await api.secret('SWITCH'),
  };
});

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

async function ask(query: string, variables: object = {}, role: keyof typeof keys = 'administrator') {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys[role]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;

describe('a forged cursor is refused by', () => {
  const forged = [
    'abc',
    'DC:I:99999999999999999999999',
    'DC:D:8640000000000001',
    'DC:T:["D:x","D:x"]',
    'DC:T:[',
    'DC:N:Infinity',
  ].map((text) => (text === 'abc' ? text : Buffer.from(text).toString('base64')));

  test.each([
    'cards',
    'cardBatches',
    'partners',
    'recharges',
    'numberBindings',
    'rateGroups',
    'calls',
    'activeCalls',
  ])('%s', async (list) => {
    for (const cursor of forged) {
      for (const argument of ['after', 'before']) {
        const answer = await ask(`query ($c: String) { ${list}(${argument}: $c) { edges { cursor } } }`, {
          c: cursor,
        });
        expect(codeOf(answer)).toBe('INVALID_CURSOR');
      }
    }
  });
});

test.each(['first: -1', 'last: -5', 'first: 1, last: 1'])(
  'a page of %s is refused with a code',
  async (page) => {
    expect(codeOf(await ask(`{ cards(${page}) { edges { cursor } } }`))).toBe('BAD_USER_INPUT');
  },
);

describe('an empty filter does not widen the result', () => {
  test.each(['partnerId: ""', 'batchId: ""', 'minBalance: ""', 'maxBalance: ""'])('%s', async (filter) => {
    const { data, errors } = await ask(`{ cards(filter: {${filter}}) { edges { node { id } } } }`);
    expect(data?.cards).toBeUndefined();
    expect(errors?.[0]?.extensions?.code).toMatch(/NOT_FOUND|INVALID_AMOUNT/);
  });

  test('the partner of a batch', async () => {
    const answer = await ask(
      `mutation { createCardBatch(input: {name: "x", type: STANDARD, quantity: 1, partnerId: "", rateGroupId: "x",
        faceValue: {amount: "1", currency: "EUR"}}) { __typename } }`,
    );
    expect(answer.data?.createCardBatch).toEqual({ __typename: 'NotFoundError' });
  });
});

describe('a switch sees only what a call needs of a card, not', () => {
  test.each([
    'batch { name }',
    'statement { edges { cursor } }',
    'events { edges { cursor } }',
    'calls { edges { cursor } }',
    'numberBindings { edges { cursor } }',
    'partner { name }',
  ])('%s', async (field) => {
    const { serial } = nth(api.partner.batch, 0);
    const answer = await ask(
      `query ($s: String) { card(by: {serial: $s}) { ${field} } }`,
      { s: serial },
      'switch',
    );
    expect(codeOf(answer)).toBe('FORBIDDEN');
  });
});

describe('a mutation that selects what its role may not see is refused before it runs:', () => {
  const bind = (selection: string, head = '$n: PhoneNumber!, $s: String') =>
    `mutation (${head}) { bindNumber(input: {card: {serial: $s}, number: $n}) { ${selection} } }`;
  const named = 'fragment Owner on BindNumberPayload { card { partner { name } } }';
  const conditional = '$n: PhoneNumber!, $s: String, $more: Boolean!';

  test.each([
    ['in place', bind('... on BindNumberPayload { card { serial batch { name } } }'), 'Card.batch'],
    ['in a fragment', `${bind('...Owner')} ${named}`, 'Card.partner'],
    ['under a condition', bind('...Owner @include(if: $more)', conditional) + named, 'Card.partner'],
  ])('%s', async (_, query, field) => {
    const { serial } = nth(api.partner.batch, 1);
    const before = await snapshot(api.db.database.sql);
    const given = { n: '+390655512345', s: serial };
    const answer = await ask(query, { ...given, more: true }, 'switch');
    expect(codeOf(answer)).toBe('FORBIDDEN');
    expect(answer.errors?.[0]?.message).toBe(
      `${field} is not allowed to you: it is for the roles ADMINISTRATOR, SUPPORT, AUDITOR, PARTNER, and yours is SWITCH.`,
    );
    expect(await snapshot(api.db.database.sql)).toEqual(before);
    const [entry] = await api.db.database.sql`
      SELECT operation, outcome FROM audit_entries ORDER BY position DESC LIMIT 1`;
    expect(entry).toEqual({ operation: 'bindNumber', outcome: 'FORBIDDEN' });
  });

  test('a field excluded by @skip or @include needs no permission, whoever selected it before', async () => {
    const { serial } = nth(api.partner.batch, 1);
    const query =
      bind('... on BindNumberPayload { number } ...Owner @include(if: $more)', conditional) + named;
    const given = { n: '+390655512345', s: serial };
    expect(codeOf(await ask(query, { ...given, more: true }, 'switch'))).toBe('FORBIDDEN');
    const answer = await ask(query, { ...given, more: false }, 'switch');
    expect(answer).toEqual({ data: { bindNumber: { number: given.n } } });
    expect(codeOf(await ask(query, { ...given, more: true }, 'switch'))).toBe('FORBIDDEN');
  });
});

test.each([
  '2027-02-30T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '9999-12-31T00:00:00Z',
  '0001-01-01T00:00:00Z',
])('the instant %s is refused', async (instant) => {
  const answer = await ask('query ($t: DateTime) { calls(filter: {from: $t}) { edges { cursor } } }', {
    t: instant,
  });
  expect(codeOf(answer)).toBe('BAD_USER_INPUT');
});

test('stalled uploads do not delay other requests', async () => {
  const sockets: Socket[] = [];
  for (let n = 0; n < 12; n += 1) {
    const { data } = await ask(
      'mutation { createRateUpload { ... on CreateRateUploadPayload { upload { url } } } }',
    );
    const created = data?.createRateUpload as { upload: { url: string } } | undefined;
    const url = new URL(created?.upload.url ?? '');
    const socket = connect(Number(url.port), url.hostname);
    sockets.push(socket);
    socket.write(`PUT ${url.pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nprefix`);
  }
  try {
    expect((await ask('{ viewer { name } }')).errors).toBeUndefined();
    expect((await fetch(new URL('/readyz', api.url))).status).toBe(200);
    expect((await ask('{ verification { clean } }')).data).toEqual({ verification: { clean: true } });
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
