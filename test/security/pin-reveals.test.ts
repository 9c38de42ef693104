import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import {
  ApprovePinRevealDocument,
  PinRevealsDocument,
  RevealPinDocument,
  SecurityAlertsDocument,
} from '../../src/client/operations.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { type RunningServer, startServer } from '../../src/server/start.ts';
import { type Api, settingsOf, startApi } from '../harness/api.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../harness/batches.ts';
import { overheardLogger } from '../harness/overheard.ts';
import { expectForbidden, succeeded } from '../harness/refusals.ts';

let api: Api;
/** Another instance, alike. */
let second: RunningServer;
let strict: RunningServer;
let printed: PrintedCard[];

beforeAll(async () => {
  api = await startApi({ environment: { PIN_REVEALS_A_DAY: '3', PIN_REVEALS_A_DAY_IN_ALL: '5' } });
  second = await startServer(settingsOf(api), { logger: overheardLogger });
  // One more on the same database, where two are needed.
  strict = await startServer({
    ...settingsOf(api),
    pinReveals: readSettings({ PIN_REVEAL_NEEDS_TWO: 'true', PIN_REVEALS_A_DAY: '3' }).pinReveals,
  });
  const { cardBatch } = succeeded((await orderBatch(api)).result);
  await batchEnded(api, cardBatch.id);
  printed = await printedCards(api, cardBatch.id);
});
afterAll(async () => {
  await Promise.all([second.close(), strict.close()]);
  await api.stop();
});

const administrator = async (url: string) => createClient({ url, key: await api.secret('ADMINISTRATOR') });
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

test('is shown to nobody else, nor without a reason, nor with the PIN as its reason, nor of a card that is not there', async () => {
  for (const client of [api.ivr, api.partner.client]) await expectForbidden(api, () => reveal(client, 1));
  const auditor = createClient({ url: api.url, key: await api.secret('AUDITOR') });
  await expectForbidden(api, () => reveal(auditor, 1));
  expect((await auditor.request(PinRevealsDocument)).pinReveals.edges).toHaveLength(1);
  await auditor.close();
  expect((await reveal(api.administrator, 1, ' ')).result).toMatchObject({ code: 'INVALID_INPUT' });
  const telling = `It is ${printed[1]?.pin.slice(0, 7)} ${printed[1]?.pin.slice(7)}.`;
  const { result } = await reveal(api.administrator, 1, telling);
  expect(result).toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.not.stringContaining(printed[1]?.pin ?? ''),
  });
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
  const key = await api.secret('ADMINISTRATOR');
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
