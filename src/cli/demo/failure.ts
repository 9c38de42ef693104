import { RequestFailed } from '../../client/client.ts';
import { UsageError } from '../../server/settings/usage-error.ts';

/** The demo can't continue; the message is one line for people. */
export class DemoFailed extends Error {
  override readonly name = 'DemoFailed';
}

const KEY_REFUSED: readonly unknown[] = ['UNAUTHENTICATED', 'FORBIDDEN'];

/** Translates errors between the demo and the server for people; a bug in the program stays as it is. */
export function explained(error: unknown, url: string): unknown {
  if (error instanceof RequestFailed) {
    const message = `The server at ${url} says: ${error.message}`;
    return KEY_REFUSED.includes(error.code) ? new UsageError(message) : new DemoFailed(message);
  }
  // fetch throws the same error when a server is unreachable, disconnects or speaks another protocol.
  if (error instanceof TypeError && error.message === 'fetch failed') {
    return new DemoFailed(`No server answers at ${url}: start one with "npm start", or pass --url.`);
  }
  if (error instanceof SyntaxError) return new DemoFailed(`What answers at ${url} is no GraphQL server.`);
  return error;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/**
 * The result of a successful mutation.
 *
 * @throws DemoFailed with the server's message when it refused the mutation.
 */
export function accepted<Result extends { __typename: string }>(result: Result): Exclude<Result, Refusal> {
  if (isRefusal(result)) throw new DemoFailed(`Refused (${result.code}): ${result.message}`);
  return result as Exclude<Result, Refusal>;
}

/** Whether a mutation was refused, with a typed error. */
export function isRefusal<Result extends object>(result: Result): result is Extract<Result, Refusal> {
  return 'code' in result && 'message' in result;
}
