import { aroundAll, expect } from 'vitest';
import { leakDetector } from './leak-detector.ts';

/** For every test file, also where the servers' database is their own: nothing with the form of a credential was logged. */
aroundAll(async (runFile) => {
  await runFile();
  expect(leakDetector.leaks).toEqual([]);
});
