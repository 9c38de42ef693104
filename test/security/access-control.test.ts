import { isObjectType } from 'graphql';
import { createClient as createSocketClient } from 'graphql-ws';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  AdjustCardBalanceDocument,
  LockCardDocument,
  UnlockCardDocument,
} from '../../src/client/operations.ts';
import { isOperator, ROLES, type Role } from '../../src/domain/access/role.ts';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { hasPermission, isOpen, mayUse } from '../../src/graphql/core/permission-check.ts';
import { OPEN, PERMISSIONS } from '../../src/graphql/core/permissions.ts';
import { isVisibilityKnown, OWNERSHIP, PARTS } from '../../src/graphql/core/visibility.ts';
import { schema } from '../../src/graphql/schema.ts';
import { euros, newKey, nth, useApi } from '../harness/api.ts';
import {
  argumentsOf,
  type BuiltOperation,
  buildOperation,
  isNaming,
  type Kind,
  rootField,
  type Value,
  variantsOf,
} from '../harness/operations.ts';
import { furnish, type Owner, tracesOf } from '../harness/owners.ts';
import { snapshot, succeeded } from '../harness/refusals.ts';

const api = useApi({
  environment: { MAX_DEPTH: '30', MAX_TOKENS: '50000', MAX_ALIASES: '2000', MAX_COST: '1000000' },
});
let own: Owner;
let rival: Owner;
let rivalKeyId: string;
let rivalRechargeId: string;
/** What gives the rival away. */
let traces: string[];
const keys = new Map<Role, string>();

beforeAll(async () => {
  own = await furnish(api, api.partner);
  rival = await furnish(api, api.rival);
  const [key] = await api.db.database.sql<{ id: string }[]>`
    SELECT id FROM api_keys WHERE partner_id = ${api.rival.uuid}`;
  rivalKeyId = toGlobalId('ApiKey', key?.id ?? '');
  const [recharge] = await api.db.database.sql<{ id: string }[]>`
    SELECT id FROM transfers WHERE kind = 'RECHARGE' AND card_id = ${rival.card.uuid}`;
  rivalRechargeId = toGlobalId('Transfer', recharge?.id ?? '');
  traces = await tracesOf(api, api.rival.uuid);
  for (const role of ['ADMINISTRATOR', 'SUPPORT', 'AUDITOR', 'SWITCH'] as const) {
    keys.set(role, await api.secret(role));
  }
  keys.set('PARTNER', await api.secret('PARTNER', api.partner.id));
  keys.set('CARDHOLDER', own.session);
});

/** For a test that asks for everything there is, one thing after another. */
const WALK_MS = 180_000;

const keyOf = (role: Role) => keys.get(role) ?? '';
const fieldsOf = (kind: Kind) => Object.keys(PERMISSIONS[kind]);
const isDenied = (kind: Kind, field: string, role: Role) => !may(role, `${kind}.${field}`);
const allowedTo = (role: Role, kind: Kind) => fieldsOf(kind).filter((field) => !isDenied(kind, field, role));

/** What of the rival an argument or an input field of each name is given. */
const rivalsThings = (field: string): Readonly<Record<string, string>> => ({
  id: idFor(field),
  ids: idFor(field),
  partnerId: rival.partner.id,
  parentId: rival.partner.id,
  batchId: rival.batch.id,
  cardBatchId: rival.batch.id,
  allowedBatchIds: rival.batch.id,
  cardId: rival.card.id,
  cardIds: rival.card.id,
  objectId: rival.card.id,
  serial: rival.card.serial,
  from: rival.card.serial,
  to: rival.card.serial,
  number: rival.ani,
  boundNumber: rival.ani,
  ani: rival.ani,
  switchCallId: rival.switchCallId,
  callId: rival.switchCallId,
  cancel: rival.switchCallId,
  rechargeId: rivalRechargeId,
});

/** Ids that name nothing that one partner has and another has not. */
const OF_NOBODY = [
  'accessNumber',
  'actorId',
  'allowedRateGroupIds',
  'callerNumber',
  'idempotencyKey',
  'importId',
  'key',
  'overflowRateGroupId',
  'rateGroupId',
  'uploadId',
];

/** The rival's things, wherever an argument names one. */
const rivalsFor = (field: string): Value => {
  const given: Record<string, string> = {
    ...rivalsThings(field),
    role: 'PARTNER',
    country: 'IT',
    networks: '127.0.0.0/8',
  };
  return (name, type) => (type === 'DateTime' || type === 'Date' ? undefined : given[name]);
};

/** What an argument that is called just `id` names, by what it is asked for. */
function idFor(field: string): string {
  if (field.endsWith('ApiKey')) return rivalKeyId;
  if (field.endsWith('Partner')) return rival.partner.id;
  return field.endsWith('Batch') ? rival.batch.id : rival.card.id;
}

type Ask = (operation: BuiltOperation, key: string) => Promise<unknown>;

const overHttp: Ask = async ({ query, variables }, key) => {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
};

const overStream: Ask = async ({ query, variables }, key) => {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const [, data = '{}'] = /^data: ?(.+)$/m.exec(text) ?? [];
  return JSON.parse(data);
};

const overSocket: Ask = async ({ query, variables }, key) => {
  const client = createSocketClient({
    url: api.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
  });
  try {
    for await (const result of client.iterate({ query, variables })) return result;
    return {};
  } catch (errors) {
    if (!Array.isArray(errors)) throw errors;
    return { errors };
  } finally {
    await client.dispose();
  }
};

const TRANSPORTS = [
  ['HTTP', overHttp],
  ['SSE', overStream],
  ['WebSocket', overSocket],
] as const;

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** What a role may ask for below the root: what it may not would hide the rest. */
const seenBy = (role: Role) => (field: string) => isOpen(field) || may(role, field);
function may(role: Role, field: string): boolean {
  return hasPermission(field) && mayUse({ role, scopes: null }, field);
}

/** Every way of asking for a field with the rival's ids: with and without what may be left out. */
function waysOf(kind: Kind, field: string, role: Role): BuiltOperation[] {
  const ways: BuiltOperation[] = [];
  for (let variant = 0; variant < variantsOf(schema, { kind, field }); variant += 1) {
    for (const full of [false, true]) {
      ways.push(
        buildOperation(schema, { kind, field, value: rivalsFor(field), full, variant, select: seenBy(role) }),
      );
    }
  }
  return ways;
}

/** Whether an operation names something of the rival. */
function namesRival({ variables }: BuiltOperation): boolean {
  const text = JSON.stringify(variables);
  return traces.some((trace) => text.includes(trace));
}

function leaks(answer: unknown, asked: BuiltOperation): string[] {
  const text = JSON.stringify(answer);
  // An error may tell back what was asked with, as it was written or as it was read.
  const given = JSON.stringify(asked.variables);
  const said = given + given.replace(/[\w+/=]{20,}/g, (word) => Buffer.from(word, 'base64').toString());
  return traces.filter((trace) => text.includes(trace) && !said.includes(trace));
}

test('both permission tables name existing fields only, each once', () => {
  const named = [
    ...Object.entries(PERMISSIONS).flatMap(([type, fields]) => Object.keys(fields).map((f) => [type, f])),
    ...Object.entries(OPEN).flatMap(([type, fields]) =>
      fields
        .trim()
        .split(/\s+/)
        .map((f) => [type, f]),
    ),
  ] as [string, string][];
  const gone = named.filter(([type, field]) => {
    const found = schema.getType(type);
    return !(found && 'getFields' in found && field in found.getFields());
  });
  expect(gone).toEqual([]);
  expect(named.length).toBeGreaterThan(400);
  expect(new Set(named.map(String)).size).toBe(named.length);
});

test('the table of visibility names every type, and nothing else', () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const nodes = types.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));
  expect(nodes.map(({ name }) => name).sort()).toEqual(Object.keys(OWNERSHIP).sort());
  const names = types.map(({ name }) => name);
  expect([...PARTS].filter((part) => !names.includes(part) || part in OWNERSHIP)).toEqual([]);
});

test('a type without an entry does not build, and neither does a part that has an id', () => {
  expect(isVisibilityKnown('Invented', { hasId: false })).toBe(false);
  expect(isVisibilityKnown('Money', { hasId: false })).toBe(true);
  expect(isVisibilityKnown('Money', { hasId: true })).toBe(false);
});

test('what its query denies to a role, node does not show it', async () => {
  const [row] = await api.db.database.sql<{ id: string }[]>`
    INSERT INTO card_imports (id, idempotency_key, fingerprint, state, "order", size, created_by)
    VALUES (gen_random_uuid(), 'walk', ''::bytea, 'FAILED', '{}', 0, gen_random_uuid()) RETURNING id`;
  const imported = toGlobalId('CardImport', row?.id ?? '');
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  const shown: [Role, unknown][] = [];
  for (const role of ROLES) {
    const answer = (await overHttp(
      { query, variables: { ids: [imported, rivalKeyId] } },
      keyOf(role),
    )) as Answer;
    const { nodes } = answer.data as { nodes: readonly ({ readonly id: string } | null)[] };
    shown.push([role, nodes.map((node) => node?.id ?? null)]);
  }
  const both = [imported, rivalKeyId];
  expect(Object.fromEntries(shown)).toEqual({
    ADMINISTRATOR: both,
    SUPPORT: [null, null],
    AUDITOR: both,
    PARTNER: [null, null],
    SWITCH: [null, null],
    CARDHOLDER: [null, null],
  });
});

test('every argument that takes an id is covered by this suite', () => {
  const names = new Map(argumentsOf(schema).map(({ name, type }) => [name, type]));
  const known = [...Object.keys(rivalsThings('')), ...OF_NOBODY];
  expect([...names].filter(([name, type]) => isNaming(type) && !known.includes(name))).toEqual([]);
  expect(known.filter((name) => !names.has(name))).toEqual([]);
});

test('each role is denied something, except those that may see or do everything', () => {
  const denied = (kind: Kind, role: Role) =>
    fieldsOf(kind).filter((field) => isDenied(kind, field, role)).length;
  const counts = ROLES.map((role) => [role, denied('Query', role) > 0, denied('Mutation', role) > 10]);
  expect(counts).toEqual([
    ['ADMINISTRATOR', false, false],
    ['SUPPORT', true, true],
    // Previewing an import reads an upload, which only its maker may use.
    ['AUDITOR', true, true],
    ['PARTNER', true, true],
    ['SWITCH', true, true],
    ['CARDHOLDER', true, true],
  ]);
});

describe.each(ROLES)('as %s', (role) => {
  test.each(['Query', 'Mutation'] as const)(
    'what the permission table denies of %s is forbidden',
    { timeout: WALK_MS },
    async (kind) => {
      const denied = fieldsOf(kind).filter((field) => isDenied(kind, field, role));
      const before = await snapshot(api.db.database.sql);
      for (const field of denied) {
        for (const operation of waysOf(kind, field, role)) {
          const { errors } = (await overHttp(operation, keyOf(role))) as Answer;
          expect(
            errors?.[0]?.extensions?.code,
            `${field} ${JSON.stringify(operation.variables)} ${JSON.stringify(errors)}`,
          ).toBe('FORBIDDEN');
        }
      }
      expect(await snapshot(api.db.database.sql)).toEqual(before);
    },
  );
});

describe.each(TRANSPORTS)("another owner's ids over %s", (_name, ask) => {
  test.each([
    ['PARTNER', 30],
    ['CARDHOLDER', 10],
  ] as const)('return nothing to a %s', { timeout: WALK_MS }, async (role, fewest) => {
    let asked = 0;
    for (const field of allowedTo(role, 'Query')) {
      for (const operation of waysOf('Query', field, role)) {
        const answer = (await ask(operation, keyOf(role))) as Answer;
        expect(leaks(answer, operation), `${field} ${JSON.stringify(operation)}`).toEqual([]);
        // An error for another reason than the ids would prove nothing.
        for (const { extensions } of answer.errors ?? []) {
          expect(['NOT_FOUND', 'BAD_USER_INPUT', 'INVALID_CURSOR', 'FORBIDDEN']).toContain(extensions?.code);
        }
        if (namesRival(operation)) asked += 1;
      }
    }
    expect(asked).toBeGreaterThanOrEqual(fewest);
  });

  test.each(['PARTNER', 'CARDHOLDER'] as const)('are null to a %s by node', async (role) => {
    const { sql } = api.db.database;
    const rows = await sql<{ type: string; id: string }[]>`
      SELECT 'Partner' AS type, id FROM partners WHERE id = ${rival.partner.uuid}
      UNION ALL SELECT 'CardBatch', id FROM card_batches WHERE partner_id = ${rival.partner.uuid}
      UNION ALL SELECT 'Card', id FROM cards WHERE partner_id = ${rival.partner.uuid}
      UNION ALL SELECT 'ApiKey', id FROM api_keys WHERE partner_id = ${rival.partner.uuid}
      UNION ALL SELECT 'Call', id FROM calls WHERE partner_id = ${rival.partner.uuid}
      UNION ALL SELECT 'Transfer', id FROM transfers WHERE card_id = ${rival.card.uuid}`;
    expect(new Set(rows.map(({ type }) => type)).size).toBe(6);
    const ids = rows.map(({ type, id }) => toGlobalId(type, id));
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    for (let at = 0; at < ids.length; at += 50) {
      const some = ids.slice(at, at + 50);
      const answer = (await ask({ query, variables: { ids: some } }, keyOf(role))) as Answer;
      expect(answer).toEqual({ data: { nodes: some.map(() => null) } });
    }
  });
});

describe("mutations with another owner's ids", () => {
  test('are refused to a partner, each with its code, and change nothing', { timeout: WALK_MS }, async () => {
    const codes = new Map<string, readonly string[]>();
    for (const field of allowedTo('PARTNER', 'Mutation')) {
      for (const operation of waysOf('Mutation', field, 'PARTNER')) {
        const before = await rivalsRows();
        const answer = (await overHttp(operation, keyOf('PARTNER'))) as Answer;
        expect(leaks(answer, operation), `${field} ${JSON.stringify(answer)}`).toEqual([]);
        expect(await rivalsRows(), `${field} ${JSON.stringify(operation)}`).toEqual(before);
        const refusals = refusalsIn(answer);
        expect(refusals, `${field} ${JSON.stringify(operation)} ${JSON.stringify(answer)}`).not.toEqual([]);
        codes.set(field, [...(codes.get(field) ?? []), ...refusals]);
      }
    }
    expect(codes.size).toBeGreaterThan(20);
    // Some ways of asking are refused before anybody looks whose the thing is; each mutation also where one does.
    const byOwner = [...codes].filter(([, given]) => given.includes('NOT_FOUND')).map(([field]) => field);
    expect([...codes.keys()].filter((field) => !byOwner.includes(field))).toEqual([]);
    expect(new Set([...codes.values()].flat())).toEqual(
      new Set(['NOT_FOUND', 'NUMBER_NOT_BOUND', 'NOT_ALLOWED', 'INVALID_INPUT']),
    );
  });
});

/** The codes by which an answer refuses: of the request, of the mutation, or of the rows of a list. */
function refusalsIn({ data, errors = [] }: Answer): string[] {
  const inData = JSON.stringify(data ?? null).matchAll(/"\w+Error_code":"(\w+)"/g);
  return [
    ...[...inData].map(([, code = '']) => code),
    ...errors.map(({ extensions }) => extensions?.code ?? ''),
  ];
}

async function rivalsRows() {
  const { sql } = api.db.database;
  const { uuid } = rival.partner;
  return sql`
    SELECT md5(string_agg(row, '|' ORDER BY row)) AS rows, count(*) FROM (
      SELECT p::text AS row FROM partners p WHERE id = ${uuid}
      UNION ALL SELECT c::text FROM cards c WHERE partner_id = ${uuid}
      UNION ALL SELECT b::text FROM card_batches b WHERE partner_id = ${uuid}
      UNION ALL SELECT k::text FROM api_keys k WHERE partner_id = ${uuid}
      UNION ALL SELECT n::text FROM number_bindings n JOIN cards ON cards.id = card_id WHERE partner_id = ${uuid}
      UNION ALL SELECT t::text FROM transfers t WHERE partner_id = ${uuid}
        OR card_id IN (SELECT id FROM cards WHERE partner_id = ${uuid})) AS all_rows`;
}

describe('subscriptions', () => {
  const FILTERS = ['cardIds', 'batchId', 'partnerId'] as const;

  /** Every subscription with each of its arguments by which it is limited to something. */
  const limited = fieldsOf('Subscription').flatMap((field) =>
    rootField(schema, { kind: 'Subscription', field })
      .args.filter(({ name }) => FILTERS.some((filter) => filter === name))
      .map(({ name, type }) => ({ field, name: name as (typeof FILTERS)[number], type })),
  );

  test('take cards, batches and partners as filters', () => {
    for (const filter of FILTERS) {
      expect(limited.filter(({ name }) => name === filter).length, filter).toBeGreaterThanOrEqual(8);
    }
  });

  test.each(['PARTNER', 'CARDHOLDER'] as const)("refuse a %s another owner's ids", async (role) => {
    const things = { cardIds: [rival.card.id], batchId: rival.batch.id, partnerId: rival.partner.id };
    for (const { field, name, type } of limited) {
      const query = `subscription ($value: ${type}) { ${field}(${name}: $value) { __typename } }`;
      for (const ask of [overSocket, overStream]) {
        const operation = { query, variables: { value: things[name] } };
        const { data, errors } = (await ask(operation, keyOf(role))) as Answer;
        expect(data ?? null).toBeNull();
        expect([field, errors?.[0]?.extensions?.code]).toEqual([
          field,
          expect.stringMatching(/NOT_FOUND|FORBIDDEN/),
        ]);
      }
    }
  });

  test.each(['PARTNER', 'CARDHOLDER'] as const)('deliver to a %s no event of another owner', async (role) => {
    const client = createSocketClient({
      url: api.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${keyOf(role)}` },
    });
    const seen: unknown[] = [];
    const fields = ['cardBalanceChanged', 'cardLockChanged'] as const;
    const { data } = (await overHttp({ query: '{ eventCursor }', variables: {} }, keyOf(role))) as Answer;
    await causeEvents(rival);
    await causeEvents(own);
    for (const field of fields) {
      const wish = { kind: 'Subscription', field, full: true, variant: 0, select: seenBy(role) } as const;
      const value: Value = (name) => (name === 'after' ? data?.eventCursor : undefined);
      const { query } = buildOperation(schema, { ...wish, value });
      const events = client.iterate({
        query,
        variables: { after: data?.eventCursor } as Record<string, unknown>,
      });
      // The own change was the later one: all of the rival's would have come before it.
      for await (const event of events) {
        seen.push(event);
        break;
      }
    }
    await client.dispose();
    const text = JSON.stringify(seen);
    expect(text).toContain(own.card.id);
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
  });
});

async function causeEvents({ card }: Owner): Promise<void> {
  const named = { card: { id: card.id } };
  const { administrator } = api;
  const adjustment = { ...named, amount: euros('0.01'), reason: 'test', idempotencyKey: newKey() };
  succeeded((await administrator.request(AdjustCardBalanceDocument, { input: adjustment })).result);
  succeeded(
    (await administrator.request(LockCardDocument, { input: { ...named, reason: 'OPERATOR' } })).result,
  );
  succeeded((await administrator.request(UnlockCardDocument, { input: named })).result);
}

test('an operator sees every partner', async () => {
  const operators = ROLES.filter(isOperator);
  expect(operators).toEqual(['ADMINISTRATOR', 'SUPPORT', 'AUDITOR']);
  for (const role of operators) {
    const query = '{ partners(first: 10) { edges { node { id } } } }';
    const text = JSON.stringify(await overHttp({ query, variables: {} }, keyOf(role)));
    expect(text).toContain(rival.partner.id);
    expect(text).toContain(own.partner.id);
  }
  expect(nth(own.batch, 0).id).not.toBe(rival.card.id);
});
