import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  type AuthenticateCardInput,
  AuthorizeCallDocument,
  CompleteCallDocument,
  CreateApiKeyDocument,
  type CreateCardBatchInput,
  ExportCardBatchDocument,
  RechargeCardDocument,
  RedeemVoucherDocument,
  RevealPinDocument,
} from '../../src/client/operations.ts';
import { schema } from '../../src/graphql/schema.ts';
import { encodeCursor } from '../../src/realtime/cursor.ts';
import { headPlace } from '../../src/store/events/event-log.ts';
import { euros, newKey, nth, useApi } from '../harness/api.ts';
import { BEGINNING, batchEnded, orderBatch, type PrintedCard, printedCards } from '../harness/batches.ts';
import { type Feed, openFeed, type Transport } from '../harness/network/feed.ts';
import { buildOperation } from '../harness/operations.ts';
import { type ServerProcess, startInstance } from '../harness/processes/server-process.ts';
import { succeeded } from '../harness/refusals.ts';
import { tablesOf } from '../harness/tables.ts';

/** What must be found nowhere but where it was asked for. */
const canaries = new Map<string, string>();
const masterKey = randomBytes(32);
const WRONG_PIN = '90807060504030';

/** A server that says all it can, on the same database. */
let server: ServerProcess;
let clients: { administrator: Client; ivr: Client };
let card: PrintedCard;
let voucher: PrintedCard;
const TRANSPORTS = ['WebSocket', 'SSE'] as const;
/** All that was told to those whom it does not concern. */
const overheard: Record<Transport | 'answers', string[]> = { WebSocket: [], SSE: [], answers: [] };
/** What the first server logs; either of the two may make a batch. */
const logged: string[] = [];
const environment = { CARDLINE_MASTER_KEY: masterKey.toString('base64') };
const logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
const api = useApi({ environment, overrides: { logger } });
const said = () => server.output() + logged.join('');

/** A card that is made, exported and activated by way of the talkative server. */
async function printed(terms: Partial<CreateCardBatchInput>): Promise<PrintedCard> {
  const through = { ...api, administrator: clients.administrator };
  const { cardBatch } = succeeded((await orderBatch(through, { quantity: 1, ...terms })).result);
  await batchEnded(through, cardBatch.id);
  await clients.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  const { result } = await clients.administrator.request(ExportCardBatchDocument, { id: cardBatch.id });
  canaries.set("a file's link, not yet used", lastPartOf(succeeded(result).download?.url ?? 'file:///'));
  return (await printedCards(through, cardBatch.id))[0] as PrintedCard;
}

const lastPartOf = (url: string) => new URL(url).pathname.split('/').at(-1) ?? '';

beforeAll(async () => {
  const room = { MAX_DEPTH: '30', MAX_TOKENS: '50000', MAX_ALIASES: '2000', MAX_COST: '1000000' };
  server = await startInstance(api.db.url, { ...environment, ...room, LOG_LEVEL: 'trace' });
  const [administrator, ivr] = await Promise.all([api.secret('ADMINISTRATOR'), api.secret('SWITCH')]);
  clients = {
    administrator: createClient({ url: server.url, key: administrator }),
    ivr: createClient({ url: server.url, key: ivr }),
  };
  [card, voucher] = [await printed({}), await printed({ type: 'VOUCHER', faceValue: euros('3') })];
  for (const [name, value] of Object.entries({
    'the PIN of a card': card.pin,
    'the PIN of a voucher': voucher.pin,
    'a wrong PIN': WRONG_PIN,
    "an administrator's key": administrator,
    "a switch's key": ivr,
    'the master key': masterKey.toString('base64'),
    'the master key in hexadecimal': masterKey.toString('hex'),
  })) {
    canaries.set(name, value);
  }
});
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.close()));
  await server.stop('SIGTERM');
});

const authenticate = (by: AuthenticateCardInput['by']) =>
  clients.ivr.request(AuthenticateCardDocument, { input: { by, callerNumber: '+390655509999' } });

/** As somebody would send it who makes a mistake, with each way there is to make one. */
const mistakes = (pin: string): object[] => [
  {
    query: 'mutation ($p: Int!) { authenticateCard(input: {by: {pin: $p}}) { __typename } }',
    variables: { p: pin },
  },
  { query: `mutation { authenticateCard(input: {by: {pin: ${pin}}}) { __typename } }` },
  { query: `mutation { authenticateCard(input: {by: {pin "${pin}"}}) { __typename } }` },
  { query: `{ card(by: {serial: "${pin}"}) { nothing } }` },
  { query: '{ viewer { name } }', variables: `{"pin": "${pin}"` },
];

async function send(body: string, authorization: string): Promise<void> {
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(server.url, { method: 'POST', headers, body });
  overheard.answers.push(await response.text());
}

/** An auditor, who sees every event, with all that can be asked about one. */
function watch(transport: Transport, key: string): Feed {
  const operation = buildOperation(schema, {
    kind: 'Subscription',
    field: 'events',
    value: (name) => (name === 'after' ? BEGINNING : name === 'filter' ? null : undefined),
    full: true,
    variant: 0,
    select: () => true,
  });
  const hear = (told: unknown) => overheard[transport].push(JSON.stringify(told));
  return openFeed(transport, { url: server.url, key, ...operation, onData: hear, onErrors: hear });
}

async function makeCalls(): Promise<void> {
  for (const by of [{ pin: card.pin }, { serialAndPin: card }]) {
    const switchCallId = newKey();
    const { result } = await clients.ivr.request(AuthorizeCallDocument, {
      input: { switchCallId, by, number: '+390655501234' },
    });
    overheard.answers.push(JSON.stringify(result));
    await clients.ivr.request(CompleteCallDocument, { input: { switchCallId, totalSeconds: 30 } });
  }
}

async function redeemVoucher(): Promise<void> {
  for (const voucherPin of [voucher.pin, voucher.pin, WRONG_PIN]) {
    const { result } = await clients.ivr.request(RedeemVoucherDocument, {
      input: { card: { id: nth(api.partner.batch, 0).id }, voucherPin, idempotencyKey: newKey() },
    });
    overheard.answers.push(JSON.stringify(result));
  }
}

async function makeMistakes(token: string): Promise<void> {
  const key = canaries.get("a switch's key") ?? '';
  for (const pin of [card.pin, WRONG_PIN]) {
    for (const body of mistakes(pin)) await send(JSON.stringify(body), `Bearer ${key}`);
    await send(`{"query": "${pin}`, `Bearer ${key}`);
  }
  await send('{"query": "{ viewer { name } }"}', `Basic ${key}`);
  await send('{"query": "{ viewer { name } }"}', `Bearer ${token}x`);
  await send(JSON.stringify({ query: `{ viewer(key: "${key}") { name } }` }), `Bearer ${key}`);
}

test('a day of successful and failing requests', async () => {
  const auditor = await api.secret('AUDITOR');
  const feeds = TRANSPORTS.map((transport) => watch(transport, auditor));

  const { token } = succeeded((await authenticate({ pin: card.pin })).result);
  canaries.set("a card's session", token);
  succeeded((await authenticate({ serialAndPin: card })).result);
  for (const by of [{ pin: WRONG_PIN }, { serialAndPin: { serial: card.serial, pin: WRONG_PIN } }]) {
    const { result } = await authenticate(by);
    expect(result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
    overheard.answers.push(JSON.stringify(result));
  }
  const holder = createClient({ url: server.url, key: token });
  await expect(
    holder.request(AuthenticateCardDocument, { input: { by: { pin: card.pin } } }),
  ).rejects.toThrow();
  await holder.close();
  await makeCalls();
  await redeemVoucher();
  const { administrator } = clients;
  const recharge = { card: { serial: card.serial }, amount: euros('1'), idempotencyKey: newKey() };
  succeeded((await administrator.request(RechargeCardDocument, { input: recharge })).result);
  const revealed = await administrator.request(RevealPinDocument, {
    input: { card: { serial: card.serial }, reason: 'A canary.' },
  });
  expect(succeeded(revealed.result).pin).toBe(card.pin);
  const made = await administrator.request(CreateApiKeyDocument, {
    input: { name: 'Bird', role: 'SUPPORT' },
  });
  canaries.set('a new key', succeeded(made.result).secret);
  await makeMistakes(token);

  const last = encodeCursor(await headPlace(api.db.database.sql));
  for (const transport of TRANSPORTS) {
    await vi.waitFor(() => expect(found(overheard[transport].join(), last)).toBe(true), { timeout: 10_000 });
  }
  for (const feed of feeds) feed.cut();
});

test('no secret is in the logs, even at trace level', () => {
  expect(said()).toContain('"level":"debug"');
  for (const [name, value] of canaries) expect(found(said(), value), name).toBe(false);
});

test('no secret is in a response or a frame for somebody else', () => {
  expect(overheard.answers.length).toBeGreaterThan(15);
  const all = Object.values(overheard).flat().join('\n');
  for (const [name, value] of canaries) expect(found(all, value), name).toBe(false);
});

test('no secret is in any column of any table', async () => {
  expect(canaries.size).toBe(10);
  expect(await tablesWith([...canaries.values()])).toEqual([]);
});

test('planted secrets are found', async () => {
  const { sql } = api.db.database;
  for (const [name, value] of canaries) {
    for (const form of forms(value)) expect(found(`a ${form}.`, value), name).toBe(true);
  }
  await sql`CREATE TABLE planted_text AS SELECT ${`a ${card.pin}.`}::text AS column`;
  await sql`CREATE TABLE planted_json AS SELECT jsonb_build_object('deep', jsonb_build_array(${card.pin}::text)) AS column`;
  await sql`CREATE TABLE planted_bytes AS SELECT ${Buffer.from(`a ${card.pin}.`)}::bytea AS column`;
  const planted = ['planted_bytes', 'planted_json', 'planted_text'];
  expect(await tablesWith([card.pin])).toEqual(planted);
  await sql`DROP TABLE ${sql(planted)}`;
});

/** The tables, by name, that have one of the values in a column of any type: as text, bytes are in hexadecimal. */
async function tablesWith(values: readonly string[]): Promise<string[]> {
  const { sql } = api.db.database;
  const patterns = values.flatMap(forms).map((form) => `%${form}%`);
  const having: string[] = [];
  for (const name of await tablesOf(sql)) {
    const rows = await sql`SELECT FROM ${sql(name)} AS t WHERE t::text LIKE ANY(${patterns}::text[]) LIMIT 1`;
    if (rows.length > 0) having.push(name);
  }
  return having;
}

/** A text as it may stand somewhere: plain, in base64 and in hexadecimal. */
function forms(value: string): string[] {
  const bytes = Buffer.from(value);
  return [value, bytes.toString('base64').replace(/.?=*$/, ''), bytes.toString('hex')];
}

const found = (text: string, value: string) => forms(value).some((form) => text.includes(form));
