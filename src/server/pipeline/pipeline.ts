import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  subscribe,
} from 'graphql';
import { createYoga, isAsyncIterable, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Broadcasts } from '../../realtime/broadcasts.ts';
import type { MakeContext, RequestContext } from '../authentication/request-context.ts';
import { graphiqlExamples } from '../graphiql/graphiql-examples.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Settings } from '../settings/settings.ts';
import { PulledSubscription } from '../streams/pulled-subscription.ts';
import { type SharedResult, ticketOf } from '../streams/shared-subscriptions.ts';
import { useUntoldValues } from './error-redaction.ts';
import { maskError, useRequestMasking } from './masked-errors.ts';
import { useObservation } from './observed-operations.ts';
import { useOperationLimits } from './operation-limits.ts';
import { useOperationTime } from './operation-time.ts';
import { type ResolveDocument, useTrustedDocuments } from './trusted-documents.ts';

export const GRAPHQL_PATH = '/graphql';

/** Parsed documents kept, by their number and by the length of their text. */
const CACHED_DOCUMENTS = { max: 1_000, maxSize: 4_000_000 };

export type Pipeline = YogaServerInstance<RequestContext, object>;

export interface PipelineOptions<Context extends object> {
  schema: GraphQLSchema;
  makeContext: MakeContext<Context>;
  settings: Settings;
  logger: Logger;
  resolveDocument: ResolveDocument;
  broadcasts: Broadcasts<SharedResult>;
  metrics: Metrics;
}

/** The one way an operation is parsed, checked, run and masked, whatever transport brought it. */
export function createPipeline<Context extends object>({
  schema,
  makeContext,
  settings,
  logger,
  resolveDocument,
  broadcasts,
  metrics,
}: PipelineOptions<Context>): Pipeline {
  const pipeline: Pipeline = createYoga<RequestContext, object>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    plugins: [
      useResolvers(makeContext),
      // Before the limits, so that what the others refuse is counted too.
      useObservation(metrics, logger),
      useTrustedDocuments(resolveDocument),
      useOperationLimits(settings),
      useOperationTime(settings.operationSeconds),
      useRequestMasking(logger),
      useUntoldValues(),
      useSubscriptionsOverStreams(),
      useSharedStreams((args, results) => {
        const ticket = ticketOf(pipeline, args, results);
        return ticket && new PulledSubscription(broadcasts, ticket);
      }),
    ],
    // What reaches this was thrown outside of an operation. The plugin above has masked, and logged, the rest.
    maskedErrors: { maskError: (error) => maskError(error, logger) },
    logging: { debug: () => {}, info: () => {}, warn: (...words) => logger.warn(words), error: () => {} },
    parserAndValidationCache: { documentCache: boundedCache(), errorCache: boundedCache() },
    extraParamNames: ['documentId'],
    maxRequestBodySize: settings.maxBodyBytes,
    batching: settings.maxBatch > 0 && { limit: settings.maxBatch },
    multipart: false,
    // Answered before it comes here, for both ways alike.
    cors: false,
    landingPage: false,
    // Its page comes from this server, so that it works on a network without the internet.
    renderGraphiQL,
    graphiql: settings.graphiql && {
      title: 'Cardline',
      defaultTabs: graphiqlExamples,
      shouldPersistHeaders: true,
      // What is to be filled in, where it goes.
      headers: JSON.stringify({ Authorization: 'Bearer clk_...' }, null, 2),
    },
  });
  return pipeline;
}

/**
 * Resolvers get a context of their own making in the place of the request's. Operations are run by GraphQL's
 * own executor: Yoga's can do more, which nothing here asks for, and took a tenth of the pipeline's time for it.
 */
function useResolvers<Context extends object>(makeContext: MakeContext<Context>): Plugin<RequestContext> {
  type Run = (args: ExecutionArgs) => unknown;
  const within =
    (run: Run): Run =>
    (args) =>
      run({ ...args, contextValue: makeContext(args.contextValue as RequestContext) });
  return {
    onExecute: ({ setExecuteFn }) => setExecuteFn(within(execute)),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(within(subscribe) as typeof subscribe),
  };
}

/** A subscription asked for as a single answer is refused before its stream is opened. */
function useSubscriptionsOverStreams(): Plugin<RequestContext> {
  return {
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const accept: string | null | undefined = args.contextValue.request?.headers?.get('accept');
      if (!accept || /text\/(event-stream|\*)|\*\/\*/.test(accept)) return;
      const error = new GraphQLError(
        'A subscription is a stream: ask for it with "Accept: text/event-stream", or over WebSocket.',
        { extensions: { code: 'NOT_ACCEPTABLE', http: { status: 406 } } },
      );
      setResultAndStopExecution({ errors: [error] });
    },
  };
}

/** What a stream over HTTP is told comes from the same execution as what sockets are told. */
function useSharedStreams(
  share: (
    args: ExecutionArgs,
    results: AsyncIterable<ExecutionResult>,
  ) => AsyncIterable<ExecutionResult> | undefined,
): Plugin<RequestContext> {
  const opened = new WeakMap<object, ExecutionArgs>();
  return {
    onSubscribe: ({ args }) => {
      opened.set(args.contextValue, args);
    },
    onExecutionResult: ({ result, context, setResult }) => {
      const args = opened.get(context);
      if (!args || !isAsyncIterable<ExecutionResult>(result)) return;
      const shared = share(args, result);
      if (shared) setResult(shared);
    },
  };
}

function boundedCache<Value extends object>() {
  return new LRUCache<string, Value>({
    ...CACHED_DOCUMENTS,
    sizeCalculation: (_value, text) => text.length + 1,
  });
}
