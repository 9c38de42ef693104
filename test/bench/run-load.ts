import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadOrders, LoadReport } from './load.ts';

/** Runs the load generator in a process of its own. @throws Error when an answer was not what it should be */
export function runLoad(orders: LoadOrders): Promise<LoadReport> {
  const program = fileURLToPath(new URL('load.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(orders));
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (piece) => {
      printed += piece;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`The load generator ended with ${code}.`));
      const report = JSON.parse(printed) as LoadReport;
      if (report.failed === 0) resolve(report);
      else reject(new Error(`${report.failed} requests failed, the first: ${report.firstFailure}`));
    });
  });
}
