import { beforeAll, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  type AuthenticateCardInput,
  BindNumberDocument,
  type CardCredentials,
  CardDocument,
} from '../../src/client/operations.ts';
import { euros, useApi } from '../harness/api.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../harness/batches.ts';
import { expectForbidden, expectRefusal, snapshot, succeeded } from '../harness/refusals.ts';

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

test('the first use starts the validity; the second changes nothing', async () => {
  const { pin, serial } = at(0);
  const first = succeeded((await authenticate({ pin })).result);
  expect(first).toMatchObject({ state: 'ACTIVE', language: 'it', balance: euros('5.00'), card: { serial } });
  expect(first.remainingSeconds).toBeGreaterThan(30 * 86_400 - 60);
  expect(first.remainingSeconds).toBeLessThanOrEqual(30 * 86_400);
  const before = await snapshot(api.db.database.sql);
  const again = succeeded((await authenticate({ serialAndPin: { serial, pin } })).result);
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

test('every failure has one answer, byte for byte, and leaves no trace', async () => {
  const { sql } = api.db.database;
  const [locked, inGrace, deactivated, expired, inactive] = [at(2), at(3), at(4), at(5), at(7)];
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
    ['inactive', { pin: inactive.pin }],
    ['inactive by serial', { serialAndPin: inactive }],
    ['locked', { pin: locked.pin }],
    ['in grace', { pin: inGrace.pin }],
    ['deactivated', { pin: deactivated.pin }],
    ['expired', { serialAndPin: expired }],
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
