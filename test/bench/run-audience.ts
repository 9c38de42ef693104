import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AudienceAnswer, AudienceOrder, Seats } from './audience.ts';
import type { BareOrder } from './bare-server.ts';

export interface Audience {
  open(seats: Seats): Promise<void>;
  /** Resolves when so many messages have come since the last time. */
  messages(count: number): Promise<AudienceAnswer>;
  note(isOn: boolean): Promise<void>;
  close(): Promise<void>;
  stop(): void;
}

/** The receiving side, a process of its own. */
export function startAudience(): Audience {
  const child = start('audience.ts');
  const ask = async (order: AudienceOrder): Promise<unknown> => {
    const answered = once(child, 'message');
    child.send(order);
    return (await answered)[0];
  };
  return {
    open: async (seats) => void (await ask({ open: seats })),
    messages: async (count) => (await ask({ await: count })) as AudienceAnswer,
    note: async (isOn) => void (await ask({ note: isOn })),
    close: async () => void (await ask({ close: true })),
    stop: () => void child.kill('SIGKILL'),
  };
}

export interface BareServer {
  readonly port: number;
  readonly pid: number;
  send(order: BareOrder): void;
  stop(): void;
}

/** The baseline: `ws` alone, a process of its own. */
export async function startBareServer(): Promise<BareServer> {
  const child = start('bare-server.ts');
  const [port] = (await once(child, 'message')) as [number];
  return {
    port,
    pid: child.pid ?? 0,
    send: (order) => void child.send(order),
    stop: () => void child.kill('SIGKILL'),
  };
}

function start(program: string): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), { execArgv: ['--import', 'tsx'] });
}

/** Milliseconds on the clock that all processes of a machine have in common. */
export const clock = () => Number(process.hrtime.bigint()) / 1e6;

/** Resident memory in bytes. 0 where there is no /proc to tell. */
export function residentBytes(pid: number): number {
  if (process.platform !== 'linux') return 0;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024;
}
