import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import {
  CardsDocument,
  CreatePartnerDocument,
  PartnersDocument,
  ViewerDocument,
} from '../../src/client/operations.ts';
import {
  IdentityProvider,
  type IdentityProviderSettings,
} from '../../src/server/authentication/identity-provider.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { startApi, useApi } from '../harness/api.ts';
import { AUDIENCE, Provider, useProvider } from '../harness/network/identity-provider.ts';
import { expectForbidden, failure } from '../harness/refusals.ts';

const provider = useProvider();
const api = useApi(() => ({ environment: { OIDC_ISSUER: provider.url, OIDC_AUDIENCE: AUDIENCE } }));

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

describe("the provider's keys", () => {
  /** Its own provider and its own clock: keys are kept for minutes. */
  let rotating: Provider;
  let people: IdentityProvider;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    rotating = new Provider();
    await rotating.start();
    const settings = readSettings({ OIDC_ISSUER: rotating.url, OIDC_AUDIENCE: AUDIENCE }).identityProvider;
    people = new IdentityProvider(settings as IdentityProviderSettings, api.db.database.sql);
  });
  afterEach(() => {
    vi.useRealTimers();
    rotating.server.close();
  });

  const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1_000);
  let persons = 0;
  /** A token that was not seen before. */
  const good = async (kid?: string) => {
    persons += 1;
    const token = await rotating.token({ sub: `person ${persons}` }, kid === undefined ? {} : { kid });
    return (await people.authenticate(token)) !== undefined;
  };

  test('are fetched once, and again when a token names one that is new', async () => {
    expect([await good(), await good()]).toEqual([true, true]);
    expect(rotating.keysAsked).toBe(1);
    await rotating.publish('second', 'ES256');
    // Somebody has just looked.
    expect(await good('second')).toBe(false);
    pass(31);
    expect([await good('second'), await good('first')]).toEqual([true, true]);
    expect(rotating.keysAsked).toBe(2);
  });

  test('that are withdrawn are good for ten minutes at most', async () => {
    await rotating.publish('second', 'ES256');
    expect(await good('first')).toBe(true);
    rotating.withdraw('first');
    expect(await good('first')).toBe(true);
    pass(601);
    expect([await good('first'), await good('second')]).toEqual([false, true]);
  });

  test('are not asked for by whoever makes up names', async () => {
    expect(await good()).toBe(true);
    for (const kid of Array.from({ length: 200 }, (_, n) => `made up ${n}`)) {
      if (kid.endsWith('0')) pass(1);
      rotating.keys.set(kid, rotating.keys.get('first') as never);
      expect(await good(kid)).toBe(false);
    }
    expect(rotating.keysAsked).toBe(1);
  });

  test('are asked for once a second at most while they can not be had', async () => {
    rotating.isAway = true;
    const asked = Array.from({ length: 50 }, () => good().catch((error: Error) => error.message));
    expect(new Set(await Promise.all(asked))).toEqual(
      new Set([expect.stringContaining('The identity provider answers 500')]),
    );
    for (let again = 0; again < 50; again += 1) await expect(good()).rejects.toThrow('answers 500');
    rotating.isAway = false;
    pass(1);
    expect(await good()).toBe(true);
    expect(rotating.keysAsked).toBe(1);
    rotating.isAway = true;
    pass(31);
    for (let again = 0; again < 50; again += 1) {
      rotating.keys.set(`${again}`, rotating.keys.get('first') as never);
      await expect(good(`${again}`)).rejects.toThrow('answers 500');
    }
    expect(rotating.keysAsked).toBe(2);
  });

  test('serve those who are known while the provider is away', async () => {
    expect(await good()).toBe(true);
    rotating.isAway = true;
    pass(500);
    expect(await good()).toBe(true);
  });
});

test('while the keys can not be had nobody is turned away as unknown, and who comes again is let in', async () => {
  const environment = { OIDC_ISSUER: provider.url, OIDC_AUDIENCE: AUDIENCE };
  const away = await startApi({ environment: { ...environment, OIDC_JWKS_URL: `${provider.url}/jwks` } });
  try {
    provider.isAway = true;
    await provider.publish('second', 'RS256');
    const ask = async () => {
      const key = await provider.token({}, { kid: 'second', alg: 'RS256' });
      return failure(() => createClient({ url: away.url, key }).request(ViewerDocument));
    };
    expect(await ask()).toBe('INTERNAL_SERVER_ERROR');
    provider.isAway = false;
    await vi.waitFor(async () => expect(await ask()).toBeUndefined(), { timeout: 10_000, interval: 500 });
  } finally {
    provider.isAway = false;
    await away.stop();
  }
});
