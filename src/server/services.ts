import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { Logger } from 'pino';
import type { Database } from '../store/database.ts';
import type { Authenticate, MakeContext } from './caller.ts';
import type { Route } from './routes.ts';
import type { Settings } from './settings.ts';

/** What the server serves: made from a database that is up to date. */
export interface ServerServices {
  readonly schema: GraphQLSchema;
  readonly makeContext: MakeContext<object>;
  readonly authenticate: Authenticate;
  readonly routes: readonly Route[];
  /** Does what only the first start on a database needs. Resolves with the first administrator's key, that once. */
  firstRun(): Promise<string | undefined>;
  /** Starts what runs by itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What services are made of. */
export interface Ground {
  readonly database: Database;
  /** A direct connection to the same database, for LISTEN: embedded or not, whatever DATABASE_URL says. */
  readonly listenUrl: string;
  readonly settings: Settings;
  readonly logger: Logger;
}

export async function createServices(_ground: Ground): Promise<ServerServices> {
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { hello: { type: GraphQLString, resolve: () => 'Hello' } },
  });
  return {
    schema: new GraphQLSchema({ query }),
    makeContext: (caller) => caller,
    authenticate: async () => undefined,
    routes: [],
    firstRun: async () => undefined,
    start: async () => {},
    stop: async () => {},
  };
}
