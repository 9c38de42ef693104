import type { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { requestError } from '../../graphql/core/error-codes.ts';
import type { RequestContext } from '../authentication/request-context.ts';

/**
 * The only entry for subscriptions of every transport: the connection's gate must admit them, and a connection without a
 * gate carries none. So a request is classified by its operation, however it was written: as the hash of a trusted
 * document, as one operation of several, and whatever its headers say.
 */
export function useStreamControl(): Plugin<RequestContext> {
  return {
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const { stream } = args.contextValue as RequestContext;
      const refusal = stream ? stream.admit(args) : notAStream();
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
    // Only subscriptions stream: GraphQL 16 has no @defer or @stream, and no transport here supports them.
    onExecute: () => ({
      onExecuteDone: ({ result, setResult }) => {
        if (!isAsyncIterable(result)) return;
        void result[Symbol.asyncIterator]().return?.();
        setResult({ errors: [notAStream()] });
      },
    }),
  };
}

/** For a request that can carry a single result only: its `Accept` says so, or it is one of a list. */
export function notAStream(): GraphQLError {
  return requestError(
    'NOT_ACCEPTABLE',
    'A subscription is a stream: ask for it alone, with "Accept: text/event-stream", or over WebSocket.',
  );
}

export function tooManyStreams(): GraphQLError {
  const message = 'Too many sockets and streams are open: close some, or try again later.';
  return requestError('TOO_MANY_CONNECTIONS', message);
}
