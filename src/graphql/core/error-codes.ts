import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

/** An error of the request itself: it stands in `errors`, not in the data. */
interface RequestErrorKind {
  /** Of the answer over HTTP, where it is the only answer. */
  readonly status: number;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** When to send it again; also in the header `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** What it means and what to do, for docs/limits.md. */
  readonly about: string;
}

/** The only list of these codes: docs/limits.md is generated from it. A code never changes its meaning. */
export const REQUEST_ERRORS = {
  UNAUTHENTICATED: {
    status: 401,
    retryable: false,
    about: "no valid credential, one that has ended, or one used from a network that it doesn't allow",
  },
  FORBIDDEN: {
    status: 200,
    retryable: false,
    about:
      "a field that your role or your key's scopes don't include: `path` says which. A mutation whose selection includes such a field is refused before anything is done, and the message names the field",
  },
  BAD_USER_INPUT: {
    status: 200,
    retryable: false,
    about: 'not GraphQL, not in the schema, a malformed value, or an id that was never issued',
  },
  BAD_REQUEST: { status: 400, retryable: false, about: 'not JSON' },
  INVALID_CURSOR: {
    status: 200,
    retryable: false,
    about: 'a cursor that this list did not issue: send cursors back unchanged',
  },
  INTROSPECTION_DISABLED: {
    status: 200,
    retryable: false,
    about: 'a question about the schema, which `INTROSPECTION` does not allow you: see `schema.graphql`',
  },
  OPERATION_TOO_LARGE: {
    status: 200,
    retryable: false,
    about: 'over a limit of documents and operations: the message names it',
  },
  PAGE_IN_LIST: {
    status: 200,
    retryable: false,
    about: 'a page inside the outcomes of a list: select ids there, and fetch the page in a separate query',
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 400,
    retryable: false,
    about: 'the server runs trusted documents only',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    retryable: false,
    about: '`Accept` admits no form of the answer: a subscription is a stream, everything else is JSON',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retryable: false,
    about: 'send the operation with `Content-Type: application/json`',
  },
  REQUEST_ENTITY_TOO_LARGE: {
    status: 413,
    retryable: false,
    about: 'the body is larger than `MAX_BODY_BYTES`; the connection is closed',
  },
  RESPONSE_TOO_LARGE: {
    status: 200,
    retryable: false,
    about:
      'the answer is larger than `MAX_RESPONSE_BYTES`. A mutation was executed: send it again under the same key and select less',
  },
  OPERATION_TIMEOUT: {
    status: 200,
    retryable: true,
    about:
      'it took longer than `OPERATION_SECONDS`. The server starts no further part of it; the parts it had started may complete: send the operation again under the same key',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    retryable: true,
    retryAfterSeconds: 1,
    about:
      'you have reached the limit of requests in progress: nothing was done. Send the request again after `extensions.retryAfterSeconds` (also in the header `Retry-After`)',
  },
  TOO_MANY_CONNECTIONS: {
    status: 429,
    retryable: true,
    retryAfterSeconds: 5,
    about:
      'a stream that is more than `MAX_SOCKETS` or `MAX_SOCKETS_PER_KEY`: close some, or try again later',
  },
  TOO_MANY_SUBSCRIPTIONS: {
    status: 429,
    retryable: true,
    about: 'more than `MAX_SUBSCRIPTIONS_PER_KEY`: end some, or ask one for several cards',
  },
  TOO_MANY_OPERATIONS: {
    status: 200,
    retryable: true,
    about: 'the WebSocket carries as many operations as it may: open another socket, or wait for an answer',
  },
  OVERLOADED: {
    status: 503,
    retryable: true,
    retryAfterSeconds: 1,
    about:
      'the server has as much work as it can do within `TARGET_DELAY_MS`: nothing was done. Send the same request again after `extensions.retryAfterSeconds` (also in the header `Retry-After`)',
  },
  UNAVAILABLE: {
    status: 503,
    retryable: true,
    about:
      'the database was unavailable or took no writes (read-only, a full disk): send the same request again',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    retryable: false,
    about:
      'an error in the server. It reveals only a request id. The status is 200 when a part of the operation was answered',
  },
} as const satisfies Record<string, RequestErrorKind>;

export type RequestErrorCode = keyof typeof REQUEST_ERRORS;

interface ErrorOptions extends Pick<GraphQLErrorOptions, 'nodes' | 'path'> {
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An error of the request, with what the table says about its code. */
export function requestError(
  code: RequestErrorCode,
  message: string,
  { extensions, ...place }: ErrorOptions = {},
): GraphQLError {
  return new GraphQLError(message, {
    ...place,
    extensions: { ...errorExtensions(code), ...extensions },
  });
}

export function errorExtensions(code: RequestErrorCode): Record<string, unknown> {
  const { status, retryable, retryAfterSeconds }: RequestErrorKind = REQUEST_ERRORS[code];
  const headers = headersOf(code);
  return {
    code,
    ...(retryable && { retryable }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(status !== 200 && { http: { status, ...(headers && { headers }) } }),
  };
}

export function headersOf(code: RequestErrorCode): Record<string, string> | undefined {
  const { retryAfterSeconds }: RequestErrorKind = REQUEST_ERRORS[code];
  return retryAfterSeconds === undefined ? undefined : { 'Retry-After': `${retryAfterSeconds}` };
}
