import { GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { RequestContext } from '../authentication/request-context.ts';

/**
 * The only way in for a subscription, over every transport: the connection that it came over has to let it in, and one
 * that has no gate carries none. A request is thus sorted by its operation, however it was written: a hash of a trusted
 * document, one operation of several, whatever its headers say.
 */
export function useStreamControl(): Plugin<RequestContext> {
  return {
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const { stream } = args.contextValue as RequestContext;
      const refusal = stream ? stream.admit(args) : notAStream();
      if (refusal) setResultAndStopExecution({ errors: [refusal] });
    },
    // Nothing but a subscription streams: GraphQL 16 knows no @defer and no @stream, and no transport here carries them.
    onExecute: () => ({
      onExecuteDone: ({ result, setResult }) => {
        if (!isAsyncIterable(result)) return;
        void result[Symbol.asyncIterator]().return?.();
        setResult({ errors: [notAStream()] });
      },
    }),
  };
}

/** For a request that can carry one answer only: its `Accept` says so, or it is one of a list. */
export function notAStream(): GraphQLError {
  return new GraphQLError(
    'A subscription is a stream: ask for it alone, with "Accept: text/event-stream", or over WebSocket.',
    { extensions: { code: 'NOT_ACCEPTABLE', http: { status: 406 } } },
  );
}

export function tooManyStreams(): GraphQLError {
  return new GraphQLError('Too many sockets and streams are open: close some, or try again later.', {
    extensions: { code: 'TOO_MANY_CONNECTIONS', http: { status: 429, headers: { 'Retry-After': '5' } } },
  });
}
