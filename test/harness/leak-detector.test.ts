import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ActivateCardsDocument, AuthenticateCardDocument } from '../../src/client/operations.ts';
import { type Api, useApi } from './api.ts';
import { batchEnded, orderBatch, printedCards } from './batches.ts';
import { LeakDetector } from './leak-detector.ts';
import { Provider } from './network/identity-provider.ts';
import { succeeded } from './refusals.ts';

/** That no other test file leaks is worth what this one finds: each is planted, and found. */
const environment = { CARDLINE_MASTER_KEY: randomBytes(32).toString('base64') };
const api = useApi({ environment });
let sql: Api['db']['database']['sql'];
let pin: string;
beforeAll(async () => {
  ({ sql } = api.db.database);
  const { cardBatch } = succeeded((await orderBatch(api)).result);
  await batchEnded(api, cardBatch.id);
  await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  pin = (await printedCards(api, cardBatch.id))[3]?.pin ?? '';
});

function detectorOf(...lines: readonly string[]): LeakDetector {
  const detector = new LeakDetector();
  detector.addMasterKeys(environment);
  for (const line of lines) detector.scan(line);
  return detector;
}

describe('in a log', () => {
  test('a harmless line is no leak', async () => {
    const harmless = `{"requestId":"01234567-8901-7234-8567-123456789012","time":1764120000123,"count":12345678901234}`;
    expect(await detectorOf(harmless).leaksIn(sql)).toEqual([]);
  });

  test('a PIN is found in every form', async () => {
    for (const line of [
      `{"pin":"${pin}"}`,
      `PIN${pin}`,
      `refused ${pin}.`,
      `{"query":"{ a(pin: \\"${pin}\\") }"}`,
    ]) {
      expect(await detectorOf(line).leaksIn(sql)).toEqual(['A log has a PIN.']);
    }
  });

  test('a key, a session, a token and a master key are found', async () => {
    const provider = new Provider();
    await provider.publish('first');
    const { token } = succeeded(
      (await api.ivr.request(AuthenticateCardDocument, { input: { by: { pin } } })).result,
    );
    const secrets = [await api.secret('SUPPORT'), token, await provider.token({ iss: 'https://id.example' })];
    for (const secret of secrets) {
      const { leaks } = detectorOf(`{"authorization":"Bearer ${secret}"}`);
      expect(leaks).toEqual([`A log has what looks like a credential: ${secret}.`]);
    }
    expect(detectorOf(`{"key":"${environment.CARDLINE_MASTER_KEY}"}`).leaks).toEqual([
      'A log has a master key.',
    ]);
  });
});

test('in a table each of them is found, with the name of the table', async () => {
  const key = await api.secret('AUDITOR');
  await sql`CREATE TABLE planted_pin AS SELECT jsonb_build_object('deep', jsonb_build_array(${pin}::text)) AS told`;
  await sql`CREATE TABLE planted_key AS SELECT ${`a ${key}`}::text AS told`;
  try {
    expect(await detectorOf().leaksIn(sql)).toEqual([
      `The table planted_key has what looks like a credential: ${key}.`,
      'The table planted_pin has a PIN.',
    ]);
  } finally {
    await sql`DROP TABLE planted_pin, planted_key`;
  }
  expect(await detectorOf().leaksIn(sql)).toEqual([]);
});
