import { PothosValidationError } from '@pothos/core';
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { handleStreamOrSingleExecutionResult, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { requestError } from '../../graphql/core/error-codes.ts';
import { isUnavailable as isDatabaseUnavailable } from '../../store/postgres/database-errors.ts';
import type { RequestContext } from '../authentication/request-context.ts';
import { redactError, redactVariables } from './error-redaction.ts';

/**
 * Clients see GraphQL's own errors, the GraphQLErrors that resolvers throw, and rejections. Of any other error they see
 * only a request id; the log has the rest.
 */
export function maskError(error: unknown, logger: Logger, requestId?: string): GraphQLError {
  const cause = innermost(error);
  if (cause instanceof PothosValidationError) {
    // From Pothos's Relay plugin, about `first` and `last`.
    return requestError('BAD_USER_INPUT', cause.message, placeOf(error));
  }
  if (cause instanceof GraphQLError) return redactError(error as GraphQLError);
  const place = placeOf(error);
  if (cause instanceof Rejection) {
    const { code, retryable, data } = cause;
    return new GraphQLError(cause.message, { ...place, extensions: { code, retryable, data } });
  }
  if (isDataException(cause)) {
    return requestError('BAD_USER_INPUT', 'A cursor or argument has a form that is not understood.', place);
  }
  if (isUnavailable(cause)) {
    logger.warn({ err: cause, requestId, path: place.path }, 'The database could not be reached');
    return unavailable(place);
  }
  if (cause instanceof SyntaxError && !place.path) {
    // Outside an operation, only JSON in a URL's query string is parsed.
    return requestError('BAD_REQUEST', 'The variables or extensions are no valid JSON.');
  }
  logger.error({ err: cause, requestId, path: place.path }, 'Unexpected error');
  // Yoga responds to `unexpected` with status 500 and does not send the extension.
  const extensions = { http: undefined, unexpected: true, ...(requestId && { requestId }) };
  return requestError('INTERNAL_SERVER_ERROR', 'Unexpected error.', { ...place, extensions });
}

/** The code for operations that failed because the database was unavailable. */
export const UNAVAILABLE = 'UNAVAILABLE';

/** Whether the database was unavailable or rolled back: a retry may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  const { cause = error } = error instanceof Error ? error : {};
  return isDatabaseUnavailable(cause);
}

function unavailable(place: ReturnType<typeof placeOf>): GraphQLError {
  const message = 'The database is unavailable: try again in a moment, with the same idempotency key.';
  return requestError(UNAVAILABLE, message, place);
}

/** Masks results, each event of a subscription, and what its iterator throws, with the request's id. */
export function useRequestMasking(logger: Logger): Plugin<RequestContext> {
  const mask = (error: unknown, context: unknown) =>
    maskError(error, logger, (context as RequestContext).requestId);
  const maskResult: Parameters<typeof handleStreamOrSingleExecutionResult>[1] = (payload) => {
    const { result, setResult, args } = payload;
    if (!result.errors) return;
    // Without data nothing was executed: the errors may be about the variables.
    const errors = 'data' in result ? result.errors : redactVariables(result.errors, args);
    setResult({ ...result, errors: errors.map((error) => mask(error, args.contextValue)) });
  };
  return {
    onPluginInit: ({ registerContextErrorHandler }) => {
      registerContextErrorHandler(({ error, setError, context }) => setError(mask(error, context)));
    },
    onExecute: () => ({
      onExecuteDone: (payload) => handleStreamOrSingleExecutionResult(payload, maskResult),
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult: (payload) => handleStreamOrSingleExecutionResult(payload, maskResult),
      onSubscribeError: ({ error, setError }) => setError(mask(error, args.contextValue)),
    }),
  };
}

/** An error as sent to clients, without the extensions for the HTTP layer. */
export function formatError(error: GraphQLError) {
  const { extensions, ...formatted } = error.toJSON();
  const { http, unexpected, ...visible } = extensions ?? {};
  return Object.keys(visible).length > 0 ? { ...formatted, extensions: visible } : formatted;
}

/** SQLSTATE class 22: a value that PostgreSQL could not parse, such as one from a forged cursor. */
function isDataException(error: unknown): boolean {
  const { cause = error } = error instanceof Error ? error : {};
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}

/** The original error inside GraphQL's wrappers. */
export function innermost(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? innermost(error.originalError) : error;
}

function placeOf(error: unknown): Pick<GraphQLErrorOptions, 'nodes' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  const { nodes = null, path = null } = error;
  return { nodes, path };
}
