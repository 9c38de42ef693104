import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { mapped } from '../../realtime/mapped-stream.ts';
import { isPositioned } from '../../realtime/positioned-stream.ts';

/** A symbol: plugins that copy a result copy it too, and JSON leaves it out. */
const POSITION = Symbol('position');

type PositionedResult = ExecutionResult & { readonly [POSITION]?: bigint };

/** Where each opened subscription begins, by its request context: plugins replace the stream of results itself. */
const beginnings = new WeakMap<object, bigint>();

/**
 * GraphQL's `subscribe`, except that each result carries the position of the item that it was made from, and that the
 * beginning of the stream is recorded for the request context. A stream without positions has plain results.
 *
 * @param args with the resolvers' context
 */
export async function subscribeByPosition(
  args: ExecutionArgs,
  requestContext: object,
): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
  const items = await createSourceEventStream(args);
  if (!isAsyncIterable<unknown>(items)) return items;
  if (!isPositioned(items))
    return mapped(items[Symbol.asyncIterator](), (rootValue) => execute({ ...args, rootValue }));
  beginnings.set(requestContext, items.after);
  return mapped(items, async (item) =>
    withPosition(item.position, await execute({ ...args, rootValue: item })),
  );
}

/** The position after which the results of an opened subscription begin; undefined: they have no positions. */
export function beginningOf(requestContext: object): bigint | undefined {
  return beginnings.get(requestContext);
}

/** The position of the item that a result was made from. */
export function positionOf(result: ExecutionResult): bigint {
  const position = (result as PositionedResult)[POSITION];
  if (position === undefined) throw new Error('A result of a subscription has lost its position.');
  return position;
}

/** For a plugin that replaces a result instead of copying it: the new one at the same position, if it had one. */
export function replacing(result: ExecutionResult, by: ExecutionResult): ExecutionResult {
  const position = (result as PositionedResult)[POSITION];
  return position === undefined ? by : withPosition(position, by);
}

function withPosition(position: bigint, result: ExecutionResult): PositionedResult {
  return Object.assign(result, { [POSITION]: position });
}
