import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { operationCost, type Variables } from '../../src/server/pipeline/operation-cost.ts';
import { type Api, type ApiBatch, euros, newKey, nth, startApi } from '../harness/api.ts';
import { openSocket } from '../harness/network/web-socket.ts';
import { snapshot } from '../harness/refusals.ts';

function costOf(query: string, variables?: Variables) {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The operation comes first.');
  return operationCost(schema, document, operation, variables);
}

const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ key: `${n}` }));
const literal = (count: number) => `[${'{ key: "a" } '.repeat(count)}]`;
const OUTCOMES =
  '... on RechargeCardsPayload { outcomes { result { ... on RechargedCard { transfer { id } } } } }';

describe('what an answer may hold', () => {
  test.each<[string, string, Variables, number]>([
    ['an object', '{ node(id: "") { id } }', {}, 1],
    ['a page, as long as it is asked for', '{ cards(first: 7) { edges { node { id } } } }', {}, 7],
    [
      'a page of pages',
      '{ cards(first: 7) { edges { node { statement(first: 3) { edges { node { id } } } } } } }',
      {},
      28,
    ],
    ['ids in the text', '{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 3],
    ['ids in a variable', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b'] }, 2],
    [
      'rows in the text',
      `mutation { rechargeCards(input: { rows: ${literal(5)} }) { ${OUTCOMES} } }`,
      {},
      1 + 5 * 3,
    ],
    [
      'rows in a variable',
      `mutation ($rows: [RechargeRow!]!) { rechargeCards(input: { rows: $rows }) { ${OUTCOMES} } }`,
      { rows: rows(1_000) },
      3_001,
    ],
    [
      'rows deep in a variable',
      `mutation ($input: RechargeCardsInput!) { rechargeCards(input: $input) { ${OUTCOMES} } }`,
      { input: { rows: rows(1_000) } },
      3_001,
    ],
    [
      'rows by way of fragments',
      `mutation ($input: RechargeCardsInput!) { ...m } fragment m on Mutation { rechargeCards(input: $input) { ...p } } fragment p on RechargeCardsPayload { outcomes { key } }`,
      { input: { rows: rows(9) } },
      10,
    ],
    [
      'two lists',
      `mutation ($input: RechargeCardsInput!) { a: rechargeCards(input: $input) { ${OUTCOMES} } b: rechargeCards(input: $input) { ${OUTCOMES} } }`,
      { input: { rows: rows(10) } },
      62,
    ],
    [
      'refusals of cards by their ids',
      'mutation ($c: CardSelection!) { activateCards(cards: $c) { ... on ActivateCardsPayload { refusals { serial } } } }',
      { c: { ids: ['a', 'b', 'c'] } },
      4,
    ],
    [
      'refusals of a batch',
      'mutation { activateCards(cards: { batchId: "a" }) { ... on ActivateCardsPayload { refusals { serial } } } }',
      {},
      1_001,
    ],
    ['a list whose length nobody said', '{ verification { discrepancies { what } } }', {}, 21],
  ])('%s', (_what, query, variables, objects) => {
    expect(costOf(query, variables)).toEqual({ objects, pageInList: undefined });
  });

  test('with variables that are not known, it is more than any limit', () => {
    expect(costOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }').objects).toBe(Number.POSITIVE_INFINITY);
  });

  test('variables nested as deep as a request is long are counted', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(costOf('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: deep }).objects).toBe(99_999);
  });
});

function takesLists({ args }: GraphQLField<unknown, unknown>): boolean {
  const isList = (type: GraphQLInputType, depth = 0): boolean => {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return true;
    if (!isInputObjectType(nullable) || depth > 3) return false;
    return Object.values(nullable.getFields()).some((field) => isList(field.type, depth + 1));
  };
  return args.some(({ type }) => isList(type));
}

/** Each mutation that takes a list and answers with one: its field, the payload and the payload's lists of objects. */
const LISTS = Object.values(schema.getMutationType()?.getFields() ?? {})
  .filter(takesLists)
  .flatMap((field) => {
    const type = getNamedType(field.type);
    const payloads = isCompositeType(type) && !isObjectType(type) ? schema.getPossibleTypes(type) : [type];
    return payloads.filter(isObjectType).flatMap((payload) =>
      Object.values(payload.getFields())
        .filter((each) => isListType(getNullableType(each.type)) && isCompositeType(getNamedType(each.type)))
        .map((list) => ({ field, payload: payload.name, list: list.name })),
    );
  });

test('every mutation that answers a list for a list costs by the rows', () => {
  expect(LISTS.map(({ field }) => field.name)).toEqual(
    expect.arrayContaining([
      'activateCards',
      'changeCards',
      'deactivateCards',
      'rechargeCards',
      'reportCalls',
    ]),
  );
  for (const { field, payload, list } of LISTS) {
    const [arg] = field.args;
    const query = `mutation ($rows: ${arg?.type}) { ${field.name}(${arg?.name}: $rows) { ... on ${payload} { ${list} { __typename } } } }`;
    expect(costOf(query, { rows: [rows(700)] }).objects, field.name).toBeGreaterThan(700);
  }
});

describe('of the server', () => {
  let api: Api;
  let key: string;
  let batch: ApiBatch;
  beforeAll(async () => {
    api = await startApi();
    key = await api.secret('ADMINISTRATOR');
    batch = await api.cards({ count: 1_000, partnerId: null });
  });
  afterAll(() => api.stop());

  const STATEMENTS = `mutation ($input: RechargeCardsInput!) { rechargeCards(input: $input) {
    ... on RechargeCardsPayload { outcomes { result { ... on RechargedCard { transfer { card { statement { edges { node { id } } } } } } } } } } }`;
  const DEEP = `mutation ($input: RechargeCardsInput!) { rechargeCards(input: $input) {
    ... on RechargeCardsPayload { outcomes { result { ... on RechargedCard {
      transfer { id card { id balance { amount } batch { id } a: balance { amount } b: balance { amount } c: balance { amount } d: balance { amount } } } balance { amount } } } } } } }`;
  const PLAIN = `mutation ($input: RechargeCardsInput!) { rechargeCards(input: $input) { ... on RechargeCardsPayload { recharged } } }`;
  const list = (count: number) => ({
    input: {
      idempotencyKey: newKey(),
      rows: rows(count).map((each) => ({
        ...each,
        card: { serial: nth(batch, Number(each.key)).serial },
        amount: euros('1'),
      })),
    },
  });

  type Answer = { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };
  const overHttp = async (query: string, variables: object): Promise<Answer> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const body = JSON.stringify({ query, variables });
    return (await (await fetch(api.url, { method: 'POST', headers, body })).json()) as Answer;
  };
  const overSocket = async (query: string, variables: object): Promise<Answer> => {
    const socket = await openSocket(api.url);
    socket.send({ type: 'connection_init', payload: { apiKey: key } });
    await socket.next();
    socket.send({ id: '1', type: 'subscribe', payload: { query, variables } });
    const { type, payload } = (await socket.next()) as { type: string; payload: unknown };
    socket.close();
    return type === 'error' ? { errors: payload as NonNullable<Answer['errors']> } : (payload as Answer);
  };

  describe.each([
    ['HTTP', overHttp],
    ['WebSocket', overSocket],
  ])('over %s', (_transport, ask) => {
    test.each([
      ['pages in the answers to rows', STATEMENTS, 1, 'PAGE_IN_LIST', '"statement" is a page'],
      ['more objects than an answer may hold', DEEP, 1_000, 'OPERATION_TOO_LARGE', 'give fewer rows'],
    ])('%s are refused before anything is done', async (_what, query, count, code, message) => {
      const before = await snapshot(api.db.database.sql);
      const { data, errors } = await ask(query, list(count));
      expect(data ?? null).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code }, message: expect.stringContaining(message) }]);
      expect(await snapshot(api.db.database.sql)).toEqual(before);
    });

    test('the same for fewer rows, and a plain list of a thousand, are done', async () => {
      expect((await ask(DEEP, list(10))).errors).toBeUndefined();
      expect(await ask(PLAIN, list(1_000))).toEqual({ data: { rechargeCards: { recharged: 1_000 } } });
    });
  });
});
