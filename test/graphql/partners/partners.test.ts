import { describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  CreatePartnerDocument,
  NodeDocument,
  PartnersDocument,
  TopUpPartnerDocument,
  type TopUpPartnerInput,
  ViewerDocument,
} from '../../../src/client/operations.ts';
import { euros, newKey, nth, useApi } from '../../harness/api.ts';
import { expectForbidden, expectRefusal, failure, succeeded } from '../../harness/refusals.ts';

const api = useApi();

const create = (name: string, currency = 'EUR', by: Client = api.administrator) =>
  by.request(CreatePartnerDocument, { input: { name, currency } });

const topUp = (given: Partial<TopUpPartnerInput> = {}, by: Client = api.administrator) =>
  by.request(TopUpPartnerDocument, {
    input: { partnerId: api.partner.id, amount: euros('10'), idempotencyKey: newKey(), ...given },
  });

const createKey = (given: Partial<CreateApiKeyInput> = {}, by: Client = api.administrator) =>
  by.request(CreateApiKeyDocument, { input: { name: 'Portal', role: 'ADMINISTRATOR', ...given } });

describe('createPartner', () => {
  test('makes a partner with an empty wallet', async () => {
    const { partner } = succeeded((await create('  Rome Telecom ', 'USD')).result);
    expect(partner).toMatchObject({ name: 'Rome Telecom', balance: { amount: '0.00', currency: 'USD' } });
    const { partners } = await api.administrator.request(PartnersDocument, { first: 1 });
    expect(partners.edges[0]?.node.id).toBe(partner.id);
  });

  test('is refused by name and changes nothing', async () => {
    succeeded((await create('Taken')).result);
    await expectRefusal(api, 'NAME_TAKEN', () => create('Taken'));
    await expectRefusal(api, 'INVALID_INPUT', () => create('  '));
    await expectRefusal(api, 'INVALID_INPUT', () => create('x'.repeat(201)));
    await expectRefusal(api, 'INVALID_INPUT', () => create('Nowhere', 'ZZZ'));
    await expectForbidden(api, () => create('Mine', 'EUR', api.ivr));
  });
});

describe('topUpPartner', () => {
  test('puts money into the wallet, once for each key', async () => {
    const given = { idempotencyKey: newKey(), reason: 'Invoice 7' };
    const first = await topUp(given);
    expect(succeeded(first.result)).toMatchObject({
      balance: euros('110.00'),
      transfer: { kind: 'TOP_UP', reason: 'Invoice 7', walletChange: euros('10.00'), cardChange: null },
    });
    const again = await Promise.all(Array.from({ length: 10 }, () => topUp(given)));
    for (const answer of again) expect(answer).toEqual(first);
    const { partners } = await api.partner.client.request(PartnersDocument);
    expect(partners.edges[0]?.node.balance).toEqual(euros('110.00'));
    expect(
      partners.edges[0]?.node.statement.edges.map(({ node }) => node.walletBalanceAfter?.amount),
    ).toEqual(['110.00', '100.00']);
  });

  test('is refused by name and changes nothing', async () => {
    const used = newKey();
    succeeded((await topUp({ idempotencyKey: used })).result);
    const cases = [
      ['INVALID_AMOUNT', { amount: euros('0') }],
      ['INVALID_AMOUNT', { amount: euros('-5') }],
      ['INVALID_AMOUNT', { amount: euros('1000000000.000001') }],
      ['CURRENCY_MISMATCH', { amount: { amount: '1', currency: 'USD' } }],
      ['IDEMPOTENCY_KEY_REUSED', { idempotencyKey: used, amount: euros('11') }],
      ['INVALID_INPUT', { idempotencyKey: '' }],
      ['INVALID_INPUT', { reason: 'x'.repeat(501) }],
      ['NOT_FOUND', { partnerId: 'nobody' }],
      ['NOT_FOUND', { partnerId: nth(api.partner.batch, 0).id }],
    ] as const;
    for (const [code, given] of cases) {
      await expectRefusal(api, code, () => topUp(given), { remembersKey: true });
    }
    await expectRefusal(api, 'NOT_FOUND', () => topUp({}, api.partner.client));
    await expectForbidden(api, () => topUp({}, api.ivr));
  });
});

describe('createApiKey', () => {
  test.each(['ADMINISTRATOR', 'SWITCH', 'PARTNER'] as const)('makes a key that opens as %s', async (role) => {
    const partnerId = role === 'PARTNER' ? api.rival.id : null;
    const { secret, apiKey } = succeeded((await createKey({ role, partnerId })).result);
    expect(secret.startsWith(apiKey.prefix)).toBe(true);
    const { viewer } = await createClient({ url: api.url, key: secret }).request(ViewerDocument);
    expect(viewer).toMatchObject({ role, name: 'Portal', apiKey: { id: apiKey.id } });
    expect(viewer.partner?.id ?? null).toBe(partnerId);
  });

  test('is refused by name and changes nothing', async () => {
    await expectRefusal(api, 'INVALID_INPUT', () => createKey({ name: '' }));
    await expectRefusal(api, 'INVALID_INPUT', () => createKey({ role: 'PARTNER' }));
    await expectRefusal(api, 'INVALID_INPUT', () => createKey({ role: 'SWITCH', partnerId: api.rival.id }));
    await expectRefusal(api, 'INVALID_INPUT', () => createKey({ expiresAt: '2020-01-01T00:00:00Z' }));
    await expectRefusal(api, 'NOT_FOUND', () => createKey({ role: 'PARTNER', partnerId: 'nobody' }));
    await expectRefusal(api, 'NOT_ALLOWED', () => createKey({}, api.partner.client));
    await expectForbidden(api, () => createKey({}, api.ivr));
  });

  test('an expired key and an unknown one open nothing', async () => {
    const { secret, apiKey } = succeeded((await createKey()).result);
    const uuid = Buffer.from(apiKey.id, 'base64').toString().split(':')[1] ?? '';
    await api.db.database
      .sql`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = ${uuid}`;
    for (const key of [secret, `clk_${'A'.repeat(43)}`, 'nonsense']) {
      expect(await failure(() => createClient({ url: api.url, key }).request(ViewerDocument))).toBe(
        'UNAUTHENTICATED',
      );
    }
  });
});

describe('reading', () => {
  test('a partner sees itself and no other; a switch sees no list', async () => {
    const { client, id } = api.partner;
    const { partners } = await client.request(PartnersDocument, { first: 10 });
    expect(partners.edges.map(({ node }) => node.id)).toEqual([id]);
    expect((await client.request(NodeDocument, { id })).node).toEqual({ __typename: 'Partner', id });
    expect((await client.request(NodeDocument, { id: api.rival.id })).node).toBeNull();
    await expectForbidden(api, () => api.ivr.request(PartnersDocument));
  });

  test('another’s keys and transfers are nobody else’s by node either', async () => {
    const { partners } = await api.rival.client.request(PartnersDocument);
    const [node] = partners.edges.map((edge) => edge.node);
    const ids = [node?.apiKeys.edges[0]?.node.id, node?.statement.edges[0]?.node.id];
    for (const id of ids) {
      expect((await api.rival.client.request(NodeDocument, { id: id ?? '' })).node).toMatchObject({ id });
      expect((await api.partner.client.request(NodeDocument, { id: id ?? '' })).node).toBeNull();
    }
  });
});
