import type { Viewer } from '../graphql/context.ts';

/** One operation's asker, and the id under which the answer and the log speak of it. */
export interface Caller {
  readonly viewer: Viewer;
  readonly requestId: string;
}

/**
 * Checks a credential as it stands in an Authorization header (`Bearer <key>`). Resolves with nothing when there is
 * none or it is worth nothing; rejects only when it can't be checked.
 */
export type Authenticate = (header: string | undefined) => Promise<Viewer | undefined>;

/** Makes what resolvers get. */
export type MakeContext<Context extends object> = (caller: Caller) => Context;
