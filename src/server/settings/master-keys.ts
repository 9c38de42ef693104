import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MasterKey } from '../../store/keys/master-key.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Where the keys come from that PINs are kept under: 32 bytes each. */
export interface MasterKeys {
  /** All there are, the newest first. */
  read(): Promise<readonly MasterKey[]>;
  /** The file that a new one may be added to; undefined where they come from outside. */
  readonly file: string | undefined;
}

/**
 * The embedded set-up makes a key on its first start and keeps it in a file beside its data; with another database it
 * comes from outside, so that it is not lost with a disk.
 *
 * @throws UsageError when there is none and none may be made.
 */
export async function findMasterKeys(settings: Settings): Promise<MasterKeys> {
  const { masterKey, oldMasterKeys, databaseUrl, dataFolder } = settings;
  if (masterKey) {
    const keys = [masterKey, ...oldMasterKeys].map((bytes) => new MasterKey(bytes));
    return { read: async () => keys, file: undefined };
  }
  if (databaseUrl !== undefined) {
    throw new UsageError(
      'CARDLINE_MASTER_KEY: needed with DATABASE_URL ("openssl rand -base64 32" makes one).',
    );
  }
  const file = path.join(dataFolder, 'master.key');
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  await makeFirst(file);
  return { read: () => readKeyFile(file), file };
}

/** Puts a new key before those in the file. */
export async function addKey(file: string): Promise<void> {
  await replace(file, [randomBytes(32).toString('base64'), ...(await linesOf(file))]);
}

/** Takes keys out of the file that nothing is under any more. */
export async function removeKeys(file: string, names: readonly string[]): Promise<void> {
  const kept = (await linesOf(file)).filter((line) => !names.includes(keyOfLine(line, file).name));
  await replace(file, kept);
}

async function makeFirst(file: string): Promise<void> {
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
}

async function readKeyFile(file: string): Promise<MasterKey[]> {
  const keys = (await linesOf(file)).map((line) => keyOfLine(line, file));
  if (keys.length === 0) throw damaged(file);
  return keys;
}

/** One key a line, base64. */
async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split(/\s+/).filter((line) => line !== '');
}

function keyOfLine(line: string, file: string): MasterKey {
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length !== 32) throw damaged(file);
  return new MasterKey(bytes);
}

const damaged = (file: string) => new UsageError(`${file} is damaged: put the key back from a backup.`);

/** On the disk before anything is under a new key, and never half of it. */
async function replace(file: string, lines: readonly string[]): Promise<void> {
  const draft = `${file}.${process.pid}`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${lines.join('\n')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncFolder(path.dirname(file));
}

/** A file's new name is on the disk when its folder is. Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
