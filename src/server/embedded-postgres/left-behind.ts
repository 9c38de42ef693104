import { execFile } from 'node:child_process';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `ps` reports whole seconds; a process may start and make its first folder within the same one. */
const SLACK_MS = 2_000;

/** Unfinished files of a start, a restore or a key rotation in a data folder, named after their process. */
export const UNFINISHED_DATA =
  /^(?:postgres\.new-|restored-|postgres\.password\.|master\.key\.|first-key\.)(\d+)$/;

/**
 * Removes unfinished files of processes that were killed.
 *
 * @param pattern of the file names; its group is the process id
 */
export async function sweepLeftBehind(folder: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const maker = Number(pattern.exec(name)?.[1] ?? Number.NaN);
    const left = path.join(folder, name);
    if (!Number.isNaN(maker) && !(await isAtWork(maker, left)))
      await rm(left, { recursive: true, force: true });
  }
}

/** Whether a process with this id is alive and older than the file: ids are reused. */
async function isAtWork(pid: number, thing: string): Promise<boolean> {
  // This process has made nothing yet: in a container, its predecessor had the same id.
  if (pid === process.pid || !isAlive(pid)) return false;
  const [made, started] = await Promise.all([stat(thing).catch(() => undefined), startOf(pid)]);
  return (
    made === undefined || started === undefined || started <= (made.birthtimeMs || made.ctimeMs) + SLACK_MS
  );
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // We may not signal another user's process, but it is alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** In milliseconds since 1970; undefined if unknown, as on Windows. */
async function startOf(pid: number): Promise<number | undefined> {
  try {
    const { stdout } = await run('ps', ['-p', String(pid), '-o', 'lstart='], {
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
    const started = Date.parse(stdout.trim());
    return Number.isNaN(started) ? undefined : started;
  } catch {
    return undefined;
  }
}
