import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, afterEach, expect, test } from 'vitest';
import { backUp } from '../../src/server/embedded-postgres/embedded-backup.ts';
import { startEmbeddedPostgres } from '../../src/server/embedded-postgres/embedded-postgres.ts';
import { sweepLeftBehind, UNFINISHED_DATA } from '../../src/server/embedded-postgres/left-behind.ts';
import { createDataFolder } from '../harness/processes/server-process.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cardline-left-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

/** A process that does nothing, and its number. */
function start(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  children.push(child);
  return child.pid ?? 0;
}

/** The number of a process that is gone. */
async function gone(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('what was half made goes when its maker is gone, and stays while it is at work', async () => {
  const [dead, alive] = [await gone(), start()];
  for (const name of [
    `postgres.new-${dead}`,
    `restored-${dead}`,
    `postgres.new-${alive}`,
    'postgres',
    `other-${dead}`,
  ])
    await mkdir(path.join(folder, name, 'files'), { recursive: true });
  for (const name of [`first-key.${dead}`, `master.key.${alive}`, 'master.key', `master.key.${process.pid}`])
    await writeFile(path.join(folder, name), '');
  await sweepLeftBehind(folder, UNFINISHED_DATA);
  expect((await readdir(folder)).sort()).toEqual(
    ['master.key', `master.key.${alive}`, `other-${dead}`, 'postgres', `postgres.new-${alive}`].sort(),
  );
});

test('a start and a backup sweep before they begin', { timeout: 120_000 }, async () => {
  const data = await createDataFolder();
  const dead = await gone();
  const backups = path.join(folder, 'backups');
  for (const left of [
    path.join(data.path, `postgres.new-${dead}`),
    path.join(backups, `monday.unfinished-${dead}`),
  ])
    await mkdir(path.join(left, 'files'), { recursive: true });
  const database = await startEmbeddedPostgres(data.path, pino({ level: 'silent' }));
  try {
    expect(await readdir(data.path)).not.toContain(`postgres.new-${dead}`);
    await backUp({
      url: database.superuserUrl,
      dataFolder: data.path,
      target: path.join(backups, 'tuesday'),
      withKeys: false,
      onProgress: () => {},
    });
    expect(await readdir(backups)).toEqual(['tuesday']);
  } finally {
    await database.stop();
    await data.remove();
  }
});
