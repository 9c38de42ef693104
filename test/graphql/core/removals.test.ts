import { v7 as uuidV7 } from 'uuid';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  CancelCardBatchDocument,
  CreateApiKeyDocument,
  CreatePartnerDocument,
  CreateRateGroupDocument,
  NodeDocument,
  QuoteCallDocument,
  RemoveCardBatchDocument,
  RemovePartnerDocument,
  RemoveRateGroupDocument,
  SetRateDocument,
  UpdateCardBatchDocument,
  UpdatePartnerDocument,
  UpdateRateGroupDocument,
} from '../../../src/client/operations.ts';
import { fromGlobalId, toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { Claimant } from '../../../src/store/postgres/claimant.ts';
import { verify } from '../../../src/store/verification.ts';
import { newKey, useApi } from '../../harness/api.ts';
import { batchEnded, orderBatch } from '../../harness/batches.ts';
import { expectForbidden, expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();

const newGroup = async (name = newKey()) =>
  succeeded(
    (await api.administrator.request(CreateRateGroupDocument, { input: { name, currency: 'EUR' } })).result,
  ).rateGroup.id;
const newPartner = async (parentId?: string) =>
  succeeded(
    (
      await api.administrator.request(CreatePartnerDocument, {
        input: { name: newKey(), currency: 'EUR', ...(parentId && { parentId }) },
      })
    ).result,
  ).partner.id;
const newBatch = async (given: Parameters<typeof orderBatch>[1] = {}) =>
  succeeded((await orderBatch(api, given)).result).cardBatch.id;

const removeGroup = (rateGroupId: string, by = api.administrator) =>
  by.request(RemoveRateGroupDocument, { rateGroupId });
const removePartner = (id: string, by = api.administrator) => by.request(RemovePartnerDocument, { id });
const removeBatch = (id: string, by = api.administrator) => by.request(RemoveCardBatchDocument, { id });

/** A batch like another one, which an instance that lives has claimed and made no card of. */
async function waitingBatch(like: string): Promise<string> {
  const { sql } = api.db.database;
  const claimant = await Claimant.open(api.db.url);
  onTestFinished(() => claimant.close());
  const id = uuidV7();
  await sql`
    INSERT INTO card_batches
    SELECT (jsonb_populate_record(b, jsonb_build_object('id', ${id}::text, 'state', 'GENERATING', 'made', 0,
      'finished_at', NULL, 'claimed_by', ${claimant.id}::text, 'claimed_until', now() + interval '1 hour'))).*
    FROM card_batches b WHERE id = ${fromGlobalId('CardBatch', like)}`;
  await sql`
    UPDATE pin_formats SET issued = issued + b.quantity FROM card_batches b WHERE b.id = ${id} AND format = b.pin_format`;
  return toGlobalId('CardBatch', id);
}

async function isThere(id: string): Promise<boolean> {
  return (await api.administrator.request(NodeDocument, { id })).node !== null;
}

async function lastEvent(): Promise<{ type: string; payload: unknown }> {
  const [event] = await api.db.database.sql<{ type: string; payload: unknown }[]>`
    SELECT type, payload FROM events WHERE type <> 'PINS_FAILED' ORDER BY position DESC LIMIT 1`;
  return event ?? { type: 'none', payload: null };
}

type Remove = (
  id: string,
  by?: typeof api.administrator,
) => Promise<{ readonly result: { readonly __typename: string } }>;

/** What every removal promises: once, for good, by nobody else, and noted. */
async function expectRemoval(id: string, remove: Remove): Promise<void> {
  for (const by of [api.partner.client, api.ivr]) await expectForbidden(api, () => remove(id, by));
  const [type = ''] = Buffer.from(id, 'base64').toString().split(':');
  await expectRefusal(api, 'NOT_FOUND', () => remove(toGlobalId(type as 'Partner', newKey())));
  expect(await isThere(id)).toBe(true);
  const results = await Promise.all([remove(id), remove(id), remove(id)]);
  const outcomes = results.map(({ result }) => ('code' in result ? result.code : 'REMOVED'));
  expect(outcomes.toSorted()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'REMOVED']);
  expect(await isThere(id)).toBe(false);
  const uuid = fromGlobalId(type as 'Partner', id);
  const noted = await api.db.database.sql<{ outcome: string }[]>`
    SELECT outcome FROM audit_entries WHERE object_id = ${uuid} AND operation LIKE 'remove%' AND outcome = 'OK'`;
  expect(noted).toHaveLength(1);
}

describe('a rate group', () => {
  test('is renamed', async () => {
    const id = await newGroup();
    const rename = (name: string, by = api.administrator, rateGroupId = id) =>
      by.request(UpdateRateGroupDocument, { input: { rateGroupId, name } });
    expect(succeeded((await rename(' Wholesale EU ')).result).rateGroup.name).toBe('Wholesale EU');
    expect(await lastEvent()).toMatchObject({
      type: 'RATE_GROUP_RENAMED',
      payload: { name: 'Wholesale EU' },
    });
    await newGroup('Taken');
    await expectRefusal(api, 'NAME_TAKEN', () => rename('Taken'));
    await expectRefusal(api, 'INVALID_INPUT', () => rename(' '));
    await expectRefusal(api, 'NOT_FOUND', () =>
      rename('Other', api.administrator, toGlobalId('RateGroup', newKey())),
    );
    for (const by of [api.partner.client, api.ivr]) await expectForbidden(api, () => rename('Mine', by));
  });

  test('gets one of two names at once', async () => {
    const ids = [await newGroup(), await newGroup(), await newGroup()];
    const renamed = await Promise.all(
      ids.map((rateGroupId) =>
        api.administrator.request(UpdateRateGroupDocument, { input: { rateGroupId, name: 'The one' } }),
      ),
    );
    const codes = renamed.map(({ result }) => ('code' in result ? result.code : 'RENAMED'));
    expect(codes.toSorted()).toEqual(['NAME_TAKEN', 'NAME_TAKEN', 'RENAMED']);
  });

  test('is removed with its rates, once', async () => {
    const id = await newGroup();
    const price = { rateGroupId: id, prefix: '39', pricePerMinute: '0.01' };
    succeeded((await api.administrator.request(SetRateDocument, { input: price })).result);
    const quote = () => api.ivr.request(QuoteCallDocument, { rateGroupId: id, number: '+390612345678' });
    succeeded((await quote()).result);
    await api.db.database.sql`
      INSERT INTO rate_imports (id, rate_group_id, fingerprint, result)
      VALUES (${uuidV7()}, ${fromGlobalId('RateGroup', id)}, '\\x00', '{}')`;
    await expectRemoval(id, removeGroup);
    expect(await lastEvent()).toMatchObject({ type: 'RATE_GROUP_REMOVED' });
    expect((await quote()).result).toMatchObject({ code: 'NOT_FOUND' });
    const left = await api.db.database.sql`
      SELECT FROM rates WHERE rate_group_id = ${fromGlobalId('RateGroup', id)}`;
    expect(left).toHaveLength(0);
  });

  test('stays while a batch or a partner needs it', async () => {
    const id = await newGroup();
    const partner = await newPartner();
    const allow = (allowedRateGroupIds: string[] | null) =>
      api.administrator.request(UpdatePartnerDocument, { input: { id: partner, allowedRateGroupIds } });
    succeeded((await allow([id])).result);
    expect(await expectRefusal(api, 'RATE_GROUP_IN_USE', () => removeGroup(id))).toMatchObject({
      message: expect.stringContaining('partners limited to it: 1'),
    });
    succeeded((await allow(null)).result);
    const batch = await newBatch({ rateGroupId: id, quantity: 1 });
    await batchEnded(api, batch);
    await expectRefusal(api, 'RATE_GROUP_IN_USE', () => removeGroup(id));
  });

  test('removed while batches are ordered from it, leaves none without prices', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await newGroup();
      const [{ result: removed }, ...ordered] = await Promise.all([
        removeGroup(id),
        ...Array.from({ length: 4 }, () => orderBatch(api, { rateGroupId: id, quantity: 1 })),
      ]);
      const codes = ordered.map(({ result }) => ('code' in result ? result.code : 'ORDERED'));
      const isGone = !('code' in removed);
      expect(await isThere(id)).toBe(!isGone);
      if (isGone) expect(codes).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
      else expect(codes).toContain('ORDERED');
    }
  });

  test('removed while a price is set and a call is quoted, answers each by name', async () => {
    for (let round = 0; round < 5; round += 1) {
      const rateGroupId = await newGroup();
      const input = { rateGroupId, prefix: '39', pricePerMinute: '0.01' };
      const [removed, set, quoted] = await Promise.all([
        removeGroup(rateGroupId),
        api.administrator.request(SetRateDocument, { input }),
        api.ivr.request(QuoteCallDocument, { rateGroupId, number: '+390612345678' }),
      ]);
      succeeded(removed.result);
      expect(['DONE', 'NOT_FOUND']).toContain(outcomeOf(set.result));
      expect(['DONE', 'NOT_FOUND', 'NO_RATE_FOR_NUMBER']).toContain(outcomeOf(quoted.result));
      expect(await isThere(rateGroupId)).toBe(false);
    }
  });
});

const outcomeOf = (result: object) => ('code' in result ? result.code : 'DONE');

describe('a batch', () => {
  test('is renamed', async () => {
    const id = await newBatch({ quantity: 1, lowBalanceThreshold: '2' });
    await batchEnded(api, id);
    const rename = (name: string) =>
      api.administrator.request(UpdateCardBatchDocument, { input: { id, name } });
    const { cardBatch } = succeeded((await rename(' Autumn ')).result);
    expect(cardBatch).toMatchObject({ name: 'Autumn', lowBalanceThreshold: { amount: '2.00' } });
    expect(await lastEvent()).toMatchObject({ type: 'BATCH_CHANGED', payload: { name: 'Autumn' } });
    await expectRefusal(api, 'INVALID_INPUT', () => rename(''));
    await expectRefusal(api, 'INVALID_INPUT', () => rename('x'.repeat(201)));
  });

  test('without cards is removed, and its PINs are free again', async () => {
    const issued = () => api.db.database.sql`SELECT format, issued FROM pin_formats ORDER BY format`;
    const like = await newBatch({ quantity: 3 });
    await batchEnded(api, like);
    const before = await issued();
    await expectRemoval(await waitingBatch(like), removeBatch);
    expect(await lastEvent()).toMatchObject({ type: 'BATCH_REMOVED', payload: { name: 'Summer' } });
    const cancelled = await waitingBatch(like);
    succeeded((await api.administrator.request(CancelCardBatchDocument, { id: cancelled })).result);
    succeeded((await removeBatch(cancelled)).result);
    expect(await issued()).toEqual(before);
    const { discrepancies } = await verify(api.db.database.sql);
    expect(discrepancies).toEqual([]);
  });

  test('with cards stays, and so does one that a partner is limited to', async () => {
    const ready = await newBatch({ quantity: 2 });
    await batchEnded(api, ready);
    expect(await expectRefusal(api, 'BATCH_IN_USE', () => removeBatch(ready))).toMatchObject({ cards: 2 });
    const waiting = await waitingBatch(ready);
    const partner = await newPartner();
    const allow = (allowedBatchIds: string[] | null) =>
      api.administrator.request(UpdatePartnerDocument, { input: { id: partner, allowedBatchIds } });
    succeeded((await allow([waiting])).result);
    expect(await expectRefusal(api, 'BATCH_IN_USE', () => removeBatch(waiting))).toMatchObject({
      partners: 1,
    });
    succeeded((await allow(null)).result);
    succeeded((await removeBatch(waiting)).result);
  });

  test('removed while its cards are made, is gone or stays whole', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await newBatch({ quantity: 3 });
      const { result } = await removeBatch(id);
      const [left] = await api.db.database.sql<{ cards: number; batches: number }[]>`
        SELECT (SELECT count(*)::int FROM cards WHERE batch_id = ${fromGlobalId('CardBatch', id)}) AS cards,
               (SELECT count(*)::int FROM card_batches WHERE id = ${fromGlobalId('CardBatch', id)}) AS batches`;
      expect([
        ['DONE', { cards: 0, batches: 0 }],
        ['BATCH_IN_USE', { cards: 3, batches: 1 }],
      ]).toContainEqual([outcomeOf(result), left]);
    }
  });
});

describe('a partner', () => {
  test('is renamed, and its other terms stay', async () => {
    const [id, other] = [await newPartner(), await newPartner()];
    const update = (input: { name?: string; discountPercent?: string; id?: string }) =>
      api.administrator.request(UpdatePartnerDocument, { input: { id, ...input } });
    succeeded((await update({ discountPercent: '5' })).result);
    const { partner } = succeeded((await update({ name: ' Rome Telecom ' })).result);
    expect(partner).toMatchObject({ name: 'Rome Telecom', discountPercent: '5.00' });
    await expectRefusal(api, 'NAME_TAKEN', () => update({ id: other, name: 'Rome Telecom' }));
    await expectRefusal(api, 'INVALID_INPUT', () => update({ name: '' }));
  });

  test('that was never used is removed, once', async () => {
    await expectRemoval(await newPartner(), removePartner);
    expect(await lastEvent()).toMatchObject({ type: 'PARTNER_REMOVED', payload: { parentId: null } });
  });

  test('with money, keys, batches or partners below it stays', async () => {
    const used = await expectRefusal(api, 'PARTNER_IN_USE', () => removePartner(api.partner.id));
    expect(used).toMatchObject({ partners: 0, apiKeys: 1, batches: 1, transfers: 1 });
    const parent = await newPartner();
    const child = await newPartner(parent);
    expect(await expectRefusal(api, 'PARTNER_IN_USE', () => removePartner(parent))).toMatchObject({
      partners: 1,
    });
    succeeded((await removePartner(child)).result);
    succeeded((await removePartner(parent)).result);
  });

  test('removed while it gets a key, a batch and a partner below it, leaves no orphan', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await newPartner();
      const [removed, ...others] = await Promise.all([
        removePartner(id),
        api.administrator.request(CreateApiKeyDocument, {
          input: { name: 'Portal', role: 'PARTNER', partnerId: id },
        }),
        orderBatch(api, { partnerId: id, quantity: 1 }),
        api.administrator.request(CreatePartnerDocument, {
          input: { name: newKey(), currency: 'EUR', parentId: id },
        }),
      ]);
      const made = others.map(({ result }) => outcomeOf(result)).filter((code) => code !== 'NOT_FOUND');
      expect(new Set(made)).toEqual(new Set(outcomeOf(removed.result) === 'DONE' ? [] : ['DONE']));
    }
    const { discrepancies } = await verify(api.db.database.sql);
    expect(discrepancies).toEqual([]);
  });
});
