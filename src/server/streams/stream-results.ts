import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { SseResponse } from '../http/sse-response.ts';
import { formatError } from '../pipeline/masked-errors.ts';

/**
 * Sends the results of a subscription as events until it ends or its client disconnects. For a shared execution, only
 * the end comes this way.
 */
export async function streamResults(
  response: ServerResponse,
  sse: SseResponse,
  results: AsyncIterable<ExecutionResult>,
  mask: (error: unknown) => GraphQLError,
): Promise<void> {
  const iterator = results[Symbol.asyncIterator]();
  const leave = () => void iterator.return?.();
  if (response.destroyed) return leave();
  response.once('close', leave);
  sse.begin();
  try {
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) break;
      if (!sse.next(encoded(value))) await sse.room();
    }
  } catch (error) {
    sse.next(encoded({ errors: [mask(error)] }));
  }
  sse.complete();
}

function encoded({ errors, ...result }: ExecutionResult): Buffer {
  return Buffer.from(JSON.stringify(errors ? { ...result, errors: errors.map(formatError) } : result));
}
