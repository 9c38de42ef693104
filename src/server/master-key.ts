import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * The key that PINs are kept under: 32 bytes. The embedded set-up makes one on its first start and keeps it beside its
 * data; with another database it comes from outside, so that it is not lost with a disk.
 *
 * @throws UsageError when there is none and none may be made.
 */
export async function loadMasterKey({ masterKey, databaseUrl, dataFolder }: Settings): Promise<Buffer> {
  if (masterKey) return masterKey;
  if (databaseUrl !== undefined) {
    throw new UsageError(
      'CARDLINE_MASTER_KEY: needed with DATABASE_URL ("openssl rand -base64 32" makes one).',
    );
  }
  const file = path.join(dataFolder, 'master.key');
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, randomBytes(32).toString('base64'), { mode: 0o600 });
    // A link appears whole or not at all, and never replaces a key that is there.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const key = Buffer.from(await readFile(file, 'utf8'), 'base64');
  if (key.length !== 32) throw new UsageError(`${file} is damaged: put the key back from a backup.`);
  return key;
}
