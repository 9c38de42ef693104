import { PothosValidationError } from '@pothos/core';
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { handleStreamOrSingleExecutionResult, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { connectionLost, rolledBack } from '../../store/postgres/database-errors.ts';
import type { RequestContext } from '../authentication/request-context.ts';
import { redactError, redactVariables } from './error-redaction.ts';

/**
 * What a client may see of an error: those of GraphQL itself, those that resolvers threw as a GraphQLError, and
 * rejections. Of all others it sees a request id, and the log has the rest.
 */
export function maskError(error: unknown, logger: Logger, requestId?: string): GraphQLError {
  const cause = innermost(error);
  if (cause instanceof PothosValidationError) {
    // What the screens' library says of `first` and `last`.
    return new GraphQLError(cause.message, { ...placeOf(error), extensions: { code: 'BAD_USER_INPUT' } });
  }
  if (cause instanceof GraphQLError) return redactError(error as GraphQLError);
  const place = placeOf(error);
  if (cause instanceof Rejection) {
    const { code, retryable, data } = cause;
    return new GraphQLError(cause.message, { ...place, extensions: { code, retryable, data } });
  }
  if (isDataException(cause)) {
    const extensions = { code: 'BAD_USER_INPUT' };
    return new GraphQLError('A cursor or argument has a form that is not understood.', {
      ...place,
      extensions,
    });
  }
  if (isUnavailable(cause)) {
    logger.warn({ err: cause, requestId, path: place.path }, 'The database could not be reached');
    return unavailable(place);
  }
  if (cause instanceof SyntaxError && !place.path) {
    // Only what a client wrote into the query of an address is parsed outside of an operation.
    return new GraphQLError('The variables or extensions are no valid JSON.', {
      extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
    });
  }
  logger.error({ err: cause, requestId, path: place.path }, 'Unexpected error');
  // Yoga answers `unexpected` with status 500 and keeps the word to itself.
  const extensions = { code: 'INTERNAL_SERVER_ERROR', unexpected: true, ...(requestId && { requestId }) };
  return new GraphQLError('Unexpected error.', { ...place, extensions });
}

/** The code of what failed because the database was away. */
export const UNAVAILABLE = 'UNAVAILABLE';

/** Whether the database was away, or took its word back: the same may succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  const { cause = error } = error instanceof Error ? error : {};
  return connectionLost(cause) || rolledBack(cause);
}

function unavailable(place: ReturnType<typeof placeOf>): GraphQLError {
  const message = 'The database could not be reached: ask again in a moment, with the same idempotency key.';
  const extensions = { code: UNAVAILABLE, retryable: true, http: { status: 503 } };
  return new GraphQLError(message, { ...place, extensions });
}

/** Masks with the request's id at hand: results, each event of a subscription, and what its iterator throws. */
export function useRequestMasking(logger: Logger): Plugin<RequestContext> {
  const mask = (error: unknown, context: unknown) =>
    maskError(error, logger, (context as RequestContext).requestId);
  const maskResult: Parameters<typeof handleStreamOrSingleExecutionResult>[1] = (payload) => {
    const { result, setResult, args } = payload;
    if (!result.errors) return;
    // Without data nothing was run: then it may be the variables.
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

/** An error as a client gets it, without what the HTTP layer notes on it. */
export function formatError(error: GraphQLError) {
  const { extensions, ...formatted } = error.toJSON();
  const { http, unexpected, ...visible } = extensions ?? {};
  return Object.keys(visible).length > 0 ? { ...formatted, extensions: visible } : formatted;
}

/** SQLSTATE class 22: a value that PostgreSQL could not read, such as one out of a cursor made by hand. */
function isDataException(error: unknown): boolean {
  const { cause = error } = error instanceof Error ? error : {};
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}

/** What was thrown first, under what GraphQL wraps it in. */
export function innermost(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? innermost(error.originalError) : error;
}

function placeOf(error: unknown): Pick<GraphQLErrorOptions, 'nodes' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  const { nodes = null, path = null } = error;
  return { nodes, path };
}
