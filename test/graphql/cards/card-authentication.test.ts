import { beforeAll, expect, test } from 'vitest';
import { createClient } from '../../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  type AuthenticateCardInput,
  AuthorizeCallDocument,
  BindNumberDocument,
  type CardCredentials,
  CardDocument,
  FailedAuthenticationsDocument,
  OwnCardDocument,
  RedeemVoucherDocument,
} from '../../../src/client/operations.ts';
import { euros, newKey, useApi } from '../../harness/api.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../../harness/batches.ts';
import { expectForbidden, expectRefusal, snapshot, succeeded } from '../../harness/refusals.ts';

const api = useApi();
let printed: PrintedCard[];
let switchKey: string;

/** A batch of eight cards with real PINs; the last stays inactive. */
beforeAll(async () => {
  switchKey = await api.secret('SWITCH');
  const terms = { quantity: 8, validityDays: 30, graceDays: 7, language: 'it', partnerId: api.partner.id };
  const { cardBatch } = succeeded((await orderBatch(api, terms)).result);
  await batchEnded(api, cardBatch.id);
  printed = await printedCards(api, cardBatch.id);
  await api.administrator.request(ActivateCardsDocument, {
    cards: { serials: { from: at(0).serial, to: at(6).serial } },
  });
});

function at(place: number): PrintedCard {
  const card = printed[place];
  if (!card) throw new Error(`Only ${printed.length} cards were printed.`);
  return card;
}

const authenticate = (by: CardCredentials, given: Partial<AuthenticateCardInput> = {}, client = api.ivr) =>
  client.request(AuthenticateCardDocument, { input: { by, ...given } });

test('asking for a card is no use of it, however it is asked; beginning to use it starts the validity, once', async () => {
  const { pin, serial } = at(0);
  const untouched = await snapshot(api.db.database.sql);
  for (const by of [{ pin }, { serialAndPin: { serial, pin } }]) {
    const asked = succeeded((await authenticate(by)).result);
    expect(asked).toMatchObject({ state: 'ACTIVE', remainingSeconds: 30 * 86_400 });
    const session = createClient({ url: api.url, key: asked.token });
    expect((await session.request(OwnCardDocument)).viewer.card).toMatchObject({ serial });
    const { card } = await api.administrator.request(CardDocument, { by: { serial } });
    expect(card).toMatchObject({ firstUsedAt: null, validUntil: null });
  }
  expect(await snapshot(api.db.database.sql)).toEqual(untouched);
  const first = succeeded((await authenticate({ pin }, { use: true })).result);
  expect(first).toMatchObject({ state: 'ACTIVE', language: 'it', balance: euros('5.00'), card: { serial } });
  expect(first.remainingSeconds).toBeGreaterThan(30 * 86_400 - 60);
  expect(first.remainingSeconds).toBeLessThanOrEqual(30 * 86_400);
  const before = await snapshot(api.db.database.sql);
  const again = succeeded((await authenticate({ serialAndPin: { serial, pin } }, { use: true })).result);
  expect(again.card).toEqual(first.card);
  expect(await snapshot(api.db.database.sql)).toEqual(before);
});

test('a PIN may be keyed with blanks and dashes; a bound number needs none', async () => {
  const { pin, serial } = at(1);
  const spaced = `${pin.slice(0, 4)} ${pin.slice(4, 9)}-${pin.slice(9)}`;
  expect(succeeded((await authenticate({ pin: spaced })).result).card.serial).toBe(serial);
  await api.ivr.request(BindNumberDocument, { input: { card: { serial }, number: '+390655501234' } });
  for (const ani of ['+390655501234', '0039 06 5550 1234', '0655501234']) {
    expect(succeeded((await authenticate({ ani })).result).card.serial).toBe(serial);
  }
  const { result } = await authenticate({ ani: '06 5550 1234' }, { country: 'IT' });
  expect(succeeded(result).card.serial).toBe(serial);
});

test('every failure to prove a card has one answer, byte for byte, and leaves no trace', async () => {
  const { sql } = api.db.database;
  const [locked, inGrace, deactivated, expired] = [at(2), at(3), at(4), at(5)];
  const set = (card: PrintedCard, changes: Record<string, unknown>) =>
    sql`UPDATE cards SET ${sql(changes)} WHERE serial = ${card.serial}`;
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  await set(locked, { locked_at: new Date(), lock_reason: 'OPERATOR' });
  await set(inGrace, { valid_until: days(-1), grace_until: days(1) });
  await set(deactivated, { status: 'DEACTIVATED' });
  await set(expired, { valid_until: days(-2), grace_until: days(-1) });
  await bindStraight(locked, '+390655509999');

  const before = await snapshot(sql);
  const answers = new Map<string, string[]>();
  const cases: [string, CardCredentials][] = [
    ['unknown PIN', { pin: '00000000000000' }],
    ['no PIN', { pin: '' }],
    ['wrong PIN of a serial', { serialAndPin: { serial: at(0).serial, pin: at(1).pin } }],
    ['unknown serial', { serialAndPin: { serial: '9999999999', pin: at(0).pin } }],
    ['unbound ANI', { ani: '+390655500000' }],
    ['withheld ANI', { ani: 'anonymous' }],
    ['ANI of a locked card', { ani: '+390655509999' }],
  ];
  for (const [name, by] of cases) {
    const answer = await rawAnswer({ by });
    answers.set(answer, [...(answers.get(answer) ?? []), name]);
  }
  expect([...answers.values()]).toEqual([cases.map(([name]) => name)]);
  expect([...answers.keys()][0]).toContain('AUTHENTICATION_REFUSED');
  expect(await snapshot(sql)).toEqual(before);
});

test('whoever has the right PIN is told why the card is of no use', async () => {
  const [locked, deactivated, expired, inactive] = [at(2), at(4), at(5), at(7)];
  for (const [code, { serial, pin }] of [
    ['CARD_LOCKED', locked],
    ['CARD_DEACTIVATED', deactivated],
    ['CARD_CLOSED', expired],
    ['CARD_INACTIVE', inactive],
  ] as const) {
    for (const by of [{ pin }, { serialAndPin: { serial, pin } }]) {
      await expectRefusal(api, code, () => authenticate(by));
    }
  }
  const reasons = (await api.administrator.request(FailedAuthenticationsDocument, {})).failedAuthentications;
  expect(reasons.edges.map(({ node }) => node.reason)).toEqual(
    expect.arrayContaining(['LOCKED', 'DEACTIVATED', 'EXPIRED', 'INACTIVE']),
  );
});

test('a card locked by wrong PINs tells the right one nothing', async () => {
  const { serial, pin } = at(6);
  const { sql } = api.db.database;
  const lock = (reason: string | null) =>
    sql`UPDATE cards SET locked_at = ${reason && new Date()}, lock_reason = ${reason} WHERE serial = ${serial}`;
  await lock('FAILED_ATTEMPTS');
  await expectRefusal(api, 'AUTHENTICATION_REFUSED', () => authenticate({ pin }));
  await lock(null);
  succeeded((await authenticate({ pin })).result);
});

test('in its grace a card is found by its PIN, so that its caller can be told and revive it', async () => {
  const { pin } = at(3);
  const found = succeeded((await authenticate({ pin })).result);
  expect(found).toMatchObject({ state: 'IN_GRACE', remainingSeconds: 0, balance: euros('5.00') });
  for (const by of [{ pin }, { token: found.token }]) {
    const call = { switchCallId: newKey(), by, number: '+390612345678' };
    const { result } = await api.ivr.request(AuthorizeCallDocument, { input: call });
    expect(result).toMatchObject({ code: 'CALL_REFUSED', reason: 'CARD_IN_GRACE' });
  }
  const { failedAuthentications } = await api.administrator.request(FailedAuthenticationsDocument, {});
  expect(failedAuthentications.edges.map(({ node }) => node.reason)).not.toContain('IN_GRACE');
});

test('a caller with only a PIN revives a card in its grace with a voucher', async () => {
  const batchOf = async (terms: Parameters<typeof orderBatch>[1]) => {
    const { cardBatch } = succeeded((await orderBatch(api, { quantity: 1, ...terms })).result);
    await batchEnded(api, cardBatch.id);
    const [card] = await printedCards(api, cardBatch.id);
    await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
    return card ?? { serial: '', pin: '' };
  };
  const term = { validityDays: 30, graceDays: 7, recharge: { extendsValidityDays: 30 } };
  const { serial, pin } = await batchOf({ type: 'RECHARGEABLE', ...term });
  const voucher = await batchOf({ type: 'VOUCHER', faceValue: euros('3') });
  succeeded((await authenticate({ pin }, { use: true })).result);
  await api.db.database.sql`
    UPDATE cards SET valid_until = now() - interval '1 day', grace_until = now() + interval '6 days'
    WHERE serial = ${serial}`;
  const { card, state } = succeeded((await authenticate({ pin })).result);
  expect(state).toBe('IN_GRACE');
  const input = { card: { id: card.id }, voucherPin: voucher.pin, idempotencyKey: newKey() };
  const redeemed = succeeded((await api.ivr.request(RedeemVoucherDocument, { input })).result);
  expect(redeemed.balance).toEqual(euros('8.00'));
  expect(succeeded((await authenticate({ pin })).result).state).toBe('ACTIVE');
});

test('an invalid request of the switch is refused by name; a partner may not authenticate at all', async () => {
  await expectRefusal(api, 'AUTHENTICATION_REFUSED', () => authenticate({ pin: '1' }));
  await expectRefusal(api, 'INVALID_INPUT', () => authenticate({ ani: '0655501234' }, { country: 'XX' }));
  await expectForbidden(api, () => authenticate({ pin: at(6).pin }, {}, api.partner.client));
  succeeded((await authenticate({ pin: at(6).pin }, {}, api.administrator)).result);
});

test('an operator sees the true state that the caller does not see', async () => {
  const states = [];
  for (const { serial } of printed) {
    const { card } = await api.administrator.request(CardDocument, { by: { serial } });
    states.push(card?.state);
  }
  expect(states).toEqual([
    ...['ACTIVE', 'ACTIVE', 'LOCKED', 'IN_GRACE', 'DEACTIVATED', 'EXPIRED', 'ACTIVE', 'INACTIVE'],
  ]);
});

/** A locked card takes no new number: this one had its before. */
async function bindStraight({ serial }: PrintedCard, number: string): Promise<void> {
  await api.db.database.sql`
    INSERT INTO number_bindings (number, card_id, created_at) SELECT ${number}, id, now() FROM cards WHERE serial = ${serial}`;
}

/** The body of the answer as it comes. */
async function rawAnswer(input: AuthenticateCardInput): Promise<string> {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${switchKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: AuthenticateCardDocument.toString(), variables: { input } }),
  });
  return `${response.status} ${await response.text()}`;
}
