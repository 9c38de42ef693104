import { expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import {
  ApiKeysDocument,
  BindNumberDocument,
  CreatePartnerDocument,
  MovePartnerDocument,
  RotateApiKeyDocument,
  SecurityAlertsDocument,
} from '../../src/client/operations.ts';
import { nth, useApi } from '../harness/api.ts';
import { succeeded } from '../harness/refusals.ts';

const api = useApi();

const numberOf = (place: number) => `+3906555${String(10_000 + place)}`;
const bind = (number: string, serial = nth(api.partner.batch, 0).serial, client = api.partner.client) =>
  client.request(BindNumberDocument, { input: { card: { serial }, number } });

test('a card that can have no more numbers reveals nothing about the numbers of others', async () => {
  const { cards } = await api.cards({ count: 1, partnerId: api.partner.uuid, maxBoundNumbers: 0 });
  await bind(numberOf(0), nth(api.rival.batch, 0).serial, api.rival.client);
  const answers = await Promise.all([0, 1].map((place) => bind(numberOf(place), cards[0]?.serial)));
  expect(answers[0]?.result).toMatchObject({ code: 'TOO_MANY_BINDINGS' });
  expect(answers[1]).toEqual(answers[0]);
});

test('others’ numbers are revealed sixty times an hour to a partner, whatever keys it has, and the operator gets an alert', async () => {
  const { sql } = api.db.database;
  const [batch] = await sql`SELECT id FROM cards WHERE serial = ${nth(api.rival.batch, 1).serial}`;
  await sql`
    INSERT INTO number_bindings (number, card_id, created_at)
    SELECT '+3906555' || (20000 + n), ${batch?.id}, now() FROM generate_series(1, 100) AS n`;
  const { apiKeys } = await api.partner.client.request(ApiKeysDocument, { first: 1 });
  const id = apiKeys.edges[0]?.node.id ?? '';
  const rotated = succeeded((await api.partner.client.request(RotateApiKeyDocument, { id })).result);
  const keys = [rotated.secret, await api.secret('PARTNER', api.partner.id)];
  const clients = [api.partner.client, ...keys.map((key) => createClient({ url: api.url, key }))];
  const answers = await Promise.all(
    Array.from({ length: 90 }, (_, n) => bind(numberOf(10_001 + n), undefined, clients[n % 3])),
  );
  const codes = answers.map(({ result }) => ('code' in result ? result.code : null));
  expect(codes.filter((code) => code === 'NUMBER_ALREADY_BOUND')).toHaveLength(60);
  expect(codes.filter((code) => code === 'TOO_MANY_BINDING_ATTEMPTS')).toHaveLength(30);
  const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {});
  expect(securityAlerts.edges.map(({ node }) => node.message)).toContainEqual(
    expect.stringContaining('tried to bind 60 numbers'),
  );
  // Nobody else is kept from binding.
  succeeded((await bind(numberOf(2), nth(api.rival.batch, 0).serial, api.rival.client)).result);
  await Promise.all(clients.slice(1).map((client) => client.close()));
});

test('a partner’s name is taken among those below the same one only', async () => {
  const create = (name: string, client = api.administrator, parentId?: string) =>
    client.request(CreatePartnerDocument, {
      input: { name, currency: 'EUR', ...(parentId !== undefined && { parentId }) },
    });
  const top = succeeded((await create('Kiosk')).result).partner;
  succeeded((await create('Kiosk', api.partner.client)).result);
  const { partner: theirs } = succeeded((await create('Kiosk', api.rival.client)).result);
  expect((await create('Kiosk', api.partner.client)).result).toMatchObject({ code: 'NAME_TAKEN' });
  expect((await create('Kiosk')).result).toMatchObject({ code: 'NAME_TAKEN' });
  const move = (parentId: string | null) =>
    api.administrator.request(MovePartnerDocument, { id: theirs.id, parentId });
  expect((await move(null)).result).toMatchObject({ code: 'NAME_TAKEN' });
  succeeded((await move(top.id)).result);
});
