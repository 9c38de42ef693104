import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MasterKey } from '../../store/keys/master-key.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** The source of the master keys that encrypt PINs, 32 bytes each. */
export interface MasterKeys {
  /** All keys, the newest first. */
  read(): Promise<readonly MasterKey[]>;
  /** The file that new keys may be added to; undefined when keys come from the environment. */
  readonly file: string | undefined;
}

/**
 * The embedded setup generates a key on its first start and keeps it in a file beside its data. With another database
 * the key comes from the environment, so that it is not lost with a disk.
 *
 * @throws UsageError when there is no key and none may be generated.
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

/** Adds a new key at the beginning of the file. */
export async function addKey(file: string): Promise<void> {
  await replace(file, [randomBytes(32).toString('base64'), ...(await linesOf(file))]);
}

/** Removes keys that are no longer in use from the file. */
export async function removeKeys(file: string, names: readonly string[]): Promise<void> {
  const kept = (await linesOf(file)).filter((line) => !names.includes(keyOfLine(line, file).name));
  await replace(file, kept);
}

async function makeFirst(file: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, randomBytes(32).toString('base64'), { mode: 0o600 });
    // A link is atomic, and never replaces an existing key.
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

/** One key per line, base64. */
async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split(/\s+/).filter((line) => line !== '');
}

function keyOfLine(line: string, file: string): MasterKey {
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length !== 32) throw damaged(file);
  return new MasterKey(bytes);
}

const damaged = (file: string) => new UsageError(`${file} is damaged: put the key back from a backup.`);

/** Durable before anything is encrypted with a new key, and atomic. */
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

/** A file's new name is durable once its folder is synced. Windows can't open folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
