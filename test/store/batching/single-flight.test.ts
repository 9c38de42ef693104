import { expect, test } from 'vitest';
import { SingleFlight } from '../../../src/store/batching/single-flight.ts';

test('concurrent callers share one run, and a later caller starts a new one', async () => {
  let runs = 0;
  const shared = new SingleFlight(async () => {
    runs += 1;
    const run = runs;
    await new Promise(setImmediate);
    if (run === 2) throw new Error('once');
    return run;
  });
  expect(await Promise.all([shared.run(), shared.run(), shared.run()])).toEqual([1, 1, 1]);
  await expect(Promise.all([shared.run(), shared.run()])).rejects.toThrow('once');
  expect(await shared.run()).toBe(3);
});
