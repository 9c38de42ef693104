import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../../src/server/embedded-postgres/postgres-cluster.ts';
import { findProgram } from './programs.ts';

/** The installed HAProxy, if there is one. */
export const haProxy = findProgram('haproxy');

export interface Balancer {
  /** The GraphQL endpoint by way of it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** HAProxy before instances, as docs/operation.md configures it. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cardline-haproxy-'));
  const port = await freePort();
  const file = path.join(folder, 'haproxy.cfg');
  await writeFile(file, configuration(port, ports));
  const child = spawn(haProxy ?? 'haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  await answers(child, port);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

/** As in docs/operation.md, on loopback. */
function configuration(port: number, ports: readonly number[]): string {
  const servers = ports.map((each, at) => `  server cardline${at + 1} 127.0.0.1:${each}`);
  return `
defaults
  mode http
  timeout connect 2s
  timeout client 1h
  timeout server 1h
frontend cardline
  bind 127.0.0.1:${port}
  default_backend instances
backend instances
  balance leastconn
  option httpchk GET /readyz
  http-check expect status 200
  default-server check inter 500ms fall 1 rise 1
  retry-on conn-failure
${servers.join('\n')}
`;
}

async function answers(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`HAProxy ended with ${child.exitCode}.`);
    const socket = connect(port, '127.0.0.1');
    const outcome = await Promise.race([once(socket, 'connect').then(() => true), delay(1_000)]).catch(
      () => false,
    );
    socket.destroy();
    if (outcome) return;
    await delay(50);
  }
}
