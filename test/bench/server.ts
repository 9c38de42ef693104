import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/server/embedded-postgres/postgres-cluster.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/cli/cardline.js', import.meta.url));

/** As in `npm start`: room for the short-lived objects of many requests at once. */
const FLAGS = ['--max-semi-space-size=16'];

export interface BenchServer {
  readonly port: number;
  readonly url: string;
  readonly key: string;
  readonly pid: number;
  readonly dataFolder: string;
  stop(): Promise<void>;
}

/**
 * The server as `npm start` runs it, on a fresh embedded database in a temporary folder, on its default settings and a
 * free port.
 *
 * @param program what Node is to run in its place
 */
export async function startBenchServer(program: readonly string[] = [PROGRAM]): Promise<BenchServer> {
  const port = await freePort();
  const dataFolder = mkdtempSync(join(tmpdir(), 'cardline-bench-'));
  const child = spawn(process.execPath, [...FLAGS, ...program, 'serve'], {
    env: { ...process.env, PORT: `${port}`, CARDLINE_DATA_DIR: dataFolder, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const key = await firstKey(child, dataFolder);
  return {
    port,
    url: `http://127.0.0.1:${port}/graphql`,
    key,
    pid: child.pid ?? 0,
    dataFolder,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The key is there before the server says where it is. */
async function firstKey(child: ChildProcess, dataFolder: string): Promise<string> {
  let printed = '';
  for await (const piece of child.stdout ?? []) {
    printed += piece;
    if (/answers at/.test(printed)) return readFileSync(join(dataFolder, 'first-key'), 'utf8').trim();
  }
  throw new Error(`The server ended at its start:\n${printed}`);
}

/** Linux says; elsewhere it stays unknown. @param which VmRSS: now; VmHWM: at most, since it was started */
export function memoryMiB(pid: number, which: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}
