/**
 * `npm run bench`: what the system does beside a baseline that does the same, in one run on one machine. Rates differ
 * from machine to machine and hour to hour; the ratios are what counts.
 */
import { cpus } from 'node:os';
import { runningEmbeddedUrl } from '../../src/server/embedded-postgres.ts';
import { benchGeneration } from './generation.ts';
import { prepareGround } from './ground.ts';
import { benchRecharges } from './recharges.ts';
import { startBenchServer } from './server.ts';

const CARDS = 20_000;
const PORT = 4790;

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; load generator on the same machine`,
);
const server = await startBenchServer(PORT);
try {
  const databaseUrl = await runningEmbeddedUrl(server.dataFolder);
  if (!databaseUrl) throw new Error('The embedded database does not run.');
  const ground = await prepareGround(server, CARDS);
  const wanted = process.argv.slice(2);
  const includes = (name: string) => wanted.length === 0 || wanted.includes(name);
  if (includes('recharges')) await benchRecharges({ server, ground, databaseUrl });
  if (includes('generation')) await benchGeneration({ server, ground, databaseUrl });
} finally {
  await server.stop();
}
