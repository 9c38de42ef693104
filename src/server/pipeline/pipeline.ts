import { type ExecutionArgs, execute, type GraphQLSchema, type subscribe } from 'graphql';
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { MakeContext, RequestContext } from '../authentication/request-context.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { Settings } from '../settings/settings.ts';
import { subscribeByPosition } from '../streams/positioned-results.ts';
import { useStreamControl } from '../streams/stream-control.ts';
import type { Admission } from './admission.ts';
import { MAX_VARIABLE_ERRORS, useErrorRedaction } from './error-redaction.ts';
import { maskError, useRequestMasking } from './masked-errors.ts';
import { useObservation } from './observed-operations.ts';
import { useOperationLimits } from './operation-limits.ts';
import { useOperationTime } from './operation-time.ts';
import { useRequestLimits } from './request-limits.ts';
import { useResponseLimit } from './response-size.ts';
import { type ResolveDocument, useTrustedDocuments } from './trusted-documents.ts';

export const GRAPHQL_PATH = '/graphql';

/** Limits of the cache of parsed documents: their number, and the total length of their text. */
const CACHED_DOCUMENTS = { max: 1_000, maxSize: 4_000_000 };

const VARIABLES = { maxCoercionErrors: MAX_VARIABLE_ERRORS };

export type Pipeline = YogaServerInstance<RequestContext, object>;

interface PipelineOptions<Context extends object> {
  schema: GraphQLSchema;
  makeContext: MakeContext<Context>;
  settings: Settings;
  logger: Logger;
  resolveDocument: ResolveDocument;
  metrics: Metrics;
  admission: Admission;
}

/** Parses, checks, executes and masks operations, in the same way for every transport. */
export function createPipeline<Context extends object>({
  schema,
  makeContext,
  settings,
  logger,
  resolveDocument,
  metrics,
  admission,
}: PipelineOptions<Context>): Pipeline {
  return createYoga<RequestContext, object>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    plugins: [
      useResolvers(makeContext),
      useRequestLimits(settings, admission),
      // Before the limits, so that refused operations are counted too.
      useObservation(metrics, logger),
      useTrustedDocuments(resolveDocument),
      useOperationLimits(settings),
      useOperationTime(settings.operationSeconds),
      useRequestMasking(logger),
      useErrorRedaction(),
      useResponseLimit(settings.maxResponseBytes),
      // Last, so that refused operations do not occupy a stream.
      useStreamControl(),
    ],
    // Only for errors thrown outside an operation. The plugin above has masked and logged the others.
    maskedErrors: { maskError: (error) => maskError(error, logger) },
    logging: { debug: () => {}, info: () => {}, warn: (...words) => logger.warn(words), error: () => {} },
    // The operation limits remember what was validated: Yoga's cache joins the names of all rules for each request.
    parserAndValidationCache: {
      documentCache: boundedCache(),
      errorCache: boundedCache(),
      validationCache: false,
    },
    extraParamNames: ['documentId'],
    maxRequestBodySize: settings.maxBodyBytes,
    batching: settings.maxBatch > 0 && { limit: settings.maxBatch },
    multipart: false,
    // Handled before a request comes here, for the fast path and Yoga alike.
    cors: false,
    landingPage: false,
    // Its page is sent before a request comes here (graphiql-page.ts).
    graphiql: false,
  });
}

/**
 * Replaces the request's context by the resolvers' own. Operations run in GraphQL's own executor: Yoga's supports more,
 * which nothing here needs, and took a tenth of the pipeline's time for it.
 */
function useResolvers<Context extends object>(makeContext: MakeContext<Context>): Plugin<RequestContext> {
  const own = (args: ExecutionArgs): ExecutionArgs => ({
    ...args,
    options: VARIABLES,
    contextValue: makeContext(args.contextValue as RequestContext),
  });
  const executeOwn = (args: ExecutionArgs) => execute(own(args));
  const subscribeOwn = (args: ExecutionArgs) =>
    subscribeByPosition(own(args), args.contextValue as RequestContext);
  return {
    onExecute: ({ setExecuteFn }) => setExecuteFn(executeOwn),
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribeOwn as typeof subscribe),
  };
}

function boundedCache<Value extends object>() {
  return new LRUCache<string, Value>({
    ...CACHED_DOCUMENTS,
    sizeCalculation: (_value, text) => text.length + 1,
  });
}
