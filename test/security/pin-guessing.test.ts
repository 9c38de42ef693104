import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  type AuthenticateCardInput,
  BindNumberDocument,
  FailedAuthenticationsDocument,
  GuessBudgetDocument,
  SecurityAlertsDocument,
  SecurityAlertsRaisedDocument,
} from '../../src/client/operations.ts';
import { useApi, useInstance } from '../harness/api.ts';
import { makeKey } from '../harness/api-keys.ts';
import { BEGINNING, batchEnded, orderBatch, type PrintedCard, printedCards } from '../harness/batches.ts';
import { type Guesser, inLists, overHttp, overSocket } from '../harness/network/guessers.ts';
import { expectForbidden, succeeded } from '../harness/refusals.ts';
import { tablesOf } from '../harness/tables.ts';

const GUESSES = 10_000;
const GUESSERS = 50;
const ALIASES = 20;
/** Operations in one request, over which the aliases are spread. */
const BATCH = 4;
/** Of a hundred million PINs of eight digits: as many as the rule of density allows, nearly. */
const CARDS = 90;
/** Two fifths of a hundredth of a card: 0.004 / (90 / 10^8). */
const ALLOWED = 4_444;

const api = useApi({ environment: { MAX_BATCH: String(BATCH) } });
const second = useInstance(api);
let keys: string[];
let clients: [Client, Client];
let victim: PrintedCard;
let secrets: Set<string>;

const HOME = '+390655501234';
const MOBILE = '+393471234567';

beforeAll(async () => {
  const { sql } = api.db.database;
  keys = await Promise.all(Array.from({ length: GUESSERS }, () => makeKey(sql, 'SWITCH')));
  const [key = ''] = keys;
  clients = [createClient({ url: api.url, key }), createClient({ url: second.url, key })];

  const { cardBatch } = succeeded(
    (await orderBatch(api, { quantity: CARDS, pinFormat: { length: 8 } })).result,
  );
  await batchEnded(api, cardBatch.id);
  await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  const printed = await printedCards(api, cardBatch.id);
  victim = printed[0] as PrintedCard;
  secrets = new Set(printed.map(({ pin }) => pin));
  await api.ivr.request(BindNumberDocument, { input: { card: { serial: victim.serial }, number: HOME } });
});
afterAll(async () => {
  await Promise.all(clients.map((each) => each.close()));
});

const authenticate = (input: AuthenticateCardInput, place = 0) =>
  clients[place % 2 === 0 ? 0 : 1].request(AuthenticateCardDocument, { input });

/** No card's PIN: a lucky guess would be one in a million, and would end this test. */
function wrongPin(): string {
  const pin = `${randomInt(10 ** 8)}`.padStart(8, '0');
  return secrets.has(pin) ? wrongPin() : pin;
}

/** By turns over HTTP, over a socket and in lists, half on each instance, with keys and addresses of their own. */
function guessers(): Promise<Guesser[]> {
  return Promise.all(
    keys.map((key, place) => {
      const url = place % 2 === 0 ? api.url : second.url;
      const options = { url, key, localAddress: `127.0.1.${place + 1}` };
      const way = Math.floor(place / 2) % 3;
      if (way === 0) return overHttp(options);
      return way === 1 ? overSocket(options) : inLists(options, BATCH);
    }),
  );
}

test(`${GUESSES} guesses over ${GUESSERS} keys, addresses and sockets, aliases, lists and two instances: no more comparisons than the budget has, and the victim is let in throughout`, async () => {
  succeeded((await authenticate({ by: { pin: victim.pin }, callerNumber: MOBILE })).result);
  const all = await guessers();
  let over = false;
  const attack = Promise.all(
    all.map(async (guesser) => {
      for (let sent = 0; sent < GUESSES / GUESSERS; sent += ALIASES) {
        const codes = await guesser.guess(Array.from({ length: ALIASES }, wrongPin));
        expect(codes).toEqual(codes.map(() => 'AUTHENTICATION_REFUSED'));
        expect(codes).toHaveLength(ALIASES);
      }
      guesser.close();
    }),
  ).finally(() => {
    over = true;
  });
  let letIn = 0;
  while (!over) {
    succeeded((await authenticate({ by: { ani: HOME } }, letIn)).result);
    succeeded((await authenticate({ by: { pin: victim.pin }, callerNumber: MOBILE }, letIn)).result);
    letIn += 1;
  }
  await attack;
  expect(letIn).toBeGreaterThan(10);

  const { guessBudget } = await api.administrator.request(GuessBudgetDocument);
  const { pin, formats } = guessBudget;
  expect(pin).toMatchObject({
    allowed: ALLOWED,
    share: Math.floor(ALLOWED / 8),
    trippedAt: expect.any(String),
  });
  expect(pin.used + pin.reserved).toBeLessThanOrEqual(ALLOWED);
  expect(formats).toContainEqual(
    expect.objectContaining({ cards: CARDS, possible: '100000000', density: CARDS / 1e8 }),
  );
  const counted = await attemptsByReason();
  expect(counted.UNKNOWN_PIN).toBe(pin.used);
  // What instances held for comparisons to come is all that was not used.
  expect(pin.used).toBeGreaterThan(ALLOWED - 500);
  expect(Object.values(counted).reduce((sum, attempts) => sum + attempts, 0)).toBe(GUESSES);
}, 180_000);

test('while the breaker is tripped a good PIN from nowhere gets the one answer, and each way in that guesses nothing works', async () => {
  const [refused, wrong] = await Promise.all([
    authenticate({ by: { pin: victim.pin } }),
    authenticate({ by: { pin: wrongPin() } }),
  ]);
  expect(refused).toEqual(wrong);
  expect(refused.result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  const other = [...secrets].find((pin) => pin !== victim.pin) ?? '';
  const { result: another } = await authenticate({ by: { pin: other }, callerNumber: MOBILE });
  expect(another).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  const { serial, pin } = victim;
  for (const place of [0, 1]) {
    succeeded((await authenticate({ by: { ani: HOME } }, place)).result);
    succeeded((await authenticate({ by: { pin }, callerNumber: MOBILE }, place)).result);
    succeeded((await authenticate({ by: { serialAndPin: { serial, pin } } }, place)).result);
  }
});

test('the operator gets one alert, live and in the list, and sees where it came from; nobody else may ask', async () => {
  const raised = api.administrator.subscribe(SecurityAlertsRaisedDocument, {
    kinds: ['GUESSING'],
    after: BEGINNING,
  });
  const { value } = await raised.next();
  await raised.return?.();
  expect(value.securityAlerts.alert).toMatchObject({ kind: 'GUESSING', source: null });
  const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {
    filter: { kinds: ['GUESSING'] },
  });
  const system = securityAlerts.edges.filter(({ node }) => node.source === null);
  expect(system.map(({ node }) => node)).toEqual([value.securityAlerts.alert]);

  const { failedAuthentications } = await api.administrator.request(FailedAuthenticationsDocument, {
    filter: { reason: 'UNKNOWN_PIN', address: '127.0.1.7' },
    first: 5,
  });
  expect(failedAuthentications.edges).toHaveLength(5);
  expect(failedAuthentications.edges[0]?.node).toMatchObject({
    operation: 'AUTHENTICATE_CARD',
    callerNumber: expect.stringMatching(/^\+3932\d{8}$/),
    attempts: 1,
    card: null,
  });
  for (const client of [api.ivr, api.partner.client]) {
    await expectForbidden(api, () => client.request(GuessBudgetDocument));
    await expectForbidden(api, () => client.request(SecurityAlertsDocument));
    await expectForbidden(api, () => client.request(FailedAuthenticationsDocument));
  }
});

test('no PIN is in any table, right or wrong', async () => {
  const { sql } = api.db.database;
  const wrong = wrongPin();
  await authenticate({ by: { pin: wrong } });
  await authenticate({ by: { serialAndPin: { serial: victim.serial, pin: wrong } } });
  for (const name of await tablesOf(sql)) {
    const [found] = await sql`
      SELECT t::text FROM ${sql(name)} AS t
      WHERE position(${wrong} IN t::text) > 0 OR position(${victim.pin} IN t::text) > 0 LIMIT 1`;
    expect(found).toBeUndefined();
  }
});

test('with the next window there is a new budget', async () => {
  await api.db.database.sql`UPDATE guess_budgets SET since = since - interval '2 hours'`;
  await expect
    .poll(async () => (await authenticate({ by: { pin: victim.pin } })).result.__typename, { timeout: 5_000 })
    .toBe('AuthenticateCardPayload');
  const { guessBudget } = await api.administrator.request(GuessBudgetDocument);
  expect(guessBudget.pin.trippedAt).toBeNull();
});

async function attemptsByReason(): Promise<Record<string, number>> {
  const rows = await api.db.database.sql<{ reason: string; attempts: number }[]>`
    SELECT reason, sum(attempts)::int AS attempts FROM failed_authentications GROUP BY reason`;
  return Object.fromEntries(rows.map(({ reason, attempts }) => [reason, attempts]));
}
