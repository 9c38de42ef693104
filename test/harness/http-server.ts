import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import {
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { pino } from 'pino';
import { NotFound } from '../../src/domain/rejections/input.ts';
import type { Viewer } from '../../src/graphql/core/context.ts';
import type { RequestContext } from '../../src/server/authentication/request-context.ts';
import {
  createHttpServer,
  type HttpServer,
  type HttpServerOptions,
} from '../../src/server/http/http-server.ts';
import { readSettings } from '../../src/server/settings/settings.ts';
import { useFixture } from './fixture.ts';

/** The key that the harness's server knows. */
export const TEST_KEY = 'test-key';
export const authorization = `Bearer ${TEST_KEY}`;

export const testViewer: Viewer = {
  actorId: 'key-1',
  lineageId: 'key-1',
  familyId: 'key-1',
  apiKeyId: 'key-1',
  keyPrefix: 'clk_key1',
  scopes: null,
  networks: null,
  expiresAt: null,
  cardId: null,
  role: 'ADMINISTRATOR',
  partnerId: null,
  branch: null,
  name: 'Test',
};

export interface TestHttpServer extends HttpServer {
  readonly url: string;
  /** The lines that were logged. */
  readonly logged: string[];
  /** A request with the key; `init` as for fetch. */
  fetch(init: RequestInit, path?: string): Promise<Response>;
}

export type TestHttpOptions = Partial<Omit<HttpServerOptions<RequestContext>, 'settings'>> & {
  environment?: Record<string, string>;
};

/** The server of a test file, up around its hooks and tests. */
export function useTestHttpServer(options: TestHttpOptions = {}): TestHttpServer {
  return useFixture({ start: () => startTestHttpServer(options), stop: (server) => server.drain() });
}

/** The server on a port of its own, around a schema in which things go wrong on purpose. */
export async function startTestHttpServer(options: TestHttpOptions = {}): Promise<TestHttpServer> {
  const { environment, ...given } = options;
  const logged: string[] = [];
  const http = createHttpServer<RequestContext>({
    schema: troubleSchema,
    makeContext: (caller) => caller,
    authenticate: async ({ header }) => (header === authorization ? testViewer : undefined),
    settings: readSettings({ PORT: '0', DRAIN_SECONDS: '1', DRAIN_NOTICE_SECONDS: '0', ...environment }),
    logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(line) }),
    ...given,
  });
  const port = await http.listen();
  const url = `http://127.0.0.1:${port}/graphql`;
  return {
    ...http,
    url,
    logged,
    fetch: (init, path) =>
      fetch(path === undefined ? url : new URL(path, url), {
        ...init,
        headers: { authorization, ...(init.headers as Record<string, string>) },
      }),
  };
}

async function* countTo(last: number) {
  for (let number = 1; number <= last; number++) yield { count: number };
}

async function* failAfterOne() {
  yield { failing: 1 };
  await delay(1);
  throw new Error('secret of the iterator');
}

async function* rejectAfterOne() {
  yield { rejecting: 1 };
  throw new NotFound({ what: 'card', reference: '42' });
}

/** Says more than anybody can read, and tells when it is left. */
export const flood = { open: 0 };
async function* floodForever() {
  flood.open++;
  try {
    for (;;) {
      yield { flood: 'x'.repeat(65_536) };
      await nextTurn();
    }
  } finally {
    flood.open--;
  }
}

/** Never says anything, and tells when it is left. */
export const silent = { open: 0 };
class Silence implements AsyncIterableIterator<unknown> {
  readonly #left = withResolvers();
  constructor() {
    silent.open++;
  }
  async next() {
    await this.#left.promise;
    return { value: undefined, done: true as const };
  }
  async return() {
    silent.open--;
    this.#left.resolve(undefined);
    return { value: undefined, done: true as const };
  }
  [Symbol.asyncIterator]() {
    return this;
  }
}

function withResolvers() {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const text = { type: GraphQLString };
const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: 'Thing',
  fields: () => ({ name: text, thing: { type: Thing, resolve: () => ({ name: 'inner' }) } }),
});

const Color = new GraphQLEnumType({ name: 'Color', values: { RED: {}, GREEN: {} } });
const Box = new GraphQLInputObjectType({ name: 'Box', fields: { size: { type: GraphQLInt } } });

const troubleSchema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, RequestContext>({
    name: 'Query',
    fields: {
      hello: { ...text, resolve: () => 'Hello, čardline 🏃' },
      viewer: { ...text, resolve: (_root, _args, { viewer }) => viewer.name },
      echo: {
        ...text,
        args: { text: { type: new GraphQLNonNull(GraphQLString) } },
        resolve: (_r, args) => args.text,
      },
      plus: {
        type: GraphQLInt,
        args: { number: { type: GraphQLInt } },
        resolve: (_r, args) => args.number + 1,
      },
      paint: { ...text, args: { color: { type: Color } }, resolve: (_r, args) => args.color },
      pack: { ...text, args: { box: { type: Box } }, resolve: () => 'packed' },
      sum: { type: GraphQLInt, args: { numbers: { type: new GraphQLList(GraphQLInt) } }, resolve: () => 0 },
      thing: { type: Thing, resolve: () => ({ name: 'outer' }) },
      things: { type: new GraphQLList(Thing), resolve: () => [{ name: 'a' }, { name: 'b' }] },
      broken: {
        ...text,
        resolve: () => {
          throw new Error('secret of the resolver');
        },
      },
      brokenNonNull: {
        type: new GraphQLNonNull(GraphQLString),
        resolve: async () => {
          throw new Error('secret of the resolver');
        },
      },
      missing: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
      refused: {
        ...text,
        resolve: () => {
          throw new NotFound({ what: 'card', reference: '42' });
        },
      },
      told: {
        ...text,
        resolve: () => {
          throw new GraphQLError('Told.', { extensions: { code: 'TOLD' } });
        },
      },
    },
  }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: { change: { ...text, resolve: async () => 'changed' } },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      count: {
        type: GraphQLInt,
        args: { to: { type: GraphQLInt } },
        subscribe: (_root, { to }) => countTo(to),
      },
      flood: { ...text, subscribe: floodForever },
      failing: { type: GraphQLInt, subscribe: failAfterOne },
      rejecting: { type: GraphQLInt, subscribe: rejectAfterOne },
      silent: { type: GraphQLInt, subscribe: () => new Silence() },
      unopened: {
        type: GraphQLInt,
        subscribe: () => {
          throw new Error('secret of the opening');
        },
      },
    },
  }),
});
