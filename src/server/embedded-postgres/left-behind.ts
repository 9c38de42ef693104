import { execFile } from 'node:child_process';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** `ps` tells whole seconds; a process and the folder it makes first may fall into one. */
const SLACK_MS = 2_000;

/** What a start, a restore or a change of keys has half made in a data folder, named after its process. */
export const UNFINISHED_DATA =
  /^(?:postgres\.new-|restored-|postgres\.password\.|master\.key\.|first-key\.)(\d+)$/;

/**
 * Removes what processes left that were killed in the middle of making it.
 *
 * @param pattern of their names; its group is the number of the process
 */
export async function sweepLeftBehind(folder: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const maker = Number(pattern.exec(name)?.[1] ?? Number.NaN);
    const left = path.join(folder, name);
    if (!Number.isNaN(maker) && !(await isAtWork(maker, left)))
      await rm(left, { recursive: true, force: true });
  }
}

/** Whether a process with this number is there that was there before the thing was made: numbers are used again. */
async function isAtWork(pid: number, thing: string): Promise<boolean> {
  // Nothing of ours is under way yet: in a container the one before had our number.
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
    // Another user's process may not be signalled, and is alive.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** In milliseconds since 1970; undefined where it can't be told, as on Windows. */
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
