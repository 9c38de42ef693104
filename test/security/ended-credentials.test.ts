import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import {
  AuthenticateCardDocument,
  BindNumberDocument,
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  LockCardDocument,
  RevokeApiKeyDocument,
  RotateApiKeyDocument,
  SuspendPartnerDocument,
  ViewerDocument,
} from '../../src/client/operations.ts';
import { nth, useApi, useInstance } from '../harness/api.ts';
import { useProvider } from '../harness/network/identity-provider.ts';
import { openSocket } from '../harness/network/web-socket.ts';
import { failure, succeeded } from '../harness/refusals.ts';
import { askForStream, STREAM_ACCEPTS } from '../harness/stream-request.ts';

/** Within which what is open under a credential ends with it: a promise, and not how long it takes. */
const PROMISED_MS = 5_000;
/** For which a token is good after its end, since clocks differ. */
const TOLERANCE_MS = 5_000;
/** Enough to open what is to be closed. */
const LIFE_MS = 3_000;

const provider = useProvider();
const api = useApi(() => ({ environment: { OIDC_ISSUER: provider.url, OIDC_AUDIENCE: 'cardline' } }));
/** Another instance: what ends, ends by way of the first. */
const other = useInstance(api);

interface Ending {
  readonly credential: string;
  /** Resolves when it has ended. */
  end(): Promise<unknown>;
  /** Whether the instance that was told refuses it from the answer on. */
  readonly atOnce?: boolean;
}

const isGood = async (key: string, url: string) =>
  (await failure(() => createClient({ url, key }).request(ViewerDocument))) !== 'UNAUTHENTICATED';

async function made(given: Partial<CreateApiKeyInput> = {}) {
  const input = { name: 'Ending', role: 'ADMINISTRATOR' as const, ...given };
  return succeeded((await api.administrator.request(CreateApiKeyDocument, { input })).result);
}

const until = (instant: number) => delay(Math.max(0, instant - Date.now()));

async function revoked(): Promise<Ending> {
  const { secret, apiKey } = await made();
  const end = () => api.administrator.request(RevokeApiKeyDocument, { id: apiKey.id });
  return { credential: secret, end, atOnce: true };
}

async function rotated(): Promise<Ending> {
  const { secret, apiKey } = await made();
  const rotation = { id: apiKey.id, overlapSeconds: 0 };
  const end = () => api.administrator.request(RotateApiKeyDocument, rotation);
  return { credential: secret, end, atOnce: true };
}

async function expired(): Promise<Ending> {
  const at = Date.now() + LIFE_MS;
  const { secret } = await made({ expiresAt: new Date(at).toISOString() });
  return { credential: secret, end: () => until(at), atOnce: true };
}

async function suspended(): Promise<Ending> {
  const { secret } = await made({ role: 'PARTNER', partnerId: api.rival.id });
  const end = () => api.administrator.request(SuspendPartnerDocument, { id: api.rival.id });
  return { credential: secret, end, atOnce: true };
}

/** One of the identity provider, whose end is in it. */
async function tokenOver(): Promise<Ending> {
  const token = await provider.token({}, { expires: `${(TOLERANCE_MS - LIFE_MS) / 1_000} seconds ago` });
  return { credential: token, end: () => delay(LIFE_MS) };
}

/** A cardholder's session, whose card is locked. */
async function cardLocked(): Promise<Ending> {
  const card = { id: nth(api.partner.batch, 0).id };
  const number = '+390655508888';
  succeeded((await api.administrator.request(BindNumberDocument, { input: { card, number } })).result);
  const { token } = succeeded(
    (await api.ivr.request(AuthenticateCardDocument, { input: { by: { ani: number } } })).result,
  );
  const end = () => api.administrator.request(LockCardDocument, { input: { card, reason: 'REPORTED_LOST' } });
  return { credential: token, end };
}

const ENDINGS: [string, () => Promise<Ending>][] = [
  ['a key that is revoked', revoked],
  ['a key that is rotated without an overlap', rotated],
  ['a key that expires', expired],
  ['a key of a partner that is suspended', suspended],
  ['a token of the identity provider that is over', tokenOver],
  ["the session of a card's holder, when the card is locked", cardLocked],
];

test.each(ENDINGS)(
  '%s is refused, and its socket and its streams are closed, whatever they accepted, on another instance too',
  async (_name, open) => {
    const { credential, end, atOnce = false } = await open();
    const urls = [api.url, other.url];
    for (const url of urls) expect(await isGood(credential, url)).toBe(true);
    const sockets = await Promise.all(urls.map((url) => openedSocket(url, credential)));
    const streams = await Promise.all(
      urls.flatMap((url) => STREAM_ACCEPTS.map((accept) => openedStream(url, credential, accept))),
    );

    await end();
    const ended = performance.now();
    if (atOnce) expect(await isGood(credential, api.url)).toBe(false);
    await Promise.all([
      ...sockets.map(async ({ closed }) => expect(await closed).toMatchObject({ code: 4403 })),
      ...streams.map((stream) => stream.closed),
      ...urls.map((url) => refused(credential, url)),
    ]);
    expect(performance.now() - ended).toBeLessThan(PROMISED_MS);
  },
);

async function refused(credential: string, url: string): Promise<void> {
  while (await isGood(credential, url)) await delay(20);
}

const WATCH = 'subscription { cardLockChanged { cursor } }';

async function openedSocket(url: string, key: string) {
  const socket = await openSocket(url);
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } });
  expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
  socket.send({ id: '1', type: 'subscribe', payload: { query: WATCH } });
  return socket;
}

async function openedStream(url: string, key: string, accept: string | undefined) {
  const authorization = `Bearer ${key}`;
  const stream = await askForStream({ url, authorization, accept, body: { query: WATCH } });
  expect(stream.response.statusCode).toBe(200);
  expect(stream.response.headers['content-type']).toBe('text/event-stream');
  stream.response.resume();
  return stream;
}
