import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inSlices } from '../../../src/graphql/core/sliced-list.ts';

test('a list in slices has its items in order, and lets others run between its slices', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer(), { maxLength: 400 }), async (items) => {
      let turns = 0;
      let isDone = false;
      const count = () => {
        turns += 1;
        if (!isDone) setImmediate(count);
      };
      setImmediate(count);
      expect(await Promise.all(inSlices(items))).toEqual(items);
      isDone = true;
      expect(turns).toBeGreaterThanOrEqual(Math.ceil(items.length / 50) - 1);
    }),
  );
});
