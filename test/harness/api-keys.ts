import { TRUSTED_MAKER } from '../../src/domain/access/api-key.ts';
import type { CredentialRole } from '../../src/domain/access/role.ts';
import { SYSTEM_ACTOR } from '../../src/domain/event.ts';
import { createApiKey } from '../../src/store/access/api-keys.ts';
import type { Sql } from '../../src/store/postgres/database.ts';

/** The secret of a new key, straight from the tables. */
export async function makeKey(
  sql: Sql,
  role: CredentialRole,
  partnerId: string | null = null,
): Promise<string> {
  const key = { name: role, role, partnerId, scopes: null, networks: null, expiresAt: null };
  const { secret } = await createApiKey(sql, key, { actorId: SYSTEM_ACTOR, maker: TRUSTED_MAKER });
  return secret;
}
