import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import {
  ActivateCardsDocument,
  ApiKeysDocument,
  ApprovePinRevealDocument,
  ChangeCardsDocument,
  CreateApiKeyDocument,
  ExportCardBatchDocument,
  LockCardDocument,
  PinRevealsDocument,
  RevealPinDocument,
  RotateApiKeyDocument,
  SecurityAlertsDocument,
} from '../../src/client/operations.ts';
import { fromGlobalId } from '../../src/graphql/core/global-id.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { type Api, newKey, useApi, useInstance } from '../harness/api.ts';
import { makeKey } from '../harness/api-keys.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../harness/batches.ts';
import { expectForbidden, succeeded } from '../harness/refusals.ts';

const api = useApi({ environment: { PIN_REVEALS_A_DAY: '3', PIN_REVEALS_A_DAY_IN_ALL: '5' } });
/** Another instance, alike. */
const second = useInstance(api);
/** One more on the same database, where two are needed. */
const strict = useInstance(api, {
  pinReveals: readSettings({ PIN_REVEAL_NEEDS_TWO: 'true', PIN_REVEALS_A_DAY: '3' }).pinReveals,
});
let printed: PrintedCard[];

beforeAll(async () => {
  const { cardBatch } = succeeded((await orderBatch(api)).result);
  await batchEnded(api, cardBatch.id);
  printed = await printedCards(api, cardBatch.id);
});

/** Of a family of its own: keys that one administrator made count as that one. */
const ownKey = () => makeKey(api.db.database.sql, 'ADMINISTRATOR');
const administrator = async (url: string) => createClient({ url, key: await ownKey() });
const reveal = (client: Api['administrator'], place: number, reason = 'The holder has sworn to it.') =>
  client.request(RevealPinDocument, { input: { card: { serial: printed[place]?.serial ?? '' }, reason } });

test('is shown to an administrator with its reason; the trail and the alert have all but the PIN', async () => {
  const { pin, request } = succeeded((await reveal(api.administrator, 0)).result);
  expect(pin).toBe(printed[0]?.pin);
  expect(request).toMatchObject({ reason: 'The holder has sworn to it.', revealedAt: expect.any(String) });
  const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {
    filter: { kinds: ['PIN_REVEAL'] },
  });
  expect(securityAlerts.edges[0]?.node.message).toContain(printed[0]?.serial);
  const entries = await api.db.database.sql`SELECT outcome FROM audit_entries WHERE operation = 'revealPin'`;
  expect(entries.map(({ outcome }) => outcome)).toEqual(['OK']);
  const [found] = await api.db.database.sql`
    SELECT FROM (SELECT t::text FROM events t UNION ALL SELECT t::text FROM audit_entries t
      UNION ALL SELECT t::text FROM pin_reveals t UNION ALL SELECT t::text FROM security_alerts t) AS told (text)
    WHERE position(${pin} IN text) > 0`;
  expect(found).toBeUndefined();
});

test('is shown to nobody else, nor without a reason, nor with what may be a PIN as its reason, nor of a card that is not there', async () => {
  for (const client of [api.ivr, api.partner.client]) await expectForbidden(api, () => reveal(client, 1));
  const auditor = createClient({ url: api.url, key: await api.secret('AUDITOR') });
  await expectForbidden(api, () => reveal(auditor, 1));
  expect((await auditor.request(PinRevealsDocument)).pinReveals.edges).toHaveLength(1);
  await auditor.close();
  expect((await reveal(api.administrator, 1, ' ')).result).toMatchObject({ code: 'INVALID_INPUT' });
  const pin = printed[1]?.pin ?? '';
  const told = [`It is ${pin.slice(0, 7)} ${pin.slice(7)}.`, `not ${'1'.repeat(14)}`];
  const refusals = await Promise.all(
    told.map(async (reason) => (await reveal(api.administrator, 1, reason)).result),
  );
  expect(refusals[0]).toMatchObject({ code: 'INVALID_INPUT', message: expect.not.stringContaining(pin) });
  // Of a PIN as of any other digits: the answer tells nothing.
  expect(refusals[1]).toEqual(refusals[0]);
  const { result: unknown } = await api.administrator.request(RevealPinDocument, {
    input: { card: { serial: 'NONE' }, reason: 'x' },
  });
  expect(unknown).toMatchObject({ code: 'NOT_FOUND' });
});

test('not more than a day has, to one and to all together, however many ask at once, on two instances', async () => {
  const [first, another] = await Promise.all([onBoth(), onBoth()]);
  const refusal = (message: string) => [expect.stringContaining(message)];
  expect(await shownOf(first)).toEqual({ shown: 3, refusals: refusal('one administrator may ask for 3') });
  // One was shown before.
  expect(await shownOf(another)).toEqual({ shown: 1, refusals: refusal('all administrators may ask for 5') });
  await Promise.all([...first, ...another].map((client) => client.close()));
  await api.db.database.sql`UPDATE pin_reveals SET requested_at = requested_at - interval '1 day'`;
});

/** One administrator, at both instances. */
async function onBoth(): Promise<Client[]> {
  const key = await ownKey();
  return [api.url, second.url].map((url) => createClient({ url, key }));
}

/** Asks eight times at once, by turns of each client. */
async function shownOf(clients: readonly Client[]) {
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, n) => reveal(clients[n % clients.length] as Client, n % printed.length)),
  );
  const shown = asked.filter(({ result }) => result.__typename === 'RevealPinPayload');
  const refused = asked.flatMap(({ result }) =>
    result.__typename === 'PinRevealsExhaustedError' ? result.message : [],
  );
  expect(shown.length + refused.length).toBe(8);
  return { shown: shown.length, refusals: [...new Set(refused)] };
}

test('where two are needed, another must approve, in time, and it is shown once', async () => {
  const [asker, other] = await Promise.all([administrator(strict.url), administrator(strict.url)]);
  const { pin, request } = succeeded((await reveal(asker, 2)).result);
  expect(pin).toBeNull();
  expect(succeeded((await reveal(asker, 2)).result)).toMatchObject({
    pin: null,
    request: { id: request.id },
  });
  const own = await asker.request(ApprovePinRevealDocument, { id: request.id });
  expect(own.result).toMatchObject({ code: 'NOT_ALLOWED' });
  const made = await administrator(strict.url);
  const { result: byNewKey } = await made.request(ApprovePinRevealDocument, { id: request.id });
  expect(byNewKey).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(succeeded((await reveal(asker, 2)).result).pin).toBeNull();
  const approved = succeeded((await other.request(ApprovePinRevealDocument, { id: request.id })).result);
  expect(approved.request.approvedBy).not.toBe(approved.request.requestedBy);
  const twice = await Promise.all([reveal(asker, 2), reveal(asker, 2)]);
  const pins = twice.map(({ result }) => succeeded(result).pin);
  expect(pins.filter((each) => each === printed[2]?.pin)).toHaveLength(1);

  const late = succeeded((await reveal(asker, 3)).result).request;
  await api.db.database.sql`UPDATE pin_reveals SET expires_at = now() WHERE revealed_at IS NULL`;
  const { result } = await other.request(ApprovePinRevealDocument, { id: late.id });
  expect(result).toMatchObject({ code: 'NOT_FOUND' });
  await Promise.all([asker, other, made].map((client) => client.close()));
});

const exported = (client: Client, id: string, reason?: string) =>
  client.request(ExportCardBatchDocument, { id, ...(reason !== undefined && { reason }) });

/** A batch of two cards, in use or not. */
async function batchOfTwo({ active }: { active: boolean }): Promise<string> {
  const { cardBatch } = succeeded((await orderBatch(api, { quantity: 2 })).result);
  await batchEnded(api, cardBatch.id);
  if (active) await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  return cardBatch.id;
}

const linesOf = async (url = '') => (await (await fetch(url)).text()).trim().split('\r\n').length;

describe('an export', () => {
  test('of a batch in use is a reveal: another approves, it raises alerts, is counted and limited', async () => {
    const [asker, other] = await Promise.all([administrator(strict.url), administrator(strict.url)]);
    const id = await batchOfTwo({ active: true });
    const { download, request } = succeeded((await exported(asker, id, 'The printer lost it.')).result);
    expect(download).toBeNull();
    expect(request).toMatchObject({ reason: 'The printer lost it.', card: null, batch: { id } });
    expect(succeeded((await exported(asker, id)).result)).toMatchObject({
      download: null,
      request: { id: request?.id },
    });
    succeeded((await other.request(ApprovePinRevealDocument, { id: request?.id ?? '' })).result);
    const approved = succeeded((await exported(asker, id)).result);
    expect(await linesOf(approved.download?.url)).toBe(3);
    expect(succeeded((await exported(asker, id)).result).download).toBeNull();

    const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {
      filter: { kinds: ['PIN_REVEAL'] },
    });
    const messages = securityAlerts.edges.map(({ node }) => node.message);
    expect(messages.filter((message) => message.includes(fromGlobalId('CardBatch', id)))).toHaveLength(3);

    const { result } = await asker.request(RevealPinDocument, {
      input: { card: { serial: printed[4]?.serial ?? '' }, reason: 'A third.' },
    });
    succeeded(result);
    expect((await exported(asker, await batchOfTwo({ active: true }))).result).toMatchObject({
      code: 'PIN_REVEALS_EXHAUSTED',
    });
    await Promise.all([asker, other].map((client) => client.close()));
  });

  test('of new cards needs nobody else, once: links that were made for it end with the first that is used', async () => {
    const asker = await administrator(strict.url);
    const id = await batchOfTwo({ active: false });
    const links = await Promise.all([exported(asker, id), exported(asker, id)]);
    const urls = links.map(({ result }) => succeeded(result).download?.url ?? '');
    expect(await linesOf(urls[0])).toBe(3);
    expect((await fetch(urls[1] ?? '')).status).toBe(410);
    expect(succeeded((await exported(asker, id)).result).download).toBeNull();
    await asker.close();
  });

  test('by a link from before the cards were in use gives nothing', async () => {
    const asker = await administrator(strict.url);
    const id = await batchOfTwo({ active: false });
    const { download } = succeeded((await exported(asker, id)).result);
    await api.administrator.request(ActivateCardsDocument, { cards: { batchId: id } });
    expect((await fetch(download?.url ?? '')).status).toBe(410);
    await asker.close();
  });
});

test('a rotated key, and the keys that it makes, go on with its count; a rotated key does not approve for it', async () => {
  await api.db.database.sql`UPDATE pin_reveals SET requested_at = requested_at - interval '1 day'`;
  const asker = await administrator(api.url);
  for (const place of [0, 1, 2]) succeeded((await reveal(asker, place)).result);
  const { apiKeys } = await asker.request(ApiKeysDocument, { first: 1 });
  const id = apiKeys.edges[0]?.node.id ?? '';
  const made = succeeded(
    (await asker.request(CreateApiKeyDocument, { input: { name: 'Mine too', role: 'ADMINISTRATOR' } }))
      .result,
  );
  const rotated = succeeded((await asker.request(RotateApiKeyDocument, { id })).result);
  const others = [rotated.secret, made.secret].map((key) => createClient({ url: api.url, key }));
  for (const client of [asker, ...others])
    expect((await reveal(client, 3)).result).toMatchObject({
      code: 'PIN_REVEALS_EXHAUSTED',
      message: expect.stringContaining('one administrator'),
    });

  const [strictAsker, strictRotated] = await Promise.all([
    administrator(strict.url),
    createClient({ url: strict.url, key: rotated.secret }),
  ]);
  const { request } = succeeded((await reveal(strictAsker, 5)).result);
  // As if the one had been rotated from the other before it asked.
  await api.db.database.sql`
    UPDATE pin_reveals SET lineage_id = (SELECT lineage_id FROM api_keys WHERE id = ${fromGlobalId('ApiKey', rotated.apiKey.id)}),
      requested_at = now() WHERE id = ${fromGlobalId('PinReveal', request.id)}`;
  const { result } = await strictRotated.request(ApprovePinRevealDocument, { id: request.id });
  expect(result).toMatchObject({ code: 'NOT_ALLOWED', message: expect.stringContaining('your own request') });
  await Promise.all([asker, strictAsker, strictRotated, ...others].map((client) => client.close()));
});

test('no text about a card takes six digits in a row, in whatever script and grouping', async () => {
  const serial = printed[6]?.serial ?? '';
  const lock = (note: string) =>
    api.administrator.request(LockCardDocument, { input: { card: { serial }, reason: 'OPERATOR', note } });
  for (const note of [
    '123456',
    '12-34.56',
    '1 2 3 4 5 6',
    '１２３４５６',
    '٣٤٥٦٧٨',
    'a1b2c3d4e5f6',
    '12\u200b34\u200b56',
  ])
    expect((await lock(note)).result).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/^note/),
    });
  const list = { change: 'LOCK' as const, lockReason: 'OPERATOR' as const, note: 'PIN 123456' };
  const rows = [{ key: '1', card: { serial } }];
  const { result } = await api.administrator.request(ChangeCardsDocument, {
    input: { ...list, rows, idempotencyKey: newKey() },
  });
  expect(result).toMatchObject({ code: 'INVALID_INPUT' });
});
