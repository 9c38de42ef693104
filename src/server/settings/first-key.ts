import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './usage-error.ts';

export function firstKeyFile(dataFolder: string): string {
  return path.join(path.resolve(dataFolder), 'first-key');
}

/**
 * Stores the first administrator's API key where only this program's user can read it: standard output ends up in a
 * journal that others read. The file is written before the key is committed to the database, so that no key is lost; a
 * key that was written but never committed is overwritten by the next start.
 *
 * @throws UsageError when the file can't be written
 */
export async function keepFirstKey(file: string, secret: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o711 });
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(`${secret}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new UsageError(
      `CARDLINE_DATA_DIR: the first administrator's API key can't be kept in ${file} (${(error as NodeJS.ErrnoException).code}): name a folder that this user may write to.`,
    );
  }
}
