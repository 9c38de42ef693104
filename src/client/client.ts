import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TypedDocumentString } from './operations.ts';

interface ClientOptions {
  /** The GraphQL endpoint, such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** An API key. */
  readonly key: string;
}

/** A GraphQL error: any error that is not part of a result union. */
interface ResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string } & Record<string, unknown>;
}

/** The server responded without the requested data. */
export class RequestFailed extends Error {
  readonly errors: readonly ResponseError[];
  /** The code of the first error, such as FORBIDDEN. */
  readonly code: string | undefined;

  constructor(errors: readonly ResponseError[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.name = 'RequestFailed';
    this.errors = errors;
    this.code = errors[0]?.extensions?.code;
  }
}

/** Optional when the operation has no required variables. */
type Given<Variables> = Record<string, never> extends Variables ? [variables?: Variables] : [Variables];

export interface Client {
  /**
   * One query or mutation over HTTP.
   *
   * @throws RequestFailed with the server's errors; TypeError when it can't be reached.
   */
  request<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    ...variables: Given<Variables>
  ): Promise<Data>;
  /**
   * One subscription over graphql-ws, on a connection that all subscriptions of this client share. It starts with the
   * first `next`; leaving the loop ends it.
   *
   * @throws RequestFailed
   */
  subscribe<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    ...variables: Given<Variables>
  ): AsyncIterableIterator<Data>;
  /** Ends all subscriptions. */
  close(): Promise<void>;
}

/** A typed client of this API: its operations are in operations.ts. */
export function createClient({ url, key }: ClientOptions): Client {
  const authorization = `Bearer ${key}`;
  const socket = createSocketClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  });
  return {
    async request(document, ...[variables]) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query: document.toString(), variables }),
      });
      return dataOf(await response.json());
    },
    async *subscribe<Data, Variables>(
      document: TypedDocumentString<Data, Variables>,
      ...[variables]: Given<Variables>
    ) {
      const results = socket.iterate<Data>({
        query: document.toString(),
        variables: variables as Record<string, unknown>,
      });
      try {
        for await (const result of results) yield dataOf<Data>(result);
      } catch (error) {
        throw Array.isArray(error) ? new RequestFailed(error) : error;
      }
    },
    close: async () => socket.dispose(),
  };
}

function dataOf<Data>({ data, errors }: { data?: unknown; errors?: readonly unknown[] | undefined }): Data {
  if (errors) throw new RequestFailed(errors as readonly ResponseError[]);
  return data as Data;
}
