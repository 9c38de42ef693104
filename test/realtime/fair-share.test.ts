import { expect, test } from 'vitest';
import { fairShare } from '../../src/realtime/fair-share.ts';

/** As long as an execution of a subscription takes, without a wait in it. */
function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

test('thousands whom one event wakes leave turns to others, and come in their order', async () => {
  const served: number[] = [];
  /** How many were served between one turn of the event loop and the next. */
  const perTurn: number[] = [];
  let isOver = false;
  let before = 0;
  const look = () => {
    perTurn.push(served.length - before);
    before = served.length;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  await Promise.all(
    Array.from({ length: 2_000 }, async (_, n) => {
      await fairShare();
      work(0.3);
      served.push(n);
    }),
  );
  isOver = true;
  expect(served).toEqual(Array.from({ length: 2_000 }, (_, n) => n));
  expect(Math.max(...perTurn)).toBeLessThan(200);
});
