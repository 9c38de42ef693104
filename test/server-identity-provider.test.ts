import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../src/client/client.ts';
import {
  CardsDocument,
  CreatePartnerDocument,
  PartnersDocument,
  ViewerDocument,
} from '../src/client/operations.ts';
import { type Api, startApi } from './harness/api.ts';
import { AUDIENCE, Provider } from './harness/identity-provider.ts';
import { expectForbidden, failure } from './harness/refusals.ts';

const provider = new Provider();
let api: Api;
beforeAll(async () => {
  await provider.start();
  api = await startApi({ environment: { OIDC_ISSUER: provider.url, OIDC_AUDIENCE: AUDIENCE } });
});
afterAll(async () => {
  await api.stop();
  provider.server.close();
});

const as = (key: string) => createClient({ url: api.url, key });
const viewer = async (token: string) => (await as(token).request(ViewerDocument)).viewer;
const refusal = (token: string) => failure(() => as(token).request(ViewerDocument));

describe('a token of the identity provider', () => {
  test('opens the API with the role that its claim names, without a key of ours', async () => {
    const client = as(await provider.token());
    const seen = await viewer(await provider.token());
    expect(seen).toMatchObject({ name: 'Ann', role: 'SUPPORT', apiKey: null, partner: null });
    await expectForbidden(api, () =>
      client.request(CreatePartnerDocument, { input: { name: 'X', currency: 'EUR' } }),
    );
    expect((await client.request(CardsDocument, { first: 100 })).cards.edges.length).toBe(12);
  });

  test('acts for the partner that its claim names, and sees that one only', async () => {
    for (const cardline_partner of [api.partner.id, api.partner.uuid]) {
      const client = as(await provider.token({ cardline_role: 'PARTNER', cardline_partner }));
      const { partners } = await client.request(PartnersDocument);
      expect(partners.edges.map(({ node }) => node.id)).toEqual([api.partner.id]);
    }
    for (const cardline_partner of ['nobody', undefined, '01890a5d-ac96-774b-bcce-b302099a8057', 7]) {
      const token = await provider.token({ cardline_role: 'PARTNER', cardline_partner });
      expect(await refusal(token)).toBe('UNAUTHENTICATED');
    }
  });

  test('of several roles the strongest counts; of none, and of ours for cards, no one', async () => {
    const token = await provider.token({ cardline_role: ['other', 'auditor', 'administrator'] });
    expect((await viewer(token)).role).toBe('ADMINISTRATOR');
    for (const cardline_role of ['CARDHOLDER', 'root', '', null, {}, []]) {
      expect(await refusal(await provider.token({ cardline_role }))).toBe('UNAUTHENTICATED');
    }
  });

  test('is worth nothing when it is for others, from others, over, or without a name', async () => {
    const tokens = await Promise.all([
      provider.token({ aud: 'another' }),
      provider.token({ iss: 'https://evil.example' }),
      provider.token({}, { expires: '1 minute ago' }),
      provider.token({ sub: '' }),
    ]);
    for (const token of tokens) expect(await refusal(token)).toBe('UNAUTHENTICATED');
  });

  test('signed by nobody, or with the public key as a secret, is worth nothing', async () => {
    const [head, claims, signature] = (await provider.token({ cardline_role: 'ADMINISTRATOR' })).split('.');
    const forged = Buffer.from(String(claims), 'base64url').toString().replace('Ann', 'Eve');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const symmetric = await new SignJWT({ sub: 'eve', cardline_role: 'ADMINISTRATOR' })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .setIssuer(provider.url)
      .setAudience(AUDIENCE)
      .setExpirationTime('5m')
      .sign(Buffer.from(JSON.stringify(provider.published[0])));
    const tokens = [
      `${head}.${Buffer.from(forged).toString('base64url')}.${signature}`,
      `${none}.${claims}.`,
      symmetric,
    ];
    for (const token of tokens) expect(await refusal(token)).toBe('UNAUTHENTICATED');
  });
});

test('keys that the provider has changed are fetched when a token names one', async () => {
  const away = await startApi({
    environment: {
      OIDC_ISSUER: provider.url,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_JWKS_URL: `${provider.url}/jwks`,
    },
  });
  try {
    provider.isAway = true;
    const token = await provider.token();
    const ask = (key: string) => createClient({ url: away.url, key }).request(ViewerDocument);
    expect(await failure(() => ask(token))).toBe('INTERNAL_SERVER_ERROR');
    provider.isAway = false;
    await provider.publish('second', 'RS256');
    expect((await ask(await provider.token({}, { kid: 'second', alg: 'RS256' }))).viewer.name).toBe('Ann');
    expect((await ask(await provider.token())).viewer.name).toBe('Ann');
  } finally {
    provider.isAway = false;
    await away.stop();
  }
});
