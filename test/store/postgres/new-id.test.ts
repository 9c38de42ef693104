import { version } from 'uuid';
import { expect, test } from 'vitest';
import { newId } from '../../../src/store/postgres/new-id.ts';

test('ids are UUIDv7, each greater than the one before', () => {
  const ids = Array.from({ length: 50_000 }, newId);
  for (const [n, id] of ids.entries()) {
    expect(version(id)).toBe(7);
    if (n > 0) expect(id > (ids[n - 1] ?? '')).toBe(true);
  }
});
