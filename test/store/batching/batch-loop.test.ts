import { expect, test } from 'vitest';
import { BatchLoop } from '../../../src/store/batching/batch-loop.ts';

/** A loop whose batches end when they are told to, one item each. */
function openLoop(lanes: () => number) {
  const waiting: number[] = [];
  const running = new Map<number, () => void>();
  const loop = new BatchLoop<number>({
    lanes,
    take: () => waiting.splice(0, 1),
    run: ([item = 0]) =>
      new Promise((resolve) => {
        running.set(item, () => {
          running.delete(item);
          resolve();
        });
      }),
  });
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const add = async (...items: number[]) => {
    for (const item of items) {
      waiting.push(item);
      loop.wake();
    }
    await turn();
  };
  const end = async (item: number) => {
    running.get(item)?.();
    await turn();
  };
  return { loop, add, end, turn, running: () => [...running.keys()] };
}

test('a limit that falls while batches run lets them end, and starts no more than it says', async () => {
  let lanes = 3;
  const { add, end, running } = openLoop(() => lanes);
  await add(1, 2, 3, 4, 5, 6);
  expect(running()).toEqual([1, 2, 3]);
  lanes = 1;
  await end(1);
  await end(2);
  expect(running()).toEqual([3]);
  await end(3);
  expect(running()).toEqual([4]);
  lanes = 2;
  await add(7);
  expect(running()).toEqual([4, 5]);
  for (const item of [4, 5, 6, 7]) await end(item);
  expect(running()).toEqual([]);
});

test('is drained when the last batch has ended, whatever came while it was waited for', async () => {
  const { loop, add, end, turn, running } = openLoop(() => 1);
  let isDrained = false;
  await add(1);
  void loop.drained().then(() => {
    isDrained = true;
  });
  await add(2);
  await end(1);
  expect([isDrained, loop.isIdle, running()]).toEqual([false, false, [2]]);
  await end(2);
  await turn();
  expect([isDrained, loop.isIdle, running()]).toEqual([true, true, []]);
  await loop.drained();
});
