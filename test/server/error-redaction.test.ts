import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { useApi } from '../harness/api.ts';

const PIN = '12696008108871';
const api = useApi();
let key: string;
beforeAll(async () => {
  key = await api.secret('SWITCH');
});

const AUTHENTICATE = 'mutation ($i: AuthenticateCardInput!) { authenticateCard(input: $i) { __typename } }';
const withVariables = (i: unknown) => ({ query: AUTHENTICATE, variables: { i } });
const literal = (by: string) => ({
  query: `mutation { authenticateCard(input: {by: ${by}}) { __typename } }`,
});

const MISTAKES: [string, object][] = [
  ['a number', withVariables({ by: { pin: Number(PIN) } })],
  ['beside another credential', withVariables({ by: { pin: PIN, ani: '+39061234567' } })],
  ['beside an unknown field', withVariables({ by: { pin: PIN }, foo: 1 })],
  ['beside an unknown field; with a semicolon', withVariables({ by: { pin: `a"; ${PIN}; B` }, foo: 1 })],
  ['without its serial', withVariables({ by: { serialAndPin: { pin: PIN } } })],
  ['in a list', withVariables({ by: { pin: [PIN, PIN] } })],
  ['as the whole', withVariables(PIN)],
  ['a number in the document', literal(`{pin: ${PIN}}`)],
  ['an enum in the document', literal(`{pin: P${PIN}}`)],
  ['two in the document', literal(`{pin: "${PIN}", ani: "1"}`)],
  ['an object in the document', literal(`{pin: {pin: "${PIN}"}}`)],
  ['a document that does not parse', literal(`{pin "${PIN}"}`)],
  ['a number that does not parse', literal(`{pin: ${PIN}x}`)],
];

const headers = () => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });

describe('a PIN that is', () => {
  test.each(MISTAKES)('%s is not repeated over HTTP', async (_mistake, body) => {
    const response = await fetch(api.url, { method: 'POST', headers: headers(), body: JSON.stringify(body) });
    const answer = await response.text();
    expect(answer).toContain('"errors"');
    expect(answer).toContain('"code":');
    expect(answer).not.toContain(PIN);
  });

  test.each(MISTAKES)('%s is not repeated over WebSocket', async (_mistake, body) => {
    const socket = new WebSocket(api.url.replace('http', 'ws'), 'graphql-transport-ws');
    const answers: string[] = [];
    const ended = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        const message = String(data);
        answers.push(message);
        if (message.includes('connection_ack')) {
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: body }));
        } else resolve();
      });
    });
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } })),
    );
    await ended;
    socket.terminate();
    expect(answers.join()).toMatch(/"(errors|error)"/);
    expect(answers.join()).not.toContain(PIN);
  });
});

test('a body that is no JSON is not repeated', async () => {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: headers(),
    body: `${JSON.stringify(withVariables({ by: { pin: PIN } }))},`,
  });
  expect(response.status).toBe(400);
  expect(await response.text()).not.toContain(PIN);
});

test('variables in an address that are no JSON are a mistake of the client', async () => {
  const response = await fetch(`${api.url}?query={viewer{name}}&variables=%7B`, { headers: headers() });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('BAD_REQUEST');
});

test.each(['\u0000', '\ud800', '\udfff', 'a\u0000b'])('the text %j is refused at the door', async (text) => {
  const query =
    'mutation ($k: ID!) { topUpPartner(input: {partnerId: "x", amount: {amount: "1", currency: "EUR"}, idempotencyKey: $k}) { __typename } }';
  for (const body of [
    { query, variables: { k: text } },
    { query: query.replace('$k}', `${JSON.stringify(text)}}`).replace('($k: ID!)', '') },
  ]) {
    const response = await fetch(api.url, { method: 'POST', headers: headers(), body: JSON.stringify(body) });
    expect(await response.text()).toMatch(/BAD_USER_INPUT|GRAPHQL_/);
  }
});

describe('what a client sends is bounded', () => {
  interface Refusal {
    readonly message: string;
    readonly extensions: { readonly code: string };
  }
  const refusals = async (body: object): Promise<Refusal[]> => {
    const response = await fetch(api.url, { method: 'POST', headers: headers(), body: JSON.stringify(body) });
    return ((await response.json()) as { errors: Refusal[] }).errors;
  };

  test('in the errors that its document gets, and in their length', async () => {
    const fields = Array.from({ length: 40 }, (_, n) => `no${n}`).join(' ');
    const errors = await refusals({ query: `{ ${fields} }` });
    expect(errors.slice(0, 20).map(({ message }) => message)).toEqual(
      Array.from({ length: 20 }, (_, n) => expect.stringContaining(`"no${n}"`)),
    );
    // The last says that there are more.
    expect(errors.slice(20)).toMatchObject([
      { message: expect.stringContaining('Too many validation errors') },
    ]);
    const [long] = await refusals({ query: `{ ${'x'.repeat(1_000)} }` });
    expect(long?.message).toHaveLength(301);
  });

  test('in the errors that its variables get', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const errors = await refusals({ query, variables: { ids: Array.from({ length: 10 }, () => ({})) } });
    expect(errors.slice(0, 3).map(({ message }) => message)).toEqual(
      [0, 1, 2].map((index) => expect.stringContaining(`ids[${index}]`)),
    );
    expect(errors.slice(3)).toMatchObject([{ message: expect.stringContaining('Too many errors') }]);
  });

  test.each([
    ['characters', `{ viewer { name } } #${'x'.repeat(131_072)}`],
    ['lines', `${'\n'.repeat(5_000)}{ viewer { name } }`],
  ])('in the %s of its document', async (_what, query) => {
    expect(await refusals({ query })).toMatchObject([{ extensions: { code: 'OPERATION_TOO_LARGE' } }]);
  });
});
