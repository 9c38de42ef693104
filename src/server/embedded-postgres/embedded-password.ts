import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../settings/usage-error.ts';
import type { Cluster } from './postgres-cluster.ts';

/** The password of a cluster's owner: generated once, kept beside the cluster, readable by this program's user only. */
export async function keepPassword({ folder }: Cluster): Promise<string> {
  const kept = await readPassword(folder);
  if (kept !== undefined) return kept;
  if (existsSync(path.join(folder, 'PG_VERSION'))) {
    throw new UsageError(
      `${passwordFile(folder)} is missing: the database in ${folder} can't be opened without it.`,
    );
  }
  const draft = `${passwordFile(folder)}.${process.pid}`;
  await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600 });
  try {
    // A link is atomic, and never replaces the file of a concurrent start.
    await link(draft, passwordFile(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
  return readFile(passwordFile(folder), 'utf8');
}

export async function readPassword(folder: string): Promise<string | undefined> {
  return readFile(passwordFile(folder), 'utf8').catch(() => undefined);
}

function passwordFile(folder: string): string {
  return `${folder}.password`;
}
