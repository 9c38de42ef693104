import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  AuthorizeCallDocument,
  CancelCallDocument,
  CompleteCallDocument,
  ExtendCallDocument,
  ReportCallsDocument,
  TerminateCallDocument,
} from '../../../src/client/operations.ts';
import { toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { verify } from '../../../src/store/verification.ts';
import { type Api, euros, newKey, nth, startApi } from '../../harness/api.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { snapshot, succeeded } from '../../harness/refusals.ts';

let api: Api;
let rateGroupId: string;
const clients: Client[] = [];
beforeAll(async () => {
  api = await startApi();
  rateGroupId = await makeRateGroup(api.db.database.sql, [{ prefix: '39', pricePer1e8Minute: 6_000_000n }]);
});
afterAll(async () => {
  await Promise.all(clients.map((each) => each.close()));
  expect(await verify(api.db.database.sql)).toMatchObject({ clean: true });
  await api.stop();
});

interface Switch {
  readonly id: string;
  readonly key: string;
  readonly client: Client;
}

async function ask(query: string, variables: object, key?: string): Promise<Record<string, unknown> | null> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${key ?? (await administrator())}`,
  };
  const response = await fetch(api.url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: { result: Record<string, unknown> | null };
    errors?: unknown;
  };
  expect(errors).toBeUndefined();
  return data.result;
}
let secret: Promise<string> | undefined;
const administrator = () => {
  secret ??= api.secret('ADMINISTRATOR');
  return secret;
};

function opened(made: Record<string, unknown> | null): Switch {
  const { secret: key, apiKey } = made ?? {};
  const client = createClient({ url: api.url, key: String(key) });
  clients.push(client);
  return { id: (apiKey as { id: string }).id, key: String(key), client };
}

const KEY = '... on Error { code message }';
const newSwitch = async (switchGroup?: string) =>
  opened(
    await ask(
      `mutation ($input: CreateApiKeyInput!) { result: createApiKey(input: $input) {
        ... on CreateApiKeyPayload { secret apiKey { id switchGroup } } ${KEY} } }`,
      { input: { name: 'Switch', role: 'SWITCH', ...(switchGroup && { switchGroup }) } },
    ),
  );
const rotated = async ({ id }: Switch) =>
  opened(
    await ask(
      `mutation ($id: ID!) { result: rotateApiKey(id: $id) { ... on RotateApiKeyPayload { secret apiKey { id } } ${KEY} } }`,
      { id },
    ),
  );

let callers = 0;
async function caller(): Promise<string> {
  const card = nth(await api.cards({ count: 1, rateGroupId, type: 'STANDARD' }), 0);
  callers += 1;
  const ani = `+39061${String(callers).padStart(6, '0')}`;
  await api.db.database.sql`
    INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${card.uuid}, now())`;
  return ani;
}

let switchCallId: string;
let own: Switch;
let other: Switch;
beforeEach(async () => {
  switchCallId = newKey();
  [own, other] = [await newSwitch(), await newSwitch()];
});

const authorize = async ({ client }: Switch, ani: string) =>
  (
    await client.request(AuthorizeCallDocument, {
      input: { switchCallId, by: { ani }, number: '+390612345678' },
    })
  ).result;
const callOf = ({ key }: Switch) =>
  ask('query ($id: ID!) { result: call(switchCallId: $id) { id } }', { id: switchCallId }, key);
const complete = async ({ client }: Switch, totalSeconds: number) =>
  (await client.request(CompleteCallDocument, { input: { switchCallId, totalSeconds } })).result;

describe("a switch's call", () => {
  test('is as unknown to another switch', async () => {
    succeeded(await authorize(own, await caller()));
    const before = await snapshot(api.db.database.sql);
    const { client } = other;
    const answers = [
      await complete(other, 60),
      (
        await client.request(ExtendCallDocument, {
          input: { switchCallId, requestNumber: 1, usedSeconds: 9 },
        })
      ).result,
      (await client.request(CancelCallDocument, { switchCallId })).result,
    ];
    for (const answer of answers) expect(answer).toMatchObject({ code: 'NOT_FOUND' });
    const { result } = await client.request(ReportCallsDocument, { reports: [{ cancel: switchCallId }] });
    expect(succeeded(result).outcomes).toMatchObject([{ result: { code: 'NOT_FOUND' } }]);
    expect(await callOf(other)).toBeNull();
    expect(await snapshot(api.db.database.sql)).toEqual(before);
    expect(succeeded(await complete(own, 60)).call.charge).toEqual(euros('0.06'));
  });

  test('has an id of its own: another switch may have the same one', async () => {
    const [mine, others] = [await caller(), await caller()];
    const [one, two] = [succeeded(await authorize(own, mine)), succeeded(await authorize(other, others))];
    expect(one.call.id).not.toBe(two.call.id);
    expect(succeeded(await complete(other, 120)).call).toMatchObject({
      id: two.call.id,
      charge: euros('0.12'),
    });
    expect(succeeded(await complete(own, 60)).call).toMatchObject({ id: one.call.id, charge: euros('0.06') });
    for (const [each, { call }] of [
      [own, one],
      [other, two],
    ] as const) {
      expect(await callOf(each)).toEqual({ id: call.id });
    }
  });

  test('stays its own when its key is rotated', async () => {
    succeeded(await authorize(own, await caller()));
    expect(succeeded(await complete(await rotated(await rotated(own)), 60)).call.charge).toEqual(
      euros('0.06'),
    );
  });

  test('is shared by its group, and by nobody else', async () => {
    const [one, two, stranger] = [await newSwitch('baku'), await newSwitch('baku'), await newSwitch('ganja')];
    succeeded(await authorize(one, await caller()));
    for (const each of [stranger, own]) expect(await complete(each, 60)).toMatchObject({ code: 'NOT_FOUND' });
    expect(succeeded(await complete(await rotated(two), 60)).call.charge).toEqual(euros('0.06'));
  });
});

describe('an operator ends the calls of every switch', () => {
  const terminate = async (id: string) =>
    (await api.administrator.request(TerminateCallDocument, { callId: id })).result;

  test("by the switch's id, where one has it", async () => {
    succeeded(await authorize(own, await caller()));
    expect(succeeded(await terminate(switchCallId)).call).toMatchObject({ terminating: true });
  });

  test('and by its own id where several have', async () => {
    const { call } = succeeded(await authorize(own, await caller()));
    succeeded(await authorize(other, await caller()));
    expect(await terminate(switchCallId)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(succeeded(await terminate(call.id)).call).toMatchObject({ id: call.id, terminating: true });
    expect(await terminate(toGlobalId('Call', newKey()))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

test.each([
  ['for another role', { role: 'ADMINISTRATOR', switchGroup: 'a' }],
  ['with spaces', { role: 'SWITCH', switchGroup: 'a b' }],
  ['that is empty', { role: 'SWITCH', switchGroup: '' }],
])('a group %s is refused', async (_what, given) => {
  const answer = await ask(
    `mutation ($input: CreateApiKeyInput!) { result: createApiKey(input: $input) { ... on CreateApiKeyPayload { secret } ${KEY} } }`,
    { input: { name: 'Wrong', ...given } },
  );
  expect(answer).toMatchObject({ code: 'INVALID_INPUT' });
});
