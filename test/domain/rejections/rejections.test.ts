import { expect, test } from 'vitest';
import { REJECTIONS, replayRejection } from '../../../src/domain/rejections/replay.ts';

test('every rejection has a code of its own, which is its name', () => {
  const codes = REJECTIONS.map(({ code }) => code);
  const names = (REJECTIONS as readonly unknown[]).map((Class) => (Class as { name: string }).name);
  expect(codes.length).toBeGreaterThan(50);
  expect(codes).toEqual(names.map((name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()));
  expect(new Set(codes).size).toBe(codes.length);
});

test('a stored rejection comes back as it was', () => {
  const stored = { of: 'CARD', limit: '10.00', left: '2.50', currency: 'EUR' };
  const replayed = replayRejection('DAILY_LIMIT_REACHED', stored);
  expect(replayed).toMatchObject({
    name: 'DailyLimitReached',
    code: 'DAILY_LIMIT_REACHED',
    retryable: true,
    data: stored,
  });
  expect(replayed.message).toContain('10.00 EUR a day');
  expect(() => replayRejection('NO_SUCH_CODE', {})).toThrow('NO_SUCH_CODE');
});
