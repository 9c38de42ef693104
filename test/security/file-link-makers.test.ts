import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { type Api, startApi } from '../harness/api.ts';

let api: Api;
let administrator: string;
beforeAll(async () => {
  api = await startApi();
  administrator = await api.secret('ADMINISTRATOR');
});
afterAll(() => api.stop());

type Data = Record<
  string,
  Record<string, unknown> & { download?: { url: string }; upload?: { url: string } }
>;

async function ask(query: string, variables: object, key = administrator): Promise<Data> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const response = await fetch(api.url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

interface Key {
  readonly id: string;
  readonly secret: string;
}

async function newKey(role: 'ADMINISTRATOR' | 'PARTNER', more: object = {}): Promise<Key> {
  const { createApiKey } = await ask(
    `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
      ... on CreateApiKeyPayload { secret apiKey { id } } ... on Error { message } } }`,
    { input: { name: 'Maker', role, ...more } },
  );
  const made = createApiKey as unknown as { apiKey: { id: string }; secret: string };
  return { id: made.apiKey.id, secret: made.secret };
}

const DOWNLOAD = 'download { url }';
const UPLOAD = 'upload { url }';
/** Every kind of link: the mutation, and whether a partner makes it too. */
const LINKS = {
  'print file': () =>
    `exportCardBatch(id: "${api.partner.batch.id}") { ... on ExportCardBatchPayload { ${DOWNLOAD} } }`,
  'audit log': () => `exportAuditLog { ... on ExportAuditLogPayload { ${DOWNLOAD} } }`,
  report: () =>
    `exportReport(report: { expiringCards: { withinDays: 30 } }) { ... on ExportReportPayload { ${DOWNLOAD} } }`,
  'rate deck': () => `createRateUpload { ... on CreateRateUploadPayload { ${UPLOAD} } }`,
  'card file': () => `createCardUpload { ... on CreateCardUploadPayload { ${UPLOAD} } }`,
};
type Kind = keyof typeof LINKS;
const KINDS = Object.keys(LINKS) as Kind[];

async function linkOf(kind: Kind, key: Key): Promise<string> {
  const { link } = await ask(`mutation { link: ${LINKS[kind]()} }`, {}, key.secret);
  const url = link?.download?.url ?? link?.upload?.url;
  if (!url) throw new Error(`No link: ${JSON.stringify(link)}`);
  return url;
}

async function use(kind: Kind, url: string): Promise<{ status: number; code: string | undefined }> {
  const response =
    kind.endsWith('deck') || kind.endsWith('card file')
      ? await fetch(url, { method: 'PUT', body: 'prefix,rate\n1,1\n' })
      : await fetch(url);
  // The PINs of this batch were never sealed: its file breaks off.
  const text = await response.text().catch(() => '');
  return { status: response.status, code: /"code":"(\w+)"/.exec(text)?.[1] };
}

const ENDED = { status: 403, code: 'FILE_LINK_ENDED' };
const revoke = (id: string) => ask('mutation ($id: ID!) { revokeApiKey(id: $id) { __typename } }', { id });

describe.each(KINDS)('a link to a %s', (kind) => {
  test('is good while its maker is', async () => {
    const { status } = await use(kind, await linkOf(kind, await newKey('ADMINISTRATOR')));
    expect([200, 201]).toContain(status);
  });

  test.each<[string, (key: Key) => Promise<unknown>]>([
    ['was revoked', ({ id }) => revoke(id)],
    [
      'was rotated away',
      ({ id }) =>
        ask('mutation ($id: ID!) { rotateApiKey(id: $id, overlapSeconds: 0) { __typename } }', { id }),
    ],
    [
      'expired',
      ({ secret }) =>
        api.db.database.sql`UPDATE api_keys SET expires_at = now() WHERE prefix = ${secret.slice(0, 12)}`,
    ],
    [
      'is good in other networks only',
      ({ secret }) =>
        api.db.database
          .sql`UPDATE api_keys SET networks = '{192.0.2.0/24}' WHERE prefix = ${secret.slice(0, 12)}`,
    ],
  ])('ends when its key %s', async (_what, end) => {
    const key = await newKey('ADMINISTRATOR');
    const url = await linkOf(kind, key);
    await end(key);
    expect(await use(kind, url)).toEqual(ENDED);
  });
});

describe("a partner's link", () => {
  const newPartner = async (parentId: string | null, name = uuidV7()) => {
    const uuid = uuidV7();
    await api.db.database.sql`
      INSERT INTO partners (id, name, currency, parent_id) VALUES (${uuid}, ${name}, 'EUR', ${parentId})`;
    return uuid;
  };
  const partnerKey = (uuid: string) => newKey('PARTNER', { partnerId: toGlobalId('Partner', uuid) });
  const set = (text: string, uuid: string, value: string | null) =>
    api.db.database.sql.unsafe(`UPDATE partners SET ${text} = $1 WHERE id = $2`, [value as never, uuid]);
  /** The tree follows events; what is made by hand is told by one. */
  const readTree = async () => {
    const id = toGlobalId('Partner', api.rival.uuid);
    await ask('mutation ($id: ID!) { suspendPartner(id: $id) { __typename } }', { id });
    await ask('mutation ($id: ID!) { resumePartner(id: $id) { __typename } }', { id });
  };

  test.each(['itself', 'one above it'])('ends when %s is suspended', async (who) => {
    const above = await newPartner(null);
    const own = await newPartner(above);
    await readTree();
    const url = await linkOf('report', await partnerKey(own));
    await set('suspended_at', who === 'itself' ? own : above, new Date().toISOString());
    expect(await use('report', url)).toEqual(ENDED);
  });

  test('ends when one whose things it could see has moved away, and not when one has come', async () => {
    const own = await newPartner(null);
    const below = await newPartner(own);
    await readTree();
    const key = await partnerKey(own);
    const [early, late] = [await linkOf('report', key), await linkOf('report', key)];
    await newPartner(own);
    expect(await use('report', early)).toMatchObject({ status: 200 });
    await set('parent_id', below, null);
    expect(await use('report', late)).toEqual(ENDED);
  });
});
