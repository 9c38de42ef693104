import { SERVER_ROLE } from '../../store/postgres/server-rights.ts';
import { asSuperuser, DATABASE, OWNER_ROLE, rolePassword } from './embedded-sessions.ts';

/** No attributes beyond login, whatever an administrator has given the role by hand. */
const PLAIN = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';

/**
 * Sets up the two roles of docs/operation.md: one owns the tables and migrates them, the server uses the other. In a
 * cluster of an earlier version, where the superuser owns everything, ownership is transferred. Runs at each start and is
 * idempotent.
 */
export async function prepareRoles(password: string, port: number): Promise<void> {
  const superuser = asSuperuser(password, port, DATABASE);
  try {
    for (const role of [OWNER_ROLE, SERVER_ROLE]) {
      const [found] = await superuser`SELECT 1 FROM pg_roles WHERE rolname = ${role}`;
      if (!found) await superuser.unsafe(`CREATE ROLE ${role}`);
      await superuser.unsafe(`ALTER ROLE ${role} ${PLAIN} PASSWORD '${rolePassword(password, role)}'`);
      // Errors of statements go to the client only: in the log, a partner could fill the disk with them.
      await superuser.unsafe(`ALTER ROLE ${role} SET log_min_messages = 'log'`);
    }
    // To see the age of the oldest transaction of any role.
    await superuser.unsafe(`GRANT pg_read_all_stats TO ${SERVER_ROLE}`);
    await superuser.unsafe(`ALTER DATABASE ${DATABASE} OWNER TO ${OWNER_ROLE}`);
    await superuser.unsafe(HAND_OVER);
  } finally {
    await superuser.end({ timeout: 5 });
  }
}

/** Indexes, row types and column sequences change owner with their table; partitions do not. */
const HAND_OVER = `
DO $$
DECLARE
  change text;
BEGIN
  FOR change IN
    WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'drizzle')),
      superuser AS (SELECT oid FROM pg_roles WHERE rolname = current_user)
    SELECT format('SCHEMA %I', nspname) FROM pg_namespace
      WHERE nspname = 'drizzle' AND nspowner IN (TABLE superuser)
    UNION ALL
    SELECT format('%s %s', CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
        ELSE 'TABLE' END, c.oid::regclass)
      FROM pg_class c
      WHERE relnamespace IN (TABLE ours) AND relowner IN (TABLE superuser) AND relkind IN ('r', 'p', 'v', 'm', 'S')
        AND NOT (relkind = 'S' AND EXISTS (SELECT 1 FROM pg_depend
          WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype IN ('a', 'i')))
    UNION ALL
    SELECT format('ROUTINE %s', oid::regprocedure) FROM pg_proc
      WHERE pronamespace IN (TABLE ours) AND proowner IN (TABLE superuser)
    UNION ALL
    SELECT format('TYPE %s', oid::regtype) FROM pg_type
      WHERE typnamespace IN (TABLE ours) AND typowner IN (TABLE superuser) AND typtype IN ('e', 'd')
  LOOP
    EXECUTE format('ALTER %s OWNER TO ${OWNER_ROLE}', change);
  END LOOP;
END $$`;
