import { afterAll, describe, expect, test } from 'vitest';
import { normalizePin } from '../../src/domain/batches/pin-format.ts';
import { checkSerialPrefix } from '../../src/domain/cards/serial.ts';
import { detectDelimiter } from '../../src/domain/files/file-head.ts';
import { readFlag, readInstant, readText, readUtcOffset } from '../../src/domain/imports/card-file-cells.ts';
import { normalizeDestination, normalizePrefix } from '../../src/domain/rates/destination.ts';
import { readRatePer1e8Minute } from '../../src/domain/rates/rate-decimal.ts';
import { isTimeZone } from '../../src/domain/rates/time-band.ts';
import { parseMicros } from '../../src/domain/values/money.ts';
import { readMoneyCell } from '../../src/domain/values/money-cell.ts';
import { readPhoneNumber } from '../../src/domain/values/phone-number.ts';
import { readWholeNumber } from '../../src/domain/values/whole-number.ts';
import { decodeGlobalId } from '../../src/graphql/core/global-id.ts';
import { decodeCursor } from '../../src/realtime/cursor.ts';
import { bearerToken } from '../../src/server/authentication/bearer-token.ts';
import { clientAddressBehind } from '../../src/server/http/client-address.ts';
import { accepted, mediaType } from '../../src/server/http/media-types.ts';
import { requestIdFrom } from '../../src/server/http/request-id.ts';
import { paramsInAddress, paramsInBody } from '../../src/server/http/request-params.ts';
import { matchRoute } from '../../src/server/http/route-matching.ts';
import { isNetwork } from '../../src/store/access/ip-networks.ts';
import { csvLine } from '../../src/store/files/csv.ts';
import { authorization, startTestHttpServer } from '../harness/http-server.ts';
import { openSocket } from '../harness/network/web-socket.ts';

const SHORT = 65_536;
const LONG = 1_048_576;
/** How much more a byte of the long text may take: what grows by the square takes sixteen times as much. */
const FACTOR = 5;
/** What the processor does beside, such as to collect garbage. */
const NOISE_MICROS = 150_000;

/** What has been found to be hard for regular expressions, again and again up to a length. */
const PATTERNS: readonly string[] = [
  '; ',
  ' ',
  '\t',
  '"',
  '\n',
  '0',
  '.0000000',
  '[',
  ',',
  '=',
  '-',
  'a',
  'got invalid value ',
  'Did you mean ',
  ', found ',
  ' cannot represent ',
  'Value "',
  ' at "a"; ',
];
const upTo = (pattern: string, length: number) =>
  pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);

const tried = (read: () => unknown) => {
  try {
    read();
  } catch {
    // It is refused: what counts is for how much.
  }
};

/** Processor time of this process, which has the server in it. */
async function micros(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Measured again when it looks as if it grew: others use the machine. */
async function expectLinear(work: (length: number) => unknown, lengths = { short: SHORT, long: LONG }) {
  const growth = (lengths.long / lengths.short) * FACTOR;
  let [short, long] = [0, 0];
  for (let times = 0; times < 3; times += 1) {
    short = Math.max(short, await micros(() => work(lengths.short)));
    long = await micros(() => work(lengths.long));
    if (long < short * growth + NOISE_MICROS) break;
  }
  expect(long).toBeLessThan(short * growth + NOISE_MICROS);
}

const addressBehind = clientAddressBehind(['127.0.0.1/32']);
const request = (header: string) =>
  ({ socket: { remoteAddress: '127.0.0.1' }, headers: { 'x-forwarded-for': header } }) as never;
const route = { method: 'GET', path: '/files/:secret', handle: () => {} } as const;
const column = { name: 'a', value: (text: string) => text } as never;

const READERS: Record<string, (text: string) => unknown> = {
  'an Accept header': accepted,
  'a Content-Type header': mediaType,
  'an Authorization header': bearerToken,
  'an Authorization header behind its scheme': (text) => bearerToken(`Bearer ${text}`),
  'an X-Forwarded-For header': (text) => addressBehind(request(text)),
  'an X-Request-Id header': requestIdFrom,
  'a path': (text) => matchRoute([route], 'GET', `/files/${text}`),
  'the query of an address': (text) => paramsInAddress(`/graphql?query=${text}&variables=${text}`),
  'a body': (text) => paramsInBody(Buffer.from(text)),
  'a cursor': decodeCursor,
  'a global id': decodeGlobalId,
  'a telephone number': (text) => readPhoneNumber(text, { country: 'IT' }),
  'a PIN': normalizePin,
  'an amount': parseMicros,
  'a rate': readRatePer1e8Minute,
  'a prefix': normalizePrefix,
  'a destination': normalizeDestination,
  'a serial prefix': checkSerialPrefix,
  'a time zone': isTimeZone,
  'a network': isNetwork,
  'the first line of a file': detectDelimiter,
  'a cell with an instant': (text) => readInstant(text, 'Z'),
  'a cell with a balance': readMoneyCell,
  'a cell with a flag': readFlag,
  'a cell with a whole number': readWholeNumber,
  'a cell with a text': readText,
  'a UTC offset': readUtcOffset,
  'a cell that is written': (text) => csvLine([column], text as never),
};

describe.each(Object.entries(READERS))('%s takes time by its length', (_name, read) => {
  test.each(PATTERNS)('of %j', async (pattern) => {
    await expectLinear((length) => tried(() => read(upTo(pattern, length))));
  });
});

const server = await startTestHttpServer({ environment: { MAX_BODY_BYTES: '4000000' } });
afterAll(() => server.drain());

async function overHttp(body: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  return (await server.fetch({ method: 'POST', headers, body: JSON.stringify(body) })).text();
}

async function overWebSocket(payload: object): Promise<string> {
  const socket = await openSocket(server.url);
  socket.send({ type: 'connection_init', payload: { authorization } });
  await socket.next();
  socket.send({ id: '1', type: 'subscribe', payload });
  const answer = JSON.stringify(await socket.next());
  socket.close();
  return answer;
}

/** Operations with a mistake that is as long as it is. */
const MISTAKES: Record<string, (text: string) => object> = {
  'a variable for an Int': (text) => ({
    query: 'query ($n: Int) { plus(number: $n) }',
    variables: { n: text },
  }),
  'a variable for an enum': (text) => ({
    query: 'query ($c: Color) { paint(color: $c) }',
    variables: { c: text },
  }),
  'a variable for an input': (text) => ({
    query: 'query ($b: Box) { pack(box: $b) }',
    variables: { b: text },
  }),
  'a list in a variable': (text) => ({
    query: 'query ($b: Box) { pack(box: $b) }',
    variables: { b: { size: [text] } },
  }),
  'many names in a variable': (text) => ({
    query: 'query ($b: Box) { pack(box: $b) }',
    variables: { b: Object.fromEntries(Array.from({ length: text.length / 8 }, (_, n) => [`n${n}`, 1])) },
  }),
  'a long name in a variable': (text) => ({
    query: 'query ($b: Box) { pack(box: $b) }',
    variables: { b: { [text]: 1 } },
  }),
  'the name of an operation': (text) => ({ query: '{ hello }', operationName: text }),
};
const WAYS = { HTTP: overHttp, WebSocket: overWebSocket };

describe.each(Object.entries(WAYS))('over %s', (_way, ask) => {
  describe.each(Object.entries(MISTAKES))(
    '%s takes time by its length, and its answer is short',
    (_name, mistake) => {
      test.each(['; ', ' Did you mean ', '"', 'a'])('of %j', { timeout: 60_000 }, async (pattern) => {
        await expectLinear((length) => ask(mistake(upTo(pattern, length))));
        const answer = await ask(mistake(upTo(pattern, LONG)));
        expect(answer).toContain('error');
        expect(answer.length).toBeLessThan(2_000);
      });
    },
  );
});

/** As long as documents may be. */
const DOCUMENTS = { short: 8_192, long: 120_000 };
const LITERALS: Record<string, (text: string) => string> = {
  'a text for an Int': (text) => `{ plus(number: ${JSON.stringify(text)}) }`,
  'a block text for an Int': (text) => `{ plus(number: """${text.replaceAll('"', '')}""") }`,
  'a text for an enum': (text) => `{ paint(color: ${JSON.stringify(text)}) }`,
  'a text that does not parse': (text) => `{ ${JSON.stringify(text)} }`,
  'a field': (text) => `{ ${text.replace(/\W/g, 'a')} }`,
  'what does not end': (text) => `{ plus(number: "${text.replaceAll('"', '')}`,
  'what is no document': (text) => text,
};

describe.each(Object.entries(LITERALS))(
  'in a document, %s takes time by its length, and its answer is short',
  (_name, write) => {
    test.each(['; ', ' Did you mean ', '"', '[', ', found '])(
      'of %j',
      { timeout: 60_000 },
      async (pattern) => {
        await expectLinear((length) => overHttp({ query: write(upTo(pattern, length)) }), DOCUMENTS);
        for (const length of [DOCUMENTS.long, LONG]) {
          const answer = await overHttp({ query: write(upTo(pattern, length)) });
          expect(answer).toContain('"errors"');
          expect(answer.length).toBeLessThan(2_000);
        }
      },
    );
  },
);

describe('what is nested too deep is refused by name', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const inObjects = (depth: number) => `${'{a:'.repeat(depth)}1${'}'.repeat(depth)}`;
  const query = 'query ($n: [Int]) { sum(numbers: $n) }';
  test.each([
    ['a list in the document', { query: `{ sum(numbers: ${nested(2_000)}) }` }],
    ['an object in the document', { query: `{ pack(box: ${inObjects(1_000)}) }` }],
    ['a type', { query: `query ($n: ${'['.repeat(2_000)}Int${']'.repeat(2_000)}) { hello }` }],
    ['a list in a variable', { query, variables: { n: JSON.parse(nested(2_000)) } }],
    ['a list in a variable that nobody reads', { query, variables: { m: JSON.parse(nested(2_000)) } }],
    [
      'fragments',
      {
        query: `{ ...f0 } ${Array.from({ length: 300 }, (_, n) => `fragment f${n} on Query { ...f${n + 1} }`).join(' ')} fragment f300 on Query { hello }`,
      },
    ],
  ])('%s', async (_name, body) => {
    for (const ask of Object.values(WAYS)) expect(await ask(body)).toContain('"code":"OPERATION_TOO_LARGE"');
  });
});
