import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Viewer } from '../../graphql/core/context.ts';
import type { Deadline } from '../../graphql/core/deadline.ts';
import type { Progress } from '../../realtime/progress.ts';

/** One operation's asker, and the id under which the answer and the log speak of it. */
export interface RequestContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The IP address the request came from. */
  readonly address: string;
  /** Where a subscription notes how far it has come, so that it can be shared. */
  readonly progress?: Progress;
  /** Until when the operation may begin something; noted when it begins itself. */
  readonly deadline?: Deadline;
  /** What brought it, where that is no request over HTTP. */
  readonly transport?: 'ws';
  /** Lets subscriptions in. Without it a subscription is refused, whatever transport brought it. */
  readonly stream?: StreamGate;
}

/** Decides whether the connection that a subscription came over may carry it. */
export interface StreamGate {
  /** @returns why it may not */
  admit(args: ExecutionArgs): GraphQLError | undefined;
}

/** For a connection that was let in as a stream already. */
export const OPEN_GATE: StreamGate = { admit: () => undefined };

/** Who a credential stands for, wherever it is in the tree of partners. */
export type Principal = Omit<Viewer, 'branch'>;

/** What a connection shows of itself. */
export interface Credential {
  /** As it stands in an Authorization header: `Bearer <key>`. */
  readonly header: string | undefined;
  /** The IP address it comes from. */
  readonly address: string;
}

/**
 * Checks a credential. Resolves with nothing when there is none or it is worth nothing; rejects only when it can't be
 * checked.
 */
export type Authenticate = (credential: Credential) => Promise<Viewer | undefined>;

/** Makes what resolvers get. */
export type MakeContext<Context extends object> = (requestContext: RequestContext) => Context;
