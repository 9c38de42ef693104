import { setTimeout as delay } from 'node:timers/promises';
import { buildSchema, execute, parse } from 'graphql';
import { expect, test } from 'vitest';
import { Deadline, stopLateResolvers } from '../../../src/graphql/core/deadline.ts';

test('a list whose items fail both later and at once leaves no rejection unhandled', async () => {
  const schema = stopLateResolvers(buildSchema('type Query { items: [Item!]! } type Item { name: String! }'));
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const late = async () => Promise.reject(new Error('later'));
  const atOnce = () => {
    throw new Error('at once');
  };
  const rootValue = { items: [{ name: late }, { name: atOnce }] };
  const result = await execute({
    schema,
    rootValue,
    document: parse('{ items { name } }'),
    contextValue: {},
  });
  // Node reports unhandled rejections once the promises of this turn have settled.
  await delay(1);
  process.off('unhandledRejection', note);
  expect(result.errors).toHaveLength(1);
  expect(unhandled).toEqual([]);
});

test('nothing starts after the deadline', async () => {
  const schema = stopLateResolvers(buildSchema('type Query { name: String }'));
  const deadline = new Deadline(0);
  const started: string[] = [];
  const rootValue = { name: () => started.push('name') };
  const result = await execute({
    schema,
    rootValue,
    document: parse('{ name }'),
    contextValue: { deadline },
  });
  expect(result.errors?.[0]?.extensions).toEqual({ code: 'OPERATION_TIMEOUT', retryable: true });
  expect([started, deadline.hasStopped]).toEqual([[], true]);
});
