import { buildSchema, type ExecutionArgs, type ExecutionResult, parse, type subscribe } from 'graphql';
import { createYoga, isAsyncIterable, type Plugin } from 'graphql-yoga';
import { expect, test, vi } from 'vitest';
import { mapped } from '../../src/realtime/mapped-stream.ts';
import { type Positioned, positioned } from '../../src/realtime/positioned-stream.ts';
import { useResponseLimit } from '../../src/server/pipeline/response-size.ts';
import { beginningOf, positionOf, subscribeByPosition } from '../../src/server/streams/positioned-results.ts';

const schema = buildSchema('type Query { no: Int } type Subscription { text: String! }');
const document = parse('subscription { text }');

const itemsOf = async function* (texts: readonly (string | null)[]) {
  let position = 10n;
  for (const text of texts) {
    position += 1n;
    yield { position, text };
  }
};

const opened = async (items: AsyncIterable<object>, context: object) => {
  const args = { schema, document, rootValue: { text: () => items } };
  const results = await subscribeByPosition(args, context);
  if (!isAsyncIterable<ExecutionResult>(results)) throw new Error('No stream was opened.');
  return results[Symbol.asyncIterator]();
};

test('each result is at the position of its item, however many were asked for at once', async () => {
  const context = {};
  const results = await opened(positioned(10n, itemsOf(['a', null, 'c'])), context);
  expect(beginningOf(context)).toBe(10n);
  const [first, second, third] = await Promise.all([results.next(), results.next(), results.next()]);
  expect([first, second, third].map((step) => positionOf(step?.value))).toEqual([11n, 12n, 13n]);
  expect(JSON.stringify(first?.value)).toBe('{"data":{"text":"a"}}');
  // A copy, as the masking of errors makes.
  expect(second?.value.errors).toHaveLength(1);
  expect(positionOf({ ...second?.value, errors: [] })).toBe(12n);
});

test('a result that a limit replaces keeps its position', async () => {
  const byPosition: Plugin = {
    onSubscribe: ({ setSubscribeFn }) =>
      setSubscribeFn(((args: ExecutionArgs) =>
        subscribeByPosition(args, args.contextValue as object)) as typeof subscribe),
  };
  const yoga = createYoga({ schema, plugins: [byPosition, useResponseLimit(50)] });
  const enveloped = yoga.getEnveloped({});
  const results = await enveloped.subscribe({
    schema,
    document,
    rootValue: { text: () => positioned(10n, itemsOf(['short', 'long '.repeat(20)])) },
    contextValue: {},
  });
  const steps: ExecutionResult[] = [];
  for await (const result of results as AsyncIterable<ExecutionResult>) steps.push(result);
  expect(steps.map((result) => [positionOf(result), result.errors?.[0]?.extensions.code])).toEqual([
    [11n, undefined],
    [12n, 'RESPONSE_TOO_LARGE'],
  ]);
});

test('a stream without positions has plain results and no beginning', async () => {
  const context = {};
  const results = await opened(itemsOf(['a']), context);
  expect(beginningOf(context)).toBeUndefined();
  const { value } = await results.next();
  expect(value).toEqual({ data: { text: 'a' } });
  expect(() => positionOf(value)).toThrow('lost its position');
});

test('leaving the results leaves the source at once, and so does a failure to make one', async () => {
  const left = vi.fn();
  const source = (): AsyncIterator<Positioned> => ({
    next: async () => ({ value: { position: 1n }, done: false }),
    return: async () => {
      left();
      return { value: undefined, done: true };
    },
  });
  await mapped(source(), (item) => item).return?.();
  expect(left).toHaveBeenCalledTimes(1);
  const failing = mapped(source(), () => Promise.reject(new Error('No.')));
  await expect(failing.next()).rejects.toThrow('No.');
  expect(left).toHaveBeenCalledTimes(2);
});
