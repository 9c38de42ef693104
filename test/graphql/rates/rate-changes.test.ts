import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  AuthorizeCallDocument,
  CompleteCallDocument,
  QuoteCallDocument,
  RatesDocument,
  SetRateDocument,
  type SetRateInput,
  WithdrawRateDocument,
  type WithdrawRateInput,
} from '../../../src/client/operations.ts';
import { fromGlobalId, toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { euros, newKey, nth, useApi } from '../../harness/api.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { expectForbidden, expectRefusal, snapshot, succeeded } from '../../harness/refusals.ts';

const api = useApi();
let rateGroupId: string;

/** Italy at 0.06 a minute, its mobiles at 0.12. */
beforeAll(async () => {
  rateGroupId = toGlobalId(
    'RateGroup',
    await makeRateGroup(api.db.database.sql, [
      { prefix: '39', pricePer1e8Minute: 6_000_000n },
      { prefix: '3933', pricePer1e8Minute: 12_000_000n, initial: 30, increment: 6 },
    ]),
  );
});

const setRate = (input: Omit<SetRateInput, 'rateGroupId'>, by: Client = api.administrator) =>
  by.request(SetRateDocument, { input: { rateGroupId, ...input } });
const withdraw = (
  input: Omit<WithdrawRateInput, 'rateGroupId' | 'barred'> & { barred?: boolean },
  by: Client = api.administrator,
) => by.request(WithdrawRateDocument, { input: { rateGroupId, barred: false, ...input } });

/** The prefix that prices a number now; or the name of the refusal. */
async function pricedBy(number: string): Promise<string> {
  const { result } = await api.ivr.request(QuoteCallDocument, { rateGroupId, number, seconds: 60 });
  return 'rate' in result ? `${result.rate.prefix} at ${result.rate.pricePerMinute}` : result.code;
}

async function inEffectAt(at: Date): Promise<string[]> {
  const filter = { inEffectAt: at.toISOString() };
  const { rates } = await api.ivr.request(RatesDocument, { rateGroupId, filter, first: 100 });
  return rates.edges.map(({ node }) => `${node.prefix} at ${node.pricePerMinute}`);
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

describe('setRate', () => {
  test('changes one price now; its other terms and the other prefixes stay', async () => {
    const { rate } = succeeded((await setRate({ prefix: '+3933', pricePerMinute: '0.13' })).result);
    expect(rate).toMatchObject({
      prefix: '3933',
      pricePerMinute: '0.13',
      initialIncrement: 30,
      increment: 6,
    });
    expect(await pricedBy('+393331234567')).toBe('3933 at 0.13');
    expect(await pricedBy('+390612345678')).toBe('39 at 0.06');
  });

  test('repeated, it changes nothing', async () => {
    succeeded((await setRate({ prefix: '3934', pricePerMinute: '0.2', destination: 'Mobile' })).result);
    const before = await snapshot(api.db.database.sql);
    succeeded((await setRate({ prefix: '003934', pricePerMinute: '0.20' })).result);
    succeeded((await setRate({ prefix: '3934' })).result);
    expect(await snapshot(api.db.database.sql)).toEqual(before);
  });

  test('of a later date leaves today’s price, and the filter shows which is in effect when', async () => {
    const from = inDays(10);
    const to = inDays(20);
    const price = { prefix: '3902', pricePerMinute: '0.03', effectiveFrom: from.toISOString() };
    succeeded((await setRate({ ...price, effectiveTo: to.toISOString() })).result);
    expect(await pricedBy('+390212345678')).toBe('39 at 0.06');
    expect(await inEffectAt(new Date())).not.toContain('3902 at 0.03');
    expect(await inEffectAt(inDays(15))).toContain('3902 at 0.03');
    expect(await inEffectAt(inDays(25))).not.toContain('3902 at 0.03');
    // A new price within that time ends when the old one would have.
    const { rate } = succeeded(
      (await setRate({ prefix: '3902', pricePerMinute: '0.04', effectiveFrom: inDays(12).toISOString() }))
        .result,
    );
    expect(rate.effectiveTo).toBe(to.toISOString());
    expect(await inEffectAt(inDays(15))).toContain('3902 at 0.04');
  });

  test('needs a price for a prefix that is not offered', async () => {
    await expectRefusal(api, 'INVALID_INPUT', () => setRate({ prefix: '44' }));
    succeeded((await withdraw({ prefix: '44', barred: true })).result);
    await expectRefusal(api, 'INVALID_INPUT', () => setRate({ prefix: '44' }));
    const { rate } = succeeded((await setRate({ prefix: '44', pricePerMinute: '0.01' })).result);
    expect(rate).toMatchObject({ destination: '+44', barred: false, initialIncrement: 60, increment: 60 });
  });

  test('is refused by name and changes nothing', async () => {
    const good = { prefix: '39', pricePerMinute: '0.07' };
    const cases = [
      ['INVALID_INPUT', { ...good, prefix: 'Rome' }],
      ['INVALID_INPUT', { ...good, pricePerMinute: '-0.07' }],
      ['INVALID_INPUT', { ...good, pricePerMinute: '0.123456789' }],
      ['INVALID_INPUT', { ...good, connectionFee: '-1' }],
      ['INVALID_INPUT', { ...good, increment: 0 }],
      ['INVALID_INPUT', { ...good, initialIncrement: 86_401 }],
      ['INVALID_INPUT', { ...good, destination: '' }],
      ['INVALID_INPUT', { ...good, effectiveTo: inDays(-1).toISOString() }],
      ['INVALID_AMOUNT', { ...good, connectionFee: 'little' }],
      ['NOT_FOUND', { ...good, rateGroupId: toGlobalId('RateGroup', newKey()) }],
    ] as const;
    for (const [code, input] of cases) await expectRefusal(api, code, () => setRate(input));
    for (const by of [api.partner.client, api.ivr]) await expectForbidden(api, () => setRate(good, by));
  });
});

describe('withdrawRate', () => {
  test('lets a shorter prefix apply, or bars the numbers', async () => {
    succeeded((await setRate({ prefix: '3935', pricePerMinute: '0.5' })).result);
    expect(succeeded((await withdraw({ prefix: '3935' })).result).rate).toMatchObject({ withdrawn: true });
    expect(await pricedBy('+393512345678')).toBe('39 at 0.06');
    expect(succeeded((await withdraw({ prefix: '3935', barred: true })).result).rate).toMatchObject({
      barred: true,
    });
    expect(await pricedBy('+393512345678')).toBe('NO_RATE_FOR_NUMBER');
    expect((await inEffectAt(new Date())).filter((rate) => rate.startsWith('3935'))).toEqual([]);
  });

  test('is refused by name and changes nothing', async () => {
    await expectRefusal(api, 'NOT_FOUND', () => withdraw({ prefix: '33' }));
    await expectRefusal(api, 'INVALID_INPUT', () => withdraw({ prefix: '' }));
    for (const by of [api.partner.client, api.ivr])
      await expectForbidden(api, () => withdraw({ prefix: '39' }, by));
  });
});

test('a call in progress keeps the price it began with', async () => {
  const group = await makeRateGroup(api.db.database.sql, [{ prefix: '41', pricePer1e8Minute: 6_000_000n }]);
  const card = nth(await api.cards({ count: 1, rateGroupId: group, type: 'STANDARD' }), 0);
  const ani = '+390619990001';
  await api.db.database.sql`
    INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${card.uuid}, now())`;
  const switchCallId = newKey();
  const input = { switchCallId, by: { ani }, number: '+41441234567' };
  succeeded((await api.ivr.request(AuthorizeCallDocument, { input })).result);
  const place = { rateGroupId: toGlobalId('RateGroup', group), prefix: '41' };
  succeeded(
    (await api.administrator.request(SetRateDocument, { input: { ...place, pricePerMinute: '0.9' } })).result,
  );
  succeeded(
    (await api.administrator.request(WithdrawRateDocument, { input: { ...place, barred: true } })).result,
  );
  const { call } = succeeded(
    (await api.ivr.request(CompleteCallDocument, { input: { switchCallId, totalSeconds: 60 } })).result,
  );
  expect(call.charge).toEqual(euros('0.06'));
  const again = { ...input, switchCallId: newKey() };
  expect((await api.ivr.request(AuthorizeCallDocument, { input: again })).result).toMatchObject({
    code: 'CALL_REFUSED',
    reason: 'NO_RATE',
  });
});

test('changes made at the same time all count, each in the audit trail', async () => {
  const prices = ['0.31', '0.32', '0.33', '0.34'];
  const before = await auditedChanges();
  const changes = prices.map((pricePerMinute, index) => setRate({ prefix: `397${index}`, pricePerMinute }));
  const same = prices.map((pricePerMinute) => setRate({ prefix: '398', pricePerMinute }));
  for (const { result } of await Promise.all([...changes, ...same])) succeeded(result);
  for (const [index, price] of prices.entries())
    expect(await pricedBy(`+397${index}12345678`)).toBe(`397${index} at ${price}`);
  expect(await auditedChanges()).toBe(before + 8);
});

async function auditedChanges(): Promise<number> {
  const [audit] = await api.db.database.sql<{ entries: number }[]>`
    SELECT count(*)::int AS entries FROM audit_entries
    WHERE operation = 'setRate' AND object_id = ${fromGlobalId('RateGroup', rateGroupId)} AND outcome = 'OK'`;
  return audit?.entries ?? 0;
}
