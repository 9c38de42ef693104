import type { ExecutionArgs, GraphQLError } from 'graphql';
import type { Viewer } from '../../graphql/core/context.ts';
import type { Deadline } from '../../graphql/core/deadline.ts';

/** Who sent an operation, and the request id that its response and the log use. */
export interface RequestContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The IP address the request came from. */
  readonly address: string;
  /** For a subscription that is opened again: the log position after which it continues, instead of the requested one. */
  readonly resumeAfter?: bigint;
  /** After this the operation may start nothing more; set when its execution starts. */
  readonly deadline?: Deadline;
  /** The transport, if not an HTTP request. */
  readonly transport?: 'ws';
  /** Admits subscriptions. Without it every subscription is refused, whatever the transport. */
  readonly stream?: StreamGate;
}

/** Decides whether a connection may carry a subscription. */
export interface StreamGate {
  /** @returns the reason for a refusal */
  admit(args: ExecutionArgs): GraphQLError | undefined;
}

/** For a connection that was already admitted as a stream. */
export const OPEN_GATE: StreamGate = { admit: () => undefined };

/** The owner of a credential, without its place in the tree of partners. */
export type Principal = Omit<Viewer, 'branch'>;

/** What a connection presents for authentication. */
export interface Credential {
  /** As in an Authorization header: `Bearer <key>`. */
  readonly header: string | undefined;
  /** The IP address it comes from. */
  readonly address: string;
}

/**
 * Checks a credential. Resolves to undefined when it is missing or not valid; rejects only when it can't be checked.
 */
export type Authenticate = (credential: Credential) => Promise<Viewer | undefined>;

/** Makes the context for resolvers. */
export type MakeContext<Context extends object> = (requestContext: RequestContext) => Context;
