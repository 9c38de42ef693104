import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  ActivateCardsDocument,
  CancelCardBatchDocument,
  CardBatchDocument,
  CardBatchesDocument,
  CardBatchProgressDocument,
  CreateCardBatchDocument,
  type CreateCardBatchInput,
  DeactivateCardsDocument,
  ExportCardBatchDocument,
  NodeDocument,
  UpdateCardBatchDocument,
  type UpdateCardBatchInput,
} from '../../../src/client/operations.ts';
import { fromGlobalId, toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { Claimant } from '../../../src/store/postgres/claimant.ts';
import { euros, newKey, useApi } from '../../harness/api.ts';
import { BEGINNING, batchEnded, orderBatch, someRateGroup } from '../../harness/batches.ts';
import { expectForbidden, expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();
/** A batch that is ready, the partner's. */
let ready: string;
beforeAll(async () => {
  ready = await newBatch({ partnerId: api.partner.id, quantity: 1_200 });
  await batchEnded(api, ready);
});

async function newBatch(given: Partial<CreateCardBatchInput> = {}): Promise<string> {
  return succeeded((await orderBatch(api, given)).result).cardBatch.id;
}

const cancel = (id: string, by: Client = api.administrator) => by.request(CancelCardBatchDocument, { id });
const exportBatch = (id: string, by: Client = api.administrator) =>
  by.request(ExportCardBatchDocument, { id });

describe('createCardBatch', () => {
  test('answers at once; the cards come in the background, inactive, and progress is published', async () => {
    const { cardBatch } = succeeded(
      (await orderBatch(api, { name: ' Winter ', quantity: 1_500, serialPrefix: 'W-' })).result,
    );
    expect(cardBatch).toMatchObject({
      name: 'Winter',
      quantity: 1_500,
      faceValue: euros('5.00'),
      partner: null,
    });
    const steps = await batchEnded(api, cardBatch.id);
    expect(steps[0]).toMatchObject({ state: 'PENDING', made: 0, total: 1_500 });
    expect(steps.at(-1)).toMatchObject({ state: 'READY', made: 1_500, secondsLeft: 0 });
    const made = steps.map((step) => step.made);
    expect(made).toEqual(made.toSorted((a, b) => a - b));
    const { node } = await api.administrator.request(CardBatchDocument, { id: cardBatch.id, last: 1 });
    expect(node).toMatchObject({ state: 'READY', made: 1_500 });
    const last = node && 'cards' in node ? node.cards.edges[0]?.node : undefined;
    expect(last).toMatchObject({ serial: 'W-0000001500', state: 'INACTIVE' });
  });

  test('is refused by name and changes nothing', async () => {
    const order = (given: Partial<CreateCardBatchInput>) => () => orderBatch(api, given);
    const dense = { length: 6, alphabet: '0123456789', prefix: '', suffix: '', checkDigit: false };
    const cases = [
      ['INVALID_INPUT', { quantity: 0 }],
      ['INVALID_INPUT', { quantity: 10_000_001 }],
      ['INVALID_INPUT', { name: ' ' }],
      ['INVALID_INPUT', { validityDays: 0 }],
      ['INVALID_INPUT', { graceDays: -1 }],
      ['INVALID_INPUT', { maxConcurrentCalls: 0 }],
      ['INVALID_INPUT', { maxBoundNumbers: -1 }],
      ['INVALID_INPUT', { language: 'Italian!' }],
      ['INVALID_INPUT', { language: `en${'-abcdefgh'.repeat(4)}` }],
      ['INVALID_INPUT', { firstUseBy: '2020-01-01T00:00:00Z' }],
      ['INVALID_INPUT', { serialPrefix: 'lower' }],
      ['INVALID_INPUT', { recharge: { min: '5', max: '1' } }],
      ['INVALID_INPUT', { recharge: { extendsValidityDays: 0 } }],
      ['INVALID_INPUT', { pinFormat: { ...dense, length: 5 } }],
      ['INVALID_INPUT', { pinFormat: { ...dense, alphabet: '00' } }],
      ['INVALID_INPUT', { pinFormat: { ...dense, prefix: '1234567' } }],
      ['INVALID_AMOUNT', { faceValue: euros('-1') }],
      ['INVALID_AMOUNT', { faceValue: euros('a lot') }],
      ['INVALID_AMOUNT', { recharge: { min: '-1' } }],
      ['INVALID_AMOUNT', { lowBalanceThreshold: '0' }],
      ['INVALID_INPUT', { type: 'VOUCHER', lowBalanceThreshold: '1' }],
      ['CURRENCY_MISMATCH', { faceValue: { amount: '5', currency: 'USD' } }],
      ['NOT_FOUND', { rateGroupId: api.partner.id }],
      ['NOT_FOUND', { partnerId: ready }],
      ['PIN_FORMAT_TOO_DENSE', { pinFormat: dense }],
    ] as const;
    for (const [code, given] of cases) await expectRefusal(api, code, order(given));
    const tooDense = await expectRefusal(api, 'PIN_FORMAT_TOO_DENSE', order({ pinFormat: dense }));
    expect(tooDense).toMatchObject({ issued: '8', possible: '1000000', lengthNeeded: 7 });
  });

  test('is the operator’s alone', async () => {
    const rateGroupId = await someRateGroup(api);
    const input = {
      name: 'Mine',
      type: 'STANDARD' as const,
      quantity: 1,
      faceValue: euros('1'),
      rateGroupId,
    };
    await expectForbidden(api, () => api.partner.client.request(CreateCardBatchDocument, { input }));
    await expectForbidden(api, () => api.ivr.request(CreateCardBatchDocument, { input }));
  });
});

describe('updateCardBatch', () => {
  const update = (input: UpdateCardBatchInput, by: Client = api.administrator) =>
    by.request(UpdateCardBatchDocument, { input });

  test('sets and takes away the threshold; what is left out stays', async () => {
    const id = await newBatch({ quantity: 1, lowBalanceThreshold: '2' });
    await batchEnded(api, id);
    const threshold = async (input: Omit<UpdateCardBatchInput, 'id'>) =>
      succeeded((await update({ id, ...input })).result).cardBatch.lowBalanceThreshold;
    expect(await threshold({})).toEqual(euros('2.00'));
    expect(await threshold({ lowBalanceThreshold: '3.5' })).toEqual(euros('3.50'));
    expect(await threshold({})).toEqual(euros('3.50'));
    expect(await threshold({ lowBalanceThreshold: null })).toBeNull();
  });

  test('is refused by name and changes nothing', async () => {
    const vouchers = await newBatch({ type: 'VOUCHER', quantity: 1 });
    await batchEnded(api, vouchers);
    const standard = await newBatch({ type: 'STANDARD', quantity: 1, faceValue: euros('5') });
    await batchEnded(api, standard);
    succeeded((await update({ id: standard, lowBalanceThreshold: '5' })).result);
    const cases = [
      ['INVALID_AMOUNT', { id: ready, lowBalanceThreshold: '-1' }],
      ['INVALID_AMOUNT', { id: ready, lowBalanceThreshold: 'little' }],
      ['INVALID_INPUT', { id: vouchers, lowBalanceThreshold: '1' }],
      ['INVALID_INPUT', { id: standard, lowBalanceThreshold: '5.01' }],
      ['NOT_FOUND', { id: api.partner.id, lowBalanceThreshold: '1' }],
      ['NOT_FOUND', { id: toGlobalId('CardBatch', newKey()) }],
    ] as const;
    for (const [code, input] of cases) await expectRefusal(api, code, () => update(input));
    const input = { id: ready, lowBalanceThreshold: '1' };
    for (const by of [api.partner.client, api.ivr]) await expectForbidden(api, () => update(input, by));
  });
});

describe('cancelCardBatch', () => {
  test('stops a batch while it runs; what was made stays', async () => {
    const id = await newBatch({ quantity: 1_000_000 });
    const { cardBatch } = succeeded((await cancel(id)).result);
    expect(cardBatch).toMatchObject({ state: 'CANCELLED' });
    const steps = await batchEnded(api, id);
    expect(steps.at(-1)).toMatchObject({ state: 'CANCELLED', secondsLeft: 0 });
    await expectRefusal(api, 'BATCH_ALREADY_FINISHED', () => cancel(id));
  });

  test('is refused by name and changes nothing', async () => {
    await expectRefusal(api, 'BATCH_ALREADY_FINISHED', () => cancel(ready));
    await expectRefusal(api, 'NOT_FOUND', () => cancel(api.partner.id));
    await expectForbidden(api, () => cancel(ready, api.partner.client));
    await expectForbidden(api, () => cancel(ready, api.ivr));
  });
});

describe('exportCardBatch', () => {
  test('gives a link that works once, to a file with every card', async () => {
    const { download } = succeeded((await exportBatch(ready)).result);
    const link = download?.url ?? '';
    const file = await fetch(link);
    expect(file.status).toBe(200);
    const [head, ...lines] = (await file.text()).trim().split('\r\n');
    expect(head).toMatch(/^serial,pin,/);
    expect(lines).toHaveLength(1_200);
    expect(new Set(lines.map((line) => line.split(',')[1])).size).toBe(1_200);
    const again = await fetch(link);
    expect([again.status, await again.json()]).toMatchObject([410, { code: 'FILE_LINK_USED' }]);
    expect((await fetch(new URL('/files/guessed', link))).status).toBe(404);
  });

  test('an expired link is refused', async () => {
    const { download } = succeeded((await exportBatch(ready)).result);
    await api.db.database
      .sql`UPDATE file_links SET expires_at = now() - interval '1 second' WHERE used_at IS NULL`;
    const answer = await fetch(download?.url ?? '');
    expect([answer.status, await answer.json()]).toMatchObject([410, { code: 'FILE_LINK_EXPIRED' }]);
  });

  test('is refused by name and changes nothing', async () => {
    const { sql } = api.db.database;
    const unfinished = await api.cards({ count: 1, active: false });
    // Claimed by another instance that lives, so that this one leaves it as it is.
    const claimant = await Claimant.open(api.db.url);
    await sql`UPDATE card_batches SET state = 'GENERATING', claimed_by = ${claimant.id}, claimed_until = now() + interval '1 hour'
              WHERE id = ${fromGlobalId('CardBatch', unfinished.id)}`;
    await expectRefusal(api, 'BATCH_NOT_FINISHED', () => exportBatch(unfinished.id));
    const cards = { batchId: unfinished.id };
    const { administrator } = api;
    await expectRefusal(api, 'BATCH_NOT_FINISHED', () =>
      administrator.request(ActivateCardsDocument, { cards }),
    );
    await expectRefusal(api, 'BATCH_NOT_FINISHED', () =>
      administrator.request(DeactivateCardsDocument, { cards }),
    );
    await expectRefusal(api, 'NOT_FOUND', () => exportBatch('nothing'));
    await expectForbidden(api, () => exportBatch(ready, api.partner.client));
    await expectForbidden(api, () => exportBatch(ready, api.ivr));
    await claimant.close();
  });
});

test('a partner sees and watches its own batches only', async () => {
  const list = async (by: Client) =>
    (await by.request(CardBatchesDocument, { first: 100 })).cardBatches.edges.map(({ node }) => node.id);
  expect(await list(api.partner.client)).toEqual([ready, api.partner.batch.id]);
  expect(await list(api.rival.client)).toEqual([api.rival.batch.id]);
  expect((await api.rival.client.request(NodeDocument, { id: ready })).node).toBeNull();
  await expectForbidden(api, () => list(api.ivr));

  const watched = api.partner.client.subscribe(CardBatchProgressDocument, {
    batchId: ready,
    after: BEGINNING,
  });
  expect((await watched.next()).value).toMatchObject({ cardBatchProgress: { state: 'PENDING' } });
  await watched.return?.();
});
