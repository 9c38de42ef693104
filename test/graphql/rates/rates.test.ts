import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  CreateRateGroupDocument,
  CreateRateUploadDocument,
  ImportRatesDocument,
  type ImportRatesInput,
  ImportRatesPreviewDocument,
  QuoteCallDocument,
  type QuoteCallQueryVariables,
  RateGroupsDocument,
  RatesDocument,
  SetCallTermsDocument,
} from '../../../src/client/operations.ts';
import { euros, useApi } from '../../harness/api.ts';
import { expectForbidden, expectRefusal, failure, succeeded } from '../../harness/refusals.ts';

const HEAD = 'prefix,destination,rate_per_minute,connection_fee,initial_increment,increment,effective_from';
const DECK = [
  HEAD,
  '39,Italy,0.012,,60,60,2020-01-01',
  '3906,Rome,0.01,0.05,30,6,2020-01-01',
  '39333,Italy mobile,0.12345678,,1,1,2020-01-01',
  '44,United Kingdom,0.02,,60,60,2020-01-01',
].join('\n');

const api = useApi();
let rateGroupId: string;
beforeAll(async () => {
  rateGroupId = await newGroup('Retail');
  succeeded((await importDeck(DECK)).result);
});

const create = (name: string, currency = 'EUR', by: Client = api.administrator) =>
  by.request(CreateRateGroupDocument, { input: { name, currency } });

async function newGroup(name: string): Promise<string> {
  return succeeded((await create(name)).result).rateGroup.id;
}

/** Asks for a link and sends a file there. */
async function upload(deck: string): Promise<string> {
  const { upload: waitingUpload } = succeeded(
    (await api.administrator.request(CreateRateUploadDocument)).result,
  );
  const link = waitingUpload.url;
  expect((await fetch(link, { method: 'PUT', body: deck })).status).toBe(201);
  expect((await fetch(link, { method: 'PUT', body: deck })).status).toBe(410);
  return waitingUpload.id;
}

const importUpload = (input: Partial<ImportRatesInput> & { uploadId: string }, by = api.administrator) =>
  by.request(ImportRatesDocument, { input: { rateGroupId, ...input } });

const importDeck = async (deck: string, given: Partial<ImportRatesInput> = {}) =>
  importUpload({ uploadId: await upload(deck), ...given });

describe('createRateGroup', () => {
  test('makes an empty price list', async () => {
    const { rateGroup } = succeeded((await create(' Wholesale ', 'USD')).result);
    expect(rateGroup).toMatchObject({ name: 'Wholesale', currency: 'USD', rateCount: 0 });
    for (const by of [api.administrator, api.partner.client, api.ivr]) {
      const { rateGroups } = await by.request(RateGroupsDocument, { first: 100 });
      expect(rateGroups.edges.map(({ node }) => node.id)).toContain(rateGroup.id);
    }
  });

  test('is refused by name and changes nothing', async () => {
    await expectRefusal(api, 'NAME_TAKEN', () => create('Retail'));
    await expectRefusal(api, 'INVALID_INPUT', () => create(''));
    await expectRefusal(api, 'INVALID_INPUT', () => create('x'.repeat(101)));
    await expectRefusal(api, 'INVALID_INPUT', () => create('Nowhere', 'ZZZ'));
    await expectForbidden(api, () => create('Mine', 'EUR', api.partner.client));
    await expectForbidden(api, () => create('Mine', 'EUR', api.ivr));
  });
});

describe('importRates', () => {
  test('brings a deck in whole, other heads too, and withdraws what a replacement leaves out', async () => {
    const into = await newGroup('Imported');
    const first = succeeded((await importDeck(DECK, { rateGroupId: into })).result);
    expect(first).toMatchObject({ imported: 4, withdrawn: 0, rateGroup: { rateCount: 4 } });
    const deck = 'Code;Country;Price;First;Next\n39;Italy;0.013;60;60\n33;France;0.02;60;60';
    const columns = {
      prefix: 'Code',
      destination: 'Country',
      ratePerMinute: 'Price',
      initialIncrement: 'First',
      increment: 'Next',
    };
    const second = succeeded((await importDeck(deck, { rateGroupId: into, columns, replace: true })).result);
    expect(second).toMatchObject({ imported: 2, withdrawn: 3 });
    expect(second.rateGroup.version).toBe(first.rateGroup.version + 1);
  });

  test('is previewed without any change', async () => {
    const into = await newGroup('Previewed');
    succeeded((await importDeck(DECK, { rateGroupId: into })).result);
    const deck = DECK.replace('0.012,', '0.013,').replace('3906,Rome', '3902,Milan');
    const input = { rateGroupId: into, uploadId: await upload(deck), replace: true };
    const preview = succeeded(
      (await api.administrator.request(ImportRatesPreviewDocument, { input })).result,
    );
    expect(preview).toMatchObject({
      imported: 4,
      withdrawn: 1,
      difference: { added: 1, removed: 1, dearer: 1, cheaper: 0, unchanged: 2, destinationCount: 3 },
      encoding: 'UTF-8',
      sheet: null,
    });
    expect(preview.difference.destinations[0]).toMatchObject({
      destination: 'Italy',
      lowestBefore: '0.012',
      highestAfter: '0.013',
    });
    expect(preview.columns[0]).toEqual({ head: 'prefix', readAs: 'prefix' });
    const { difference } = succeeded((await importUpload(input)).result);
    expect(difference).toEqual(preview.difference);
    await expectForbidden(api, () => api.partner.client.request(ImportRatesPreviewDocument, { input }));
  });

  test('of prices in another unit is refused by name, until they are accepted', async () => {
    const into = await newGroup('In cents');
    succeeded((await importDeck(DECK, { rateGroupId: into })).result);
    const uploadId = await upload(`${HEAD}\n39,Italy,1.2,,60,60,`);
    const input = { rateGroupId: into, uploadId };
    await expectRefusal(api, 'RATE_PRICES_UNLIKELY', () => importUpload(input));
    const cents = { ...input, priceUnit: 'CENTS_PER_MINUTE' } as const;
    expect(succeeded((await importUpload(cents)).result).difference).toMatchObject({ unchanged: 1 });
    expect(succeeded((await importUpload({ ...input, acceptPrices: true })).result)).toMatchObject({
      imported: 1,
    });
  });

  test('lifts a bar that the deck leaves out only when told, and shows it before', async () => {
    const into = await newGroup('Barred');
    const head = 'prefix,destination,rate_per_minute,increments,status';
    const list = `${head}\n39,Italy,0.012,60/60,\n393,Italy mobile,,60/60,Blocked`;
    succeeded((await importDeck(list, { rateGroupId: into })).result);
    const uploadId = await upload(`${head}\n39,Italy,0.012,60/60,`);
    const input = { rateGroupId: into, uploadId, replace: true };
    const bar = { prefix: '393', destination: 'Italy mobile', pricePerMinute: '0.012', isPriced: false };
    await expectRefusal(api, 'RATE_BARS_LIFTED', () => importUpload(input));
    const { result } = await api.administrator.request(ImportRatesPreviewDocument, { input });
    expect(result).toMatchObject({ code: 'RATE_BARS_LIFTED', prefixCount: 1, bars: [bar] });
    const lifted = succeeded((await importUpload({ ...input, liftBars: true })).result);
    expect(lifted).toMatchObject({
      changed: true,
      difference: { liftedBarCount: 1, liftedBars: [bar], newlyBarredCount: 0, ineffective: 1 },
    });
  });

  test('refuses settings that mean nothing', async () => {
    const uploadId = await upload(DECK);
    for (const wrong of [
      { increments: 'often' },
      { headLine: 0 },
      { ignoredColumns: Array(201).fill('x') },
    ]) {
      await expectRefusal(api, 'INVALID_INPUT', () => importUpload({ uploadId, ...wrong }));
    }
  });

  test('a deck with bad rows imports nothing and says line, column and reason of each', async () => {
    const deck = [
      HEAD,
      '39,Italy,0.012,,60,60,2020-01-01',
      'thirty,Italy,0.012,,60,60,2020-01-01',
      '33,France,free,,60,half,2020-01-01',
      '39,Italy again,0.013,,60,60,2020-01-01',
      '49,Germany',
    ].join('\n');
    const uploadId = await upload(deck);
    const refused = await expectRefusal(api, 'RATE_DECK_REFUSED', () => importUpload({ uploadId }));
    expect(refused).toMatchObject({ rowCount: 5, problemCount: 5 });
    const told = 'problems' in refused ? refused.problems : [];
    expect(told.map(({ line, column, code, value }) => [line, column, code, value])).toEqual([
      [3, 'prefix', 'BAD_PREFIX', 'thirty'],
      [4, 'increment', 'BAD_INCREMENT', 'half'],
      [4, 'rate_per_minute', 'BAD_RATE', 'free'],
      [5, 'prefix', 'DUPLICATE', '39'],
      [6, null, 'CELL_COUNT', null],
    ]);
    for (const { problem } of told) expect(problem).toMatch(/\S+ \S+/);
  });

  test('is refused by name and changes nothing', async () => {
    const { upload: waitingUpload } = succeeded(
      (await api.administrator.request(CreateRateUploadDocument)).result,
    );
    const waiting = waitingUpload.id;
    await expectRefusal(api, 'UPLOAD_NOT_RECEIVED', () => importUpload({ uploadId: waiting }));
    await expectRefusal(api, 'NOT_FOUND', () => importUpload({ uploadId: 'nothing' }));
    const uploadId = await upload(DECK);
    const unknown = Buffer.from('RateGroup:01a206b3-6b28-760a-b173-de2bc9d32525').toString('base64');
    await expectRefusal(api, 'NOT_FOUND', () => importUpload({ uploadId, rateGroupId: unknown }));
    const columns = { prefix: 'Code' };
    await expectRefusal(api, 'RATE_DECK_REFUSED', () => importUpload({ uploadId, columns }));
    await expectForbidden(api, () => importUpload({ uploadId }, api.partner.client));
    await expectForbidden(api, () => importUpload({ uploadId }, api.ivr));
    await expectForbidden(api, () => api.partner.client.request(CreateRateUploadDocument));
    await expectForbidden(api, () => api.ivr.request(CreateRateUploadDocument));
  });
});

test('rates are found by prefix in any form, and by destination', async () => {
  const found = async (filter: { prefix?: string; destination?: string }) =>
    (await api.ivr.request(RatesDocument, { rateGroupId, filter, first: 10 })).rates.edges.map(
      ({ node }) => node.prefix,
    );
  for (const prefix of ['39', '+39', '0039'])
    expect(await found({ prefix })).toEqual(['39', '3906', '39333']);
  expect(await found({ destination: 'ITALY' })).toEqual(['39', '39333']);
  for (const destination of ['%', '_', '\\']) expect(await found({ destination })).toEqual([]);
  expect(await failure(() => found({ prefix: 'Rome' }))).toBe('INVALID_INPUT');
});

describe('quoteCall', () => {
  const quote = (given: Partial<QuoteCallQueryVariables> = {}, by: Client = api.administrator) =>
    by.request(QuoteCallDocument, { rateGroupId, number: '+390655501234', ...given });

  test('prices by the longest prefix, rounded once and upwards, for each role', async () => {
    for (const by of [api.administrator, api.partner.client, api.ivr]) {
      const { result } = await quote({ seconds: 31, balance: euros('1') }, by);
      // 0.05 + 36 seconds at 0.01 a minute.
      expect(result).toMatchObject({
        number: '+390655501234',
        destination: 'Rome',
        billedSeconds: 36,
        charge: euros('0.056'),
        rate: { prefix: '3906' },
      });
      const afforded = 'affordableSeconds' in result ? (result.affordableSeconds ?? 0) : 0;
      expect((await quote({ seconds: afforded })).result).toMatchObject({ charge: euros('1.00') });
    }
    const mobile = await quote({ number: '333 123 4567', country: 'IT', seconds: 1 });
    expect(mobile.result).toMatchObject({ charge: euros('0.002058'), rate: { prefix: '39333' } });
  });

  test('shows the price that the charge is made with, in the current time band', async () => {
    const timeBands = [
      { name: 'Half price', weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1_440, percent: 50 },
    ];
    const terms = { rateGroupId, timeZone: 'Europe/Rome' };
    await api.administrator.request(SetCallTermsDocument, { input: { ...terms, timeBands } });
    expect((await quote({ seconds: 60 })).result).toMatchObject({
      pricePerMinute: '0.005',
      timeBand: 'Half price',
      charge: euros('0.055'),
      rate: { pricePerMinute: '0.01' },
    });
    await api.administrator.request(SetCallTermsDocument, { input: { ...terms, timeBands: [] } });
    expect((await quote({ seconds: 60 })).result).toMatchObject({ pricePerMinute: '0.01', timeBand: null });
  });

  test('is refused by name', async () => {
    const cases = [
      ['NO_RATE_FOR_NUMBER', { number: '+33123456789' }],
      ['INVALID_PHONE_NUMBER', { number: '12' }],
      ['INVALID_INPUT', { number: '0612', country: 'XX' }],
      ['INVALID_INPUT', { seconds: -1 }],
      ['INVALID_INPUT', { seconds: 86_401 }],
      ['INVALID_AMOUNT', { balance: euros('much') }],
      ['INVALID_AMOUNT', { balance: euros('-5') }],
      ['CURRENCY_MISMATCH', { balance: { amount: '1', currency: 'USD' } }],
      ['NOT_FOUND', { rateGroupId: api.partner.id }],
    ] as const;
    for (const [code, given] of cases) await expectRefusal(api, code, () => quote(given));
  });
});
