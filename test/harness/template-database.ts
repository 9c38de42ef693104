import postgres from 'postgres';

/** The migrated database that every test file's own is cloned from. */
export const TEMPLATE = 'cardline_template';

export async function createTemplate(
  postgresUrl: string,
  migrate: (url: string) => Promise<unknown>,
): Promise<void> {
  const admin = postgres(postgresUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`CREATE DATABASE ${admin(TEMPLATE)}`;
    await migrate(databaseUrl(postgresUrl, TEMPLATE));
    // A template with a connection to it can't be cloned.
    await admin`ALTER DATABASE ${admin(TEMPLATE)} WITH ALLOW_CONNECTIONS false`;
    await admin`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${TEMPLATE}`;
  } finally {
    await admin.end();
  }
}

export function databaseUrl(postgresUrl: string, name: string): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}
