import { expect, test } from 'vitest';
import { TRUSTED_MAKER } from '../../../src/domain/access/api-key.ts';
import { createApiKey } from '../../../src/store/access/api-keys.ts';
import { ApiKeyAuthenticator } from '../../../src/store/access/authentication.ts';
import type { Sql } from '../../../src/store/postgres/database.ts';
import { useDatabase } from '../../harness/database.ts';

const KEYS = 300;

const db = useDatabase();

/** The same database, and how often it was asked. */
function counted(sql: Sql): { sql: Sql; asked: () => number } {
  let asked = 0;
  const counting = new Proxy(sql, {
    apply(target, self, given) {
      // A query; the other calls are its parts.
      if (/^\s*(SELECT|INSERT|DELETE)/.test(String(given[0]))) asked += 1;
      return Reflect.apply(target, self, given);
    },
  });
  return { sql: counting, asked: () => asked };
}

test('concurrent key lookups share a query, each finds its own key, and uses are recorded once', async () => {
  const actorId = '00000000-0000-0000-0000-000000000000';
  const key = { role: 'SUPPORT', partnerId: null, scopes: null, networks: null, expiresAt: null } as const;
  const made = await Promise.all(
    Array.from({ length: KEYS }, (_, n) =>
      createApiKey(db.database.sql, { ...key, name: `Screen ${n}` }, { actorId, maker: TRUSTED_MAKER }),
    ),
  );
  const { sql, asked } = counted(db.database.sql);
  const authenticator = new ApiKeyAuthenticator(sql);
  const round = () => Promise.all(made.map(({ secret }) => authenticator.authenticate(secret, '192.0.2.1')));
  const ids = made.map(({ apiKey }) => apiKey.id);

  expect((await round()).map((found) => found?.id)).toEqual(ids);
  // Each use was noted: that is a statement for each, and only this once.
  const first = asked();
  expect(first).toBeGreaterThanOrEqual(KEYS);
  authenticator.forget();
  expect((await round()).map((found) => found?.id)).toEqual(ids);
  expect(asked() - first).toBe(1);

  const [revoked, kept] = ids;
  await sql`UPDATE api_keys SET revoked_at = now() WHERE id = ${revoked ?? ''}`;
  authenticator.forget();
  const [none, some] = await round();
  expect([none, some?.id]).toEqual([undefined, kept]);
});
