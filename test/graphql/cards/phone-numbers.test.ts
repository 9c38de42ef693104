import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  AuthenticateCardDocument,
  type AuthenticateCardInput,
  AuthorizeCallDocument,
  type AuthorizeCallInput,
  BindNumberDocument,
  type BindNumberInput,
  CardDocument,
  CreateApiKeyDocument,
  EraseNumberDocument,
  QuoteCallDocument,
  RotateApiKeyDocument,
  UnbindNumberDocument,
} from '../../../src/client/operations.ts';
import { toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { type ApiCard, newKey, nth, useApi } from '../../harness/api.ts';
import { batchEnded, orderBatch, printedCards } from '../../harness/batches.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();
let rateGroupId: string;

beforeAll(async () => {
  rateGroupId = await makeRateGroup(api.db.database.sql, [
    { prefix: '39', pricePer1e8Minute: 6_000_000n },
    { prefix: '52', pricePer1e8Minute: 2_000_000n },
    { prefix: '54', pricePer1e8Minute: 3_000_000n },
    { prefix: '5411', pricePer1e8Minute: 1_000_000n },
    { prefix: '64', pricePer1e8Minute: 4_000_000n },
    { prefix: '65', pricePer1e8Minute: 5_000_000n },
    { prefix: '1', pricePer1e8Minute: 9_000_000n },
  ]);
});

const clients: Client[] = [];
afterAll(() => Promise.all(clients.map((each) => each.close())));

const newCard = async (): Promise<ApiCard> =>
  nth(await api.cards({ count: 1, rateGroupId, type: 'STANDARD' }), 0);
const bind = (card: ApiCard, number: string, given: Partial<BindNumberInput> = {}) =>
  api.administrator
    .request(BindNumberDocument, { input: { card: { id: card.id }, number, ...given } })
    .then(({ result }) => result);
const authenticate = (given: AuthenticateCardInput, client = api.ivr) =>
  client.request(AuthenticateCardDocument, { input: given }).then(({ result }) => result);
const authorize = (given: Omit<AuthorizeCallInput, 'switchCallId'>, client = api.ivr) =>
  client
    .request(AuthorizeCallDocument, { input: { switchCallId: newKey(), ...given } })
    .then(({ result }) => result);

let lines = 0;
/** A number in Rome that nothing is bound to. */
const freshNumber = () => `+39068765${String(1000 + lines++)}`;

async function boundCard(): Promise<{ card: ApiCard; ani: string }> {
  const [card, ani] = [await newCard(), freshNumber()];
  succeeded(await bind(card, ani));
  return { card, ani };
}

/** A switch whose network writes numbers in E.164 without a plus. */
async function sipSwitch() {
  const input = { name: 'SIP', role: 'SWITCH', callerNumberForm: 'E164' } as const;
  const made = succeeded((await api.administrator.request(CreateApiKeyDocument, { input })).result);
  return { ...made, client: opened(made.secret) };
}

function opened(key: string): Client {
  const client = createClient({ url: api.url, key });
  clients.push(client);
  return client;
}

describe('a dialed number', () => {
  test.each([
    ['+61 2 9374 4000', '0011 64 9 300 1234', '+6493001234'],
    ['+852 2123 4567', '001 65 6555 1234', '+6565551234'],
    ['+39 06 555 0100', '00 39 06 8765 4321', '+390687654321'],
    ['+1 212 555 0100', '011 39 06 8765 4321', '+390687654321'],
  ])('through %s, %s is %s', async (accessNumber, number, read) => {
    const { ani } = await boundCard();
    const { call } = succeeded(await authorize({ by: { ani }, accessNumber, number }));
    expect(call.number).toBe(read);
  });

  test('with two readings is refused by name', async () => {
    const { ani } = await boundCard();
    await expectRefusal(api, 'AMBIGUOUS_PHONE_NUMBER', () =>
      api.ivr.request(AuthorizeCallDocument, {
        input: { switchCallId: newKey(), by: { ani }, number: '0016565551234', country: 'US' },
      }),
    );
  });

  test('costs the same in both spellings of its line', async () => {
    const quote = async (number: string) => {
      const args = { rateGroupId: toGlobalId('RateGroup', rateGroupId), number, seconds: 60 };
      return succeeded((await api.administrator.request(QuoteCallDocument, args)).result).charge;
    };
    expect(await quote('+5215512345678')).toEqual(await quote('+525512345678'));
    expect(await quote('+5491123456789')).toEqual(await quote('+541123456789'));
  });
});

describe('an access number', () => {
  test.each(['s', '4040', 'sip:gw@10.0.0.1'])('that is %s is refused for its field', async (accessNumber) => {
    const { ani } = await boundCard();
    const refused = { __typename: 'InvalidPhoneNumberError', code: 'INVALID_PHONE_NUMBER' };
    const answers = [
      await authorize({ by: { ani }, accessNumber, number: '+390687654321' }),
      await authenticate({ by: { ani }, accessNumber }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject(refused);
      expect(answer).toHaveProperty('message', expect.stringMatching(/^accessNumber: /));
    }
  });

  test('is read in its country, like every number', async () => {
    for (const accessNumber of ['06 555 0100', 'sip:+39065550100@gw', '0039065550100']) {
      const { card, ani } = await boundCard();
      const authorized = await authorize({ by: { ani }, accessNumber, number: '+390687654321' });
      expect(succeeded(authorized).call.state).toBe('AUTHORIZED');
      const found = succeeded(await authenticate({ by: { ani }, accessNumber, country: 'IT' }));
      expect(found.card.id).toBe(card.id);
    }
    const accessNumbers = await api.db.database.sql`
      SELECT access_number FROM calls WHERE access_number LIKE '%5550100' GROUP BY 1`;
    expect(accessNumbers.map((row) => row.access_number)).toContain('+39065550100');
  });

  test('can not be called through itself', async () => {
    const { ani } = await boundCard();
    const call = { by: { ani }, accessNumber: '+39 06 555 0100', number: '06 555 0100' };
    expect(await authorize(call)).toMatchObject({ code: 'CALL_REFUSED', reason: 'ACCESS_NUMBER_DIALED' });
  });
});

describe('numbers in bare E.164', () => {
  test('are read as the key says, and through its rotations', async () => {
    const { card, ani } = await boundCard();
    const { client, apiKey } = await sipSwitch();
    const bare = ani.slice(1);
    expect(succeeded(await authenticate({ by: { ani: bare } }, client)).card.id).toBe(card.id);
    const rotation = { id: apiKey.id, overlapSeconds: 60 };
    const { result } = await api.administrator.request(RotateApiKeyDocument, rotation);
    const next = opened(succeeded(result).secret);
    expect(succeeded(await authenticate({ by: { ani: bare } }, next)).card.id).toBe(card.id);
  });

  test('are read as the request says', async () => {
    const card = await newCard();
    const bound = succeeded(await bind(card, '525587654321', { numberForm: 'E164' }));
    expect(bound.number).toBe('+525587654321');
    const by = { ani: '525587654321' };
    expect(await authenticate({ by })).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
    const found = succeeded(await authenticate({ by, callerNumberForm: 'E164' }));
    expect(found.card.id).toBe(card.id);
    const call = { by, callerNumberForm: 'E164', dialedNumberForm: 'E164' } as const;
    expect(succeeded(await authorize({ ...call, number: '390687654321' })).call.number).toBe('+390687654321');
  });

  test('are no Italian numbers because of their length', async () => {
    const card = await newCard();
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () =>
      api.administrator.request(BindNumberDocument, {
        input: { card: { id: card.id }, number: '525512345678', country: 'IT' },
      }),
    );
  });
});

const NOBODY = [
  ['0000000000', 'IT'],
  ['+10000000000', 'IT'],
  ['+15555555555', 'IT'],
  ['266696687', 'IT'],
  ['266696687', 'PL'],
  ['+39 6 1234 5678', 'IT'],
] as const;

describe('a number that nobody has', () => {
  test.each(NOBODY)('%s (%s) is not bound', async (number, country) => {
    const card = await newCard();
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () =>
      api.administrator.request(BindNumberDocument, { input: { card: { id: card.id }, number, country } }),
    );
  });

  test('bound before this was known, it lets nobody in, and can be unbound', async () => {
    const card = await newCard();
    await api.db.database.sql`
      INSERT INTO number_bindings (number, card_id, created_at) VALUES ('+15555555555', ${card.uuid}, now())`;
    const ani = '+15555555555';
    expect(await authenticate({ by: { ani } })).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
    expect(await authorize({ by: { ani }, number: '+390687654321' })).toMatchObject({
      code: 'AUTHENTICATION_REFUSED',
    });
    const input = { card: { id: card.id }, number: ani };
    succeeded((await api.administrator.request(UnbindNumberDocument, { input })).result);
  });

  test('is not trusted after a PIN was keyed from it', async () => {
    const { cardBatch } = succeeded((await orderBatch(api, { quantity: 1 })).result);
    await batchEnded(api, cardBatch.id);
    const [printed] = await printedCards(api, cardBatch.id);
    if (!printed) throw new Error('No card was printed.');
    const { sql } = api.db.database;
    await sql`UPDATE cards SET status = 'ACTIVE', activated_at = now() WHERE serial = ${printed.serial}`;
    const by = { pin: printed.pin };
    for (const [callerNumber, country] of NOBODY) {
      succeeded(await authenticate({ by, callerNumber, country }));
    }
    succeeded(await authenticate({ by, callerNumber: '+390687650001' }));
    await expect.poll(() => sql`SELECT number FROM trusted_numbers`).toEqual([{ number: '+390687650001' }]);
  });
});

describe('a line with two spellings', () => {
  test.each([
    ['+5491123456789', '+54 11 2345 6789', '+541123456789'],
    ['+52 1 55 8765 1234', '+525587651234', '+525587651234'],
  ])('is one identity: %s and %s', async (one, other, line) => {
    const card = await newCard();
    expect(succeeded(await bind(card, one)).number).toBe(line);
    for (const ani of [one, other]) {
      expect(succeeded(await authenticate({ by: { ani } })).card.id).toBe(card.id);
      const found = await api.administrator.request(CardDocument, { by: { boundNumber: ani } });
      expect(found.card?.id).toBe(card.id);
    }
    const another = await newCard();
    expect(await bind(another, other)).toMatchObject({ code: 'NUMBER_ALREADY_BOUND', sameCard: false });
  });

  test('is erased in both', async () => {
    for (const number of ['+5491187654321', '+541187654321']) {
      const { ani } = await boundCard();
      expect(succeeded(await authorize({ by: { ani }, number })).call.number).toBe(number);
    }
    const { result } = await api.administrator.request(EraseNumberDocument, { number: '+541187654321' });
    expect(succeeded(result)).toMatchObject({ calls: 2 });
  });
});
