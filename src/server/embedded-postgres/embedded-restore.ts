import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../settings/usage-error.ts';
import { type BackupManifest, copyFile, readManifest } from './backup-manifest.ts';
import { sweepLeftBehind, UNFINISHED_DATA } from './left-behind.ts';
import { openCluster } from './postgres-cluster.ts';
import type { PostgresUser } from './postgres-user.ts';

interface RestoreOrder {
  readonly backup: string;
  readonly dataFolder: string;
  /** Called with the bytes restored and the total. */
  readonly onProgress: (done: number, of: number) => void;
}

/**
 * Restores a backup of the embedded database into a data folder without one. Each file is checked against the manifest as
 * it is copied, and only a complete copy gets the name under which a start looks for it.
 *
 * @throws UsageError when the folder has a database, or the backup is incomplete or altered.
 */
export async function restore({ backup, dataFolder, onProgress }: RestoreOrder): Promise<BackupManifest> {
  const manifest = await readManifest(backup);
  const cluster = await openCluster(path.join(path.resolve(dataFolder), 'postgres'));
  if (existsSync(cluster.folder)) {
    throw new UsageError(
      `${cluster.folder} exists: move it away, or set CARDLINE_DATA_DIR to another folder.`,
    );
  }
  await sweepLeftBehind(path.dirname(cluster.folder), UNFINISHED_DATA);
  const unfinished = `${path.join(path.dirname(cluster.folder), 'restored')}-${process.pid}`;
  try {
    await copyBack(manifest, backup, unfinished, onProgress);
    // The manifest lists only files, so empty folders are copied separately.
    await copyFolders(path.join(backup, 'postgres'), path.join(unfinished, 'postgres'));
    await giveAll(path.join(unfinished, 'postgres'), cluster.user);
    for (const file of manifest.files) {
      const name = file.path;
      if (name.startsWith('postgres/')) continue;
      const place = path.join(path.dirname(cluster.folder), name);
      if (name !== 'postgres.password' && existsSync(place)) {
        throw new UsageError(
          `${place} exists: a key is not replaced. Move it away when it is not this database's.`,
        );
      }
      await rename(path.join(unfinished, name), place);
    }
    await rename(path.join(unfinished, 'postgres'), cluster.folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return manifest;
}

async function copyBack(
  { files }: BackupManifest,
  backup: string,
  into: string,
  onProgress: RestoreOrder['onProgress'],
): Promise<void> {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of files) {
    const to = path.join(into, file.path);
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    const { sha256 } = await copyFile(path.join(backup, file.path), to, (bytes) => {
      done += bytes;
      onProgress(done, all);
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new UsageError(`${file.path} is missing from the backup.`);
    });
    if (sha256 !== file.sha256) throw new UsageError(`${file.path} differs from what was backed up.`);
  }
}

async function copyFolders(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory()) await copyFolders(path.join(from, entry.name), path.join(to, entry.name));
  }
}

/** Gives files that root has copied to the user that PostgreSQL runs as. */
async function giveAll(folder: string, { uid, gid }: PostgresUser): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chown(path.join(entry.parentPath, entry.name), uid, gid);
  }
}
