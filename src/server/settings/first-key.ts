import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './usage-error.ts';

export function firstKeyFile(dataFolder: string): string {
  return path.join(path.resolve(dataFolder), 'first-key');
}

/**
 * Keeps the first administrator's API key where only this program's user can read it: standard output ends up in a
 * journal, which others read. It is on the disk before the key counts in the database, so that none is made and lost; one
 * that was kept and never counted is written over by the next start.
 *
 * @throws UsageError when it can't be kept there
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
