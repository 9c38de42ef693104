import { expect, test } from 'vitest';
import { SerialQueue } from '../../../src/store/batching/serial-queue.ts';

test('tasks run one at a time, in order, also after a failure; beyond the limit they are refused', async () => {
  const turns = new SerialQueue(3);
  const told: string[] = [];
  const work = (name: string, failing = false) =>
    turns.take(async () => {
      told.push(`${name} begins`);
      await new Promise(setImmediate);
      told.push(`${name} ends`);
      if (failing) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([work('a'), work('b', true), work('c'), work('d')]);
  expect(results).toMatchObject([
    { value: 'a' },
    { reason: { message: 'b' } },
    { value: 'c' },
    { reason: { code: 'OVERLOADED', retryable: true, data: { queued: 3 } } },
  ]);
  expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(await work('e')).toBe('e');
});
