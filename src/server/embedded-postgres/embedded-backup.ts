import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import { UsageError } from '../settings/usage-error.ts';
import { type BackedUpFile, type BackupManifest, copyFile, MANIFEST } from './backup-manifest.ts';
import { sweepLeftBehind } from './left-behind.ts';

/** Folders whose content belongs to the running server or is made again at its start (as in pg_basebackup). */
const EMPTIED: ReadonlySet<string> = new Set([
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_wal',
]);
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_(label|manifest)(\.old)?|tablespace_map|.*\.tmp|pgsql_tmp.*|pg_internal\.init.*)$/;
/** Copied last: it must not be older than the other files. */
const CONTROL_FILE = path.join('global', 'pg_control');
/** Matches any name, since each night's backup has a different one. */
const UNFINISHED_BACKUP = /^.+\.unfinished-(\d+)$/;
const SEGMENT = /^[0-9A-F]{24}$/;

interface BackupOrder {
  /** The embedded database's address, while it runs. */
  readonly url: string;
  readonly dataFolder: string;
  /** The folder to write the backup to. */
  readonly target: string;
  /** Whether to include the master keys. */
  readonly withKeys: boolean;
  /** Called with the bytes copied and the total. */
  readonly onProgress: (done: number, of: number) => void;
}

type Session = postgres.Sql;

/**
 * Backs up the embedded database while it runs: its files in whatever state, then the write-ahead log from the beginning
 * of the copy to its end, from which PostgreSQL makes them consistent at a start. The backup contains everything
 * acknowledged before it began. The folder has another name until it is complete, so that nobody takes half a backup for
 * a whole one.
 *
 * @throws UsageError when the target already exists.
 */
export async function backUp(order: BackupOrder): Promise<BackupManifest> {
  const { url, target } = order;
  if (await exists(target)) throw new UsageError(`${target} exists: name a folder that does not.`);
  await sweepLeftBehind(path.dirname(target), UNFINISHED_BACKUP);
  const unfinished = `${target}.unfinished-${process.pid}`;
  // The backup and the slot that keeps its log belong to a session, so all of it must run in the same one.
  const session = postgres(url, { max: 1, max_lifetime: null, idle_timeout: 0, onnotice: () => {} });
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const manifest = await copyAll(session, order, unfinished);
    await writeFile(path.join(unfinished, MANIFEST), JSON.stringify(manifest, null, 1), { mode: 0o600 });
    await rename(unfinished, target);
    return manifest;
  } finally {
    await session.end({ timeout: 5 });
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function copyAll(session: Session, order: BackupOrder, into: string): Promise<BackupManifest> {
  const { dataFolder, withKeys } = order;
  const cluster = path.join(path.resolve(dataFolder), 'postgres');
  const copy = new Copy(cluster, path.join(into, 'postgres'), order.onProgress);

  // A replication slot of this session retains the log from now on.
  await session`
    SELECT pg_create_physical_replication_slot(${`cardline_backup_${process.pid}`}::text::name, true, true)`;
  const [started] = await session<{ lsn: string }[]>`SELECT pg_backup_start('cardline', true)::text AS lsn`;
  await copy.folder('');
  await copy.file(CONTROL_FILE);
  const [stopped] = await session<{ lsn: string; label: string }[]>`
    SELECT lsn::text AS lsn, labelfile AS label FROM pg_backup_stop(false)`;
  if (!started || !stopped) throw new Error('PostgreSQL did not say where the backup begins and ends.');
  await copy.text('backup_label', stopped.label);
  for (const name of await logFiles(session, cluster, started.lsn, stopped.lsn)) {
    await copy.file(path.join('pg_wal', name));
  }

  const beside = new Copy(path.resolve(dataFolder), into, () => {});
  await beside.file('postgres.password');
  if (withKeys) for (const name of await keyFiles(dataFolder)) await beside.file(name);
  const files = [
    ...copy.copied.map((file) => ({ ...file, path: `postgres/${file.path}` })),
    ...beside.copied,
  ];
  return {
    format: 1,
    postgres: (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim(),
    finishedAt: new Date().toISOString(),
    startLsn: started.lsn,
    stopLsn: stopped.lsn,
    withKeys,
    files,
  };
}

/** The log segments between two positions, and the timeline history files. */
async function logFiles(session: Session, cluster: string, from: string, to: string): Promise<string[]> {
  const [names] = await session<{ first: string; last: string }[]>`
    SELECT pg_walfile_name(${from}::text::pg_lsn) AS first, pg_walfile_name(${to}::text::pg_lsn) AS last`;
  const found = await readdir(path.join(cluster, 'pg_wal'));
  const { first = '', last = '' } = names ?? {};
  const segments = found.filter((name) => SEGMENT.test(name) && name >= first && name <= last).sort();
  if (segments[0] !== first || segments.at(-1) !== last) throw new Error('The write-ahead log has a gap.');
  return [...segments, ...found.filter((name) => name.endsWith('.history'))];
}

/** The files in which the embedded setup keeps its master keys. */
async function keyFiles(dataFolder: string): Promise<string[]> {
  return (await readdir(dataFolder)).filter((name) => /^master\.key/.test(name)).sort();
}

/** Copies files of one folder into another, and records them. */
class Copy {
  readonly copied: BackedUpFile[] = [];
  readonly #from: string;
  readonly #to: string;
  readonly #onProgress: (done: number, of: number) => void;
  #done = 0;
  #all = 0;

  constructor(from: string, to: string, onProgress: (done: number, of: number) => void) {
    this.#from = from;
    this.#to = to;
    this.#onProgress = onProgress;
  }

  /** Everything that belongs in a backup except the control file. */
  async folder(name: string): Promise<void> {
    const files = await this.#list(name);
    for (const file of files) await this.file(file);
  }

  async file(name: string): Promise<void> {
    await mkdir(path.dirname(path.join(this.#to, name)), { recursive: true, mode: 0o700 });
    try {
      const copied = await copyFile(path.join(this.#from, name), path.join(this.#to, name), (bytes) => {
        this.#done += bytes;
        this.#onProgress(this.#done, Math.max(this.#all, this.#done));
      });
      this.copied.push({ path: name.split(path.sep).join('/'), ...copied });
    } catch (error) {
      // The table was dropped meanwhile; the log contains that too.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await rm(path.join(this.#to, name), { force: true });
    }
  }

  async text(name: string, text: string): Promise<void> {
    await writeFile(path.join(this.#to, name), text, { mode: 0o600 });
    const { bytes, sha256 } = await copyFile(
      path.join(this.#to, name),
      path.join(this.#to, `${name}.copy`),
      () => {},
    );
    await rename(path.join(this.#to, `${name}.copy`), path.join(this.#to, name));
    this.copied.push({ path: name, bytes, sha256 });
  }

  async #list(folder: string): Promise<string[]> {
    await mkdir(path.join(this.#to, folder), { recursive: true, mode: 0o700 });
    const files: string[] = [];
    for (const entry of await readdir(path.join(this.#from, folder), { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      if (LEFT_OUT.test(entry.name) || name === CONTROL_FILE) continue;
      if (entry.isDirectory()) {
        if (folder === '' && EMPTIED.has(entry.name)) {
          await mkdir(path.join(this.#to, name), { recursive: true, mode: 0o700 });
        } else files.push(...(await this.#list(name)));
      } else if (entry.isFile()) {
        files.push(name);
        this.#all += (await stat(path.join(this.#from, name)).catch(() => ({ size: 0 }))).size;
      }
    }
    return files;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
