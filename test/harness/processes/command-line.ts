import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const COMMAND = path.resolve('dist/cli/cardline.js');

/** What a command said, and how it ended: null when a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Starts the built program as a person would, in a folder without a .env file. */
export function startCommand(
  words: readonly string[],
  { folder, environment }: { folder: string; environment: Record<string, string> },
): {
  readonly child: ChildProcess;
  /** What it has said so far. */
  output(): string;
  readonly ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, [COMMAND, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, output, errors }));
  return { child, output: () => output, ended };
}
