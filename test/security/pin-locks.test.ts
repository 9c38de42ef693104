import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  type AuthenticateCardInput,
  AuthorizeCallDocument,
  BindNumberDocument,
  CardDocument,
  CardHistoryDocument,
  ExtendCallDocument,
  FailedAuthenticationsDocument,
  LockCardDocument,
  SecurityAlertsDocument,
  UnlockCardDocument,
} from '../../src/client/operations.ts';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { newKey, useApi, useInstance } from '../harness/api.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../harness/batches.ts';
import { makeRateGroup } from '../harness/cards.ts';
import { expectRefusal, succeeded } from '../harness/refusals.ts';

const FAILURES = 5;

const api = useApi({
  environment: {
    CARDLINE_MASTER_KEY: randomBytes(32).toString('base64'),
    CARD_LOCK_FAILURES: `${FAILURES}`,
  },
});
const second = useInstance(api);
let elsewhere: Client;
let printed: PrintedCard[];

beforeAll(async () => {
  elsewhere = createClient({ url: second.url, key: await api.secret('SWITCH') });
  const rateGroup = await makeRateGroup(api.db.database.sql, [
    { prefix: '39', pricePer1e8Minute: 1_000_000n },
  ]);
  const terms = { quantity: 12, rateGroupId: toGlobalId('RateGroup', rateGroup) };
  const { cardBatch } = succeeded((await orderBatch(api, terms)).result);
  await batchEnded(api, cardBatch.id);
  await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  printed = await printedCards(api, cardBatch.id);
});
afterAll(async () => {
  await elsewhere.close();
});

function take(): PrintedCard {
  const card = printed.pop();
  if (!card) throw new Error('All cards are used up.');
  return card;
}

const authenticate = (input: AuthenticateCardInput, by: Client = api.ivr) =>
  by.request(AuthenticateCardDocument, { input });

const keyed = ({ serial, pin }: PrintedCard) => ({ by: { serialAndPin: { serial, pin } } });

/** Tries wrong PINs with the serial of a card, one after the other. */
async function fail(card: PrintedCard, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    const { result } = await authenticate(keyed({ ...card, pin: `${n}`.padStart(14, '0') }));
    expect(result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  }
}

const stateOf = async ({ serial }: PrintedCard) => {
  const { card } = await api.administrator.request(CardDocument, { by: { serial } });
  return { state: card?.state, reason: card?.lock?.reason ?? null };
};

const LOCKED = { state: 'LOCKED', reason: 'FAILED_ATTEMPTS' };
const UNLOCKED = { state: 'ACTIVE', reason: null };
const untilLocked = (card: PrintedCard) =>
  expect.poll(() => stateOf(card), { timeout: 10_000 }).toEqual(LOCKED);

test(`${FAILURES} wrong PINs with a serial lock its card against PINs from anywhere, with an end, an event and an alert`, async () => {
  const card = take();
  await fail(card, FAILURES - 1);
  succeeded((await authenticate(keyed(card))).result);
  expect(await stateOf(card)).toEqual(UNLOCKED);
  await fail(card, 1);
  await untilLocked(card);
  for (const by of [{ pin: card.pin }, keyed(card).by]) {
    const { result } = await authenticate({ by });
    expect(result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  }
  const by = { serial: card.serial };
  const history = await api.administrator.request(CardHistoryDocument, { by, first: 1 });
  expect(history.card?.events.edges[0]?.node).toMatchObject({
    type: 'CARD_LOCKED',
    reason: 'FAILED_ATTEMPTS',
  });
  const [row] = await api.db.database.sql`
    SELECT extract(epoch FROM unlock_at - locked_at)::int / 60 AS minutes FROM cards WHERE serial = ${card.serial}`;
  expect(row?.minutes).toBe(30);
  const alerts = async () => {
    const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {
      filter: { kinds: ['CARD_LOCKED_BY_FAILURES'] },
    });
    return securityAlerts.edges.map(({ node }) => node.card?.serial);
  };
  await expect.poll(alerts, { timeout: 10_000 }).toEqual([card.serial]);
});

test('the owner of a card that is failed at goes on: by bound number, by a number known from before, by token, and in calls', async () => {
  const card = take();
  const { serial, pin } = card;
  await api.ivr.request(BindNumberDocument, { input: { card: { serial }, number: '+390655501111' } });
  const known = { by: { pin }, callerNumber: '+390655502222' };
  const { token } = succeeded((await authenticate(known)).result);
  const switchCallId = newKey();
  const call = { switchCallId, by: { token }, number: '+390612345678', requestedSeconds: 60 };
  succeeded((await api.ivr.request(AuthorizeCallDocument, { input: call })).result);
  await fail(card, FAILURES);
  await untilLocked(card);

  succeeded((await authenticate({ by: { ani: '+390655501111' } })).result);
  succeeded((await authenticate(known)).result);
  succeeded((await authenticate({ ...keyed(card), callerNumber: '+390655502222' })).result);
  const { result: foreign } = await authenticate({ ...known, callerNumber: '+390655503333' });
  expect(foreign).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });

  const { result: extended } = await api.ivr.request(ExtendCallDocument, {
    input: { switchCallId, requestNumber: 1, usedSeconds: 60 },
  });
  expect(succeeded(extended).grant.seconds).toBeGreaterThan(60);
});

test('a number that is bound or known calls with a card that is failed at; one that is not does not', async () => {
  const card = take();
  const { serial, pin } = card;
  await api.ivr.request(BindNumberDocument, { input: { card: { serial }, number: '+390655504444' } });
  const known = { by: { pin }, callerNumber: '+390655505555' };
  succeeded((await authenticate(known)).result);
  await fail(card, FAILURES);
  await untilLocked(card);
  const call = async (given: object) => {
    const input = { switchCallId: newKey(), number: '+390612345678', requestedSeconds: 60, ...given };
    const { result } = await api.ivr.request(AuthorizeCallDocument, { input: input as never });
    return 'code' in result ? result.code : result.call.state;
  };
  expect(await call({ by: { pin }, callerNumber: '+390655506666' })).toBe('AUTHENTICATION_REFUSED');
  expect(await call({ by: { pin } })).toBe('AUTHENTICATION_REFUSED');
  expect(await call(known)).toBe('AUTHORIZED');
});

test('unlockCard forgets the failures: the next is the first again', async () => {
  const card = take();
  await fail(card, FAILURES);
  await untilLocked(card);
  const unlock = { input: { card: { serial: card.serial } } };
  succeeded((await api.administrator.request(UnlockCardDocument, unlock)).result);
  succeeded((await authenticate(keyed(card))).result);
  await fail(card, FAILURES - 1);
  succeeded((await authenticate(keyed(card))).result);
  expect(await stateOf(card)).toEqual(UNLOCKED);
});

test('the lock ends by itself, and with it the count', async () => {
  const card = take();
  await fail(card, FAILURES);
  await untilLocked(card);
  const { sql } = api.db.database;
  await sql`
    UPDATE cards SET unlock_at = now() - interval '1 minute', due_at = now() - interval '1 minute'
    WHERE serial = ${card.serial}`;
  await expect
    .poll(async () => (await authenticate(keyed(card))).result.__typename, { timeout: 10_000 })
    .toBe('AuthenticateCardPayload');
  expect(await stateOf(card)).toEqual(UNLOCKED);
  expect(await sql`SELECT FROM serial_failures WHERE serial = ${card.serial}`).toHaveLength(0);
});

test('failures of another time are not added to those of today', async () => {
  const card = take();
  await fail(card, FAILURES - 1);
  await api.db.database.sql`
    UPDATE serial_failures SET since = since - interval '1 hour' WHERE serial = ${card.serial}`;
  await fail(card, 1);
  succeeded((await authenticate(keyed(card))).result);
  expect(await stateOf(card)).toEqual(UNLOCKED);
});

test('fifty wrong PINs with one serial at once on two instances: few are compared, and the card is locked once', async () => {
  const card = take();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      authenticate(keyed({ ...card, pin: `${n}`.padStart(14, '0') }), n % 2 === 0 ? api.ivr : elsewhere),
    ),
  );
  expect(new Set(answers.map(({ result }) => 'code' in result && result.code))).toEqual(
    new Set(['AUTHENTICATION_REFUSED']),
  );
  await untilLocked(card);
  const { failedAuthentications } = await api.administrator.request(FailedAuthenticationsDocument, {
    filter: { reason: 'WRONG_PIN' },
  });
  const nodes = failedAuthentications.edges.map(({ node }) => node);
  const compared = nodes.filter(({ serial }) => serial === card.serial);
  const sum = compared.reduce((attempts, node) => attempts + node.attempts, 0);
  expect(sum).toBeGreaterThanOrEqual(FAILURES);
  expect(sum).toBeLessThanOrEqual(2 * FAILURES);
  const history = await api.administrator.request(CardHistoryDocument, { by: { serial: card.serial } });
  const locks = history.card?.events.edges.filter(({ node }) => node.type === 'CARD_LOCKED');
  expect(locks).toHaveLength(1);
});

test('FAILED_ATTEMPTS is not given by hand; a lock by hand takes its place, and keeps everybody out', async () => {
  const card = take();
  const lock = (reason: 'FAILED_ATTEMPTS' | 'REPORTED_LOST') =>
    api.administrator.request(LockCardDocument, { input: { card: { serial: card.serial }, reason } });
  await expectRefusal(api, 'INVALID_INPUT', () => lock('FAILED_ATTEMPTS'));
  const known = { by: { pin: card.pin }, callerNumber: '+390655507777' };
  succeeded((await authenticate(known)).result);
  await fail(card, FAILURES);
  await untilLocked(card);
  succeeded((await authenticate(known)).result);
  succeeded((await lock('REPORTED_LOST')).result);
  expect((await authenticate(known)).result).toMatchObject({ code: 'CARD_LOCKED' });
});

test('five wrong PINs from one number keep out the next from there, right or wrong; fifty at once are not fifty tries', async () => {
  const card = take();
  const { sql } = api.db.database;
  const from = (callerNumber: string, pin: string, by?: Client) =>
    authenticate({ by: { pin }, callerNumber }, by);
  const compared = async (callerNumber: string) => {
    const [row] = await sql<{ attempts: number | null }[]>`
      SELECT sum(attempts)::int AS attempts FROM failed_authentications WHERE caller_number = ${callerNumber}`;
    return row?.attempts ?? 0;
  };
  for (let n = 0; n < 5; n += 1) await from('+390655508888', `${n}`.padStart(14, '0'));
  expect((await from('+390655508888', card.pin)).result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  expect(await compared('+390655508888')).toBe(5);
  await sql`UPDATE guess_sources SET counted_at = now() - interval '1 minute' WHERE source = '+390655508888'`;
  succeeded((await from('+390655508888', card.pin)).result);

  await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      from('+390655509999', `${n}`.padStart(14, '0'), n % 2 === 0 ? api.ivr : elsewhere),
    ),
  );
  // Each instance lets as many go at once as there are free; what one has counted the other sees.
  expect(await compared('+390655509999')).toBeLessThanOrEqual(10);
});
