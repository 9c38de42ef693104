import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatMicros } from '../../src/domain/values/money.ts';
import { runningEmbedded } from '../../src/server/embedded-postgres/embedded-postgres.ts';
import { freePort } from '../../src/server/embedded-postgres/postgres-cluster.ts';
import { type Database, openDatabase } from '../../src/store/postgres/database.ts';
import { verify } from '../../src/store/verification.ts';
import { makeKey } from '../harness/api-keys.ts';
import { makeActiveCards, makeRateGroup } from '../harness/cards.ts';
import {
  createDataFolder,
  type ServerProcess,
  startServerProcess,
} from '../harness/processes/server-process.ts';

/** Callers at once, each with a card of its own that has 1,000.00. */
const CALLERS = 40;
const KILLS = 8;
const FACE_VALUE = 1_000_000_000n;
/** 0.06 a minute at 30/6 and 0.01 for the connection, worked out by hand: micro-units of each duration. */
const CHARGES = [
  [1, 40_000n],
  [30, 40_000n],
  [31, 46_000n],
  [66, 76_000n],
  [67, 82_000n],
  [299, 310_000n],
] as const;

let folder: Awaited<ReturnType<typeof createDataFolder>>;
let server: ServerProcess;
/** The same after each start, as a switch knows it. */
let port: number;

const start = () => startServerProcess({ PORT: `${port}`, CARDLINE_DATA_DIR: folder.path });

beforeAll(async () => {
  folder = await createDataFolder();
  port = await freePort();
  server = await start();
}, 60_000);
afterAll(async () => {
  await server.stop('SIGTERM');
  await folder.remove();
});

async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const url = (await runningEmbedded(folder.path))?.ownerUrl ?? '';
  const database = openDatabase({ url, maxConnections: 4 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

interface Answer {
  readonly __typename: string;
  readonly call: { readonly state: string; readonly charge: { readonly amount: string } };
  readonly grant?: { readonly seconds: number; readonly limit: string };
}

const CALL = 'call { state charge { amount } }';
const AUTHORIZE = `mutation ($input: AuthorizeCallInput!) { authorizeCall(input: $input) { __typename ... on AuthorizeCallPayload { ${CALL} grant { seconds limit } } } }`;
const EXTEND = `mutation ($input: ExtendCallInput!) { extendCall(input: $input) { __typename ... on ExtendCallPayload { ${CALL} grant { seconds limit } } } }`;
const COMPLETE = `mutation ($input: CompleteCallInput!) { completeCall(input: $input) { __typename ... on CompleteCallPayload { ${CALL} } } }`;
const CANCEL = `mutation ($switchCallId: ID!) { cancelCall(switchCallId: $switchCallId) { __typename ... on CancelCallPayload { ${CALL} } } }`;

/** The switch: sends a request again, under the same call id, until there is an answer. */
class Switch {
  /** Requests that were sent more than once: what happened to the first is not known. */
  repeated = 0;
  readonly #secret: string;
  readonly #until: number;

  constructor(secret: string, until: number) {
    this.#secret = secret;
    this.#until = until;
  }

  async ask(query: string, variables: object): Promise<Answer> {
    for (let attempt = 0; Date.now() < this.#until; attempt += 1) {
      if (attempt === 1) this.repeated += 1;
      if (attempt > 0) await delay(50);
      const answer = await this.#send(query, variables);
      if (answer && answer.__typename !== 'OverloadedError') return answer;
    }
    throw new Error('No answer came in time.');
  }

  /** Undefined when the server is down, or went down before it answered. */
  async #send(query: string, variables: object): Promise<Answer | undefined> {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(10_000),
    })
      .then((answer) => answer.json() as Promise<{ data?: Record<string, Answer>; errors?: unknown }>)
      .catch(() => undefined);
    if (!response) return undefined;
    const { data, errors } = response;
    // A request that the schema refuses would be repeated for ever.
    if (!data) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  }
}

/** A call as its switch knows it after the end. */
interface EndedCall {
  readonly switchCallId: string;
  readonly state: 'COMPLETED' | 'CANCELLED';
  /** Micro-units. */
  readonly charge: bigint;
}

test('kill -9 of the server between authorization and end of calls: every call is charged once', async () => {
  const { secret, cards } = await withDatabase(async ({ sql }) => {
    const rateGroupId = await makeRateGroup(sql, [
      { prefix: '39', pricePer1e8Minute: 6_000_000n, initial: 30, increment: 6, fee: 10_000n },
    ]);
    const made = await makeActiveCards(sql, { count: CALLERS, rateGroupId, faceValue: FACE_VALUE });
    const numbered = made.cards.map(({ id }, n) => ({ id, ani: `+3906100${1_000 + n}` }));
    for (const { id, ani } of numbered) {
      await sql`INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${id}, now())`;
    }
    return { cards: numbered, secret: await makeKey(sql, 'SWITCH') };
  });

  const phone = new Switch(secret, Date.now() + 240_000);
  const ended = new Map<string, EndedCall[]>(cards.map(({ id }) => [id, []]));
  let inProgress = 0;
  let killed = 0;
  let killedInProgress = 0;
  const random = (below: number) => Math.floor(Math.random() * below);

  async function oneCall(ani: string): Promise<EndedCall> {
    const switchCallId = uuidV7();
    const [totalSeconds, charge] = CHARGES[random(CHARGES.length)] ?? CHARGES[0];
    const authorized = await phone.ask(AUTHORIZE, {
      input: { switchCallId, by: { ani }, number: '+390612345678' },
    });
    expect(authorized).toMatchObject({
      __typename: 'AuthorizeCallPayload',
      grant: { seconds: 300, limit: 'SLICE' },
    });
    if (random(2) === 0) {
      const input = { switchCallId, requestNumber: 1, usedSeconds: 1 };
      expect(await phone.ask(EXTEND, { input })).toMatchObject({ grant: { seconds: 301 } });
    } else if (random(3) === 0) {
      const { call } = await phone.ask(CANCEL, { switchCallId });
      expect(call).toMatchObject({ state: 'CANCELLED', charge: { amount: '0.00' } });
      return { switchCallId, state: 'CANCELLED', charge: 0n };
    }
    const { call } = await phone.ask(COMPLETE, { input: { switchCallId, totalSeconds } });
    expect(call).toMatchObject({ state: 'COMPLETED', charge: { amount: formatMicros(charge) } });
    return { switchCallId, state: 'COMPLETED', charge };
  }

  const callers = cards.map(async ({ id, ani }) => {
    while (killed < KILLS) {
      inProgress += 1;
      ended.get(id)?.push(await oneCall(ani));
      inProgress -= 1;
    }
  });
  const killer = (async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      await delay(300 + random(700));
      killedInProgress += inProgress;
      await server.stop('SIGKILL');
      server = await start();
      killed += 1;
    }
  })();
  await Promise.all([killer, ...callers]);

  await withDatabase(async ({ sql }) => {
    const { discrepancies } = await verify(sql);
    expect(discrepancies).toEqual([]);
    for (const { id } of cards) {
      const stored = await sql<{ switchCallId: string; state: string; charge: bigint; postings: number }[]>`
        SELECT switch_call_id AS "switchCallId", state, charge,
          (SELECT count(*)::int FROM transfers WHERE call_id = calls.id) AS postings
        FROM calls WHERE card_id = ${id} ORDER BY calls.id`;
      // What the switch was told, each once, and nothing besides.
      const told = ended.get(id) ?? [];
      expect(stored).toEqual(told.map((call) => ({ ...call, postings: call.charge > 0n ? 1 : 0 })));
      const [card] = await sql`SELECT balance, held, calls_in_progress FROM cards WHERE id = ${id}`;
      const charged = told.reduce((total, { charge }) => total + charge, 0n);
      expect(card).toEqual({ balance: FACE_VALUE - charged, held: 0n, calls_in_progress: 0 });
    }
  });
  const calls = [...ended.values()].flat().length;
  console.log(
    `${calls} calls, ${killedInProgress} in progress at ${KILLS} kills, ${phone.repeated} requests repeated`,
  );
  expect(killedInProgress).toBeGreaterThan(KILLS * 10);
  expect(phone.repeated).toBeGreaterThan(KILLS);
}, 300_000);
