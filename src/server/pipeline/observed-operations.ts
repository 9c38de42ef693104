import {
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { inSpan } from '../../store/postgres/spans.ts';
import type { RequestContext } from '../authentication/request-context.ts';
import type { Metrics, Transport } from '../observability/metrics.ts';
import { slowOperations } from '../observability/slow-watch.ts';
import { innermost, isUnavailable, UNAVAILABLE } from './masked-errors.ts';

type Run = (args: ExecutionArgs) => unknown;

/** Times every operation, counts its errors, opens its span and logs it at level debug, on every transport. */
export function useObservation(metrics: Metrics, logger: Logger): Plugin<RequestContext> {
  const noteSlow = slowOperations(logger);
  const count = (errors: readonly unknown[], otherwise = 'GRAPHQL_ERROR') => {
    for (const error of errors) metrics.errors.inc({ code: codeOf(error, otherwise) });
  };
  const observed =
    (run: Run): Run =>
    (args) => {
      const operation = nameOf(args);
      const transport = transportOf(args);
      const end = metrics.operations.startTimer({ operation, transport });
      const done = <Result>(result: Result): Result => {
        const seconds = end();
        const errors = errorsOf(result);
        count(errors);
        const { requestId } = args.contextValue as RequestContext;
        noteSlow({ operation, transport, seconds, requestId });
        logger.debug({ requestId, operation, transport, seconds, errors: errors.length }, 'Answered');
        return result;
      };
      const attributes = { 'graphql.operation.name': operation, 'cardline.transport': transport };
      return inSpan(`graphql ${operation}`, { attributes }, () => {
        const result = run(args);
        return result instanceof Promise ? result.then(done) : done(result);
      });
    };
  return {
    onParse: () => (result) => {
      if (result.result instanceof Error) count([result.result], 'GRAPHQL_PARSE_FAILED');
    },
    onValidate:
      () =>
      ({ valid, result }) => {
        if (!valid) count(result, 'GRAPHQL_VALIDATION_FAILED');
      },
    onExecute: ({ executeFn, setExecuteFn }) => setExecuteFn(observed(executeFn as Run) as typeof executeFn),
    onSubscribe: ({ subscribeFn, setSubscribeFn }) =>
      setSubscribeFn(observed(subscribeFn as Run) as typeof subscribeFn),
  };
}

/** The schema's root field: operation names are the client's own and unbounded. */
export function nameOf({
  document,
  operationName,
}: Pick<ExecutionArgs, 'document' | 'operationName'>): string {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 'unknown';
  const [only, ...others] = operation.selectionSet.selections;
  if (only?.kind !== Kind.FIELD || others.length > 0) return 'several';
  return only.name.value;
}

function transportOf({ document, operationName, contextValue }: ExecutionArgs): Transport {
  if ((contextValue as Partial<RequestContext>)?.transport === 'ws') return 'ws';
  const operation: OperationDefinitionNode | null | undefined = getOperationAST(document, operationName);
  return operation?.operation === 'subscription' ? 'sse' : 'http';
}

function errorsOf(result: unknown): readonly unknown[] {
  if (typeof result !== 'object' || result === null || isAsyncIterable(result)) return [];
  return (result as { errors?: readonly unknown[] }).errors ?? [];
}

/** The code that the client will see, before masking. @param otherwise the code for GraphQL's own errors */
function codeOf(error: unknown, otherwise: string): string {
  const cause = innermost(error);
  if (cause instanceof Rejection) return cause.code;
  if (isUnavailable(cause)) return UNAVAILABLE;
  if (!(cause instanceof GraphQLError)) return 'INTERNAL_SERVER_ERROR';
  const { code } = cause.extensions;
  return typeof code === 'string' ? code : otherwise;
}
