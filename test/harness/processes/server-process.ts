import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { readPostmaster } from '../../../src/server/embedded-postgres/postgres-cluster.ts';
import { leakDetector } from '../leak-detector.ts';

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has said so far, on both outputs. */
  output(): string;
  /** The first administrator's API key, of the first server on a database. */
  firstKey(): string;
  /** Its resident memory, in bytes. */
  memory(): Promise<number>;
  /** @returns the exit code, or the signal's name. */
  stop(signal: NodeJS.Signals): Promise<number | string | null>;
}

const COMMAND = path.resolve('dist/cli/cardline.js');
/** Runs in the server before the program: says what memory it has, on every platform. It does not keep the server up. */
const MEMORY_REPORT = `data:text/javascript,${encodeURIComponent(
  "process.on('message', () => process.send(process.memoryUsage.rss())); process.channel?.unref();",
)}`;

/** Starts the built program as a person would, and waits until it says where it is. */
export async function startServerProcess(environment: Record<string, string>): Promise<ServerProcess> {
  const dataFolder = environment.CARDLINE_DATA_DIR ?? mkdtempSync(path.join(tmpdir(), 'cardline-first-key-'));
  const { child, output, ended } = spawnServer({ ...environment, CARDLINE_DATA_DIR: dataFolder });
  if (environment.CARDLINE_DATA_DIR === undefined)
    ended.then(() => rmSync(dataFolder, { recursive: true, force: true }));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [, found] = /answers at (\S+)/.exec(output()) ?? [];
      if (found) resolve(found);
    });
    ended.then((code) => reject(new Error(`The server ended with ${code}: ${output()}`)));
  });
  return {
    child,
    url,
    output,
    firstKey: () => readFileSync(path.join(dataFolder, 'first-key'), 'utf8').trim(),
    memory: async () => {
      const reported = once(child, 'message');
      child.send('memory');
      return (await reported)[0];
    },
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** An instance on a database that others use too. It needs a rate group, or the first start loads the price list. */
export function startInstance(
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  return startServerProcess({
    DATABASE_URL: databaseUrl,
    CARDLINE_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
    DRAIN_SECONDS: '1',
    ...environment,
  });
}

/** For a start that is expected to fail. */
export async function runServerProcess(environment: Record<string, string>) {
  const { output, ended } = spawnServer(environment);
  return { code: await ended, output: output() };
}

/** Starts the program and does not wait for it. */
export function spawnServer(environment: Record<string, string>) {
  leakDetector.addMasterKeys(environment);
  const child = spawn(process.execPath, ['--import', MEMORY_REPORT, COMMAND, 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said += chunk;
    });
  }
  createInterface(child.stderr as Readable).on('line', (line) => leakDetector.scan(line));
  const ended = once(child, 'close').then(([code, signal]): number | string | null => code ?? signal);
  return { child, output: () => said, ended };
}

export interface DataFolder {
  readonly path: string;
  /** The process id in `postmaster.pid`, when the database runs or was killed. */
  postgresPid(): Promise<number | undefined>;
  /** Ends a database that was left, and removes all. */
  remove(): Promise<void>;
}

/** A folder that the user PostgreSQL runs as may enter. */
export async function createDataFolder(): Promise<DataFolder> {
  const parent = await mkdtemp(path.join(tmpdir(), 'cardline-data-'));
  const folder = path.join(parent, 'data');
  const postgresPid = async () => (await readPostmaster(path.join(folder, 'postgres')))?.pid;
  return {
    path: folder,
    postgresPid,
    remove: async () => {
      const pid = await postgresPid();
      if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGQUIT');
      await rm(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
