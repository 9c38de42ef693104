/**
 * `npm run bench`: what the system does beside a baseline that does the same, in one run on one machine. Rates differ
 * from machine to machine and hour to hour; the ratios are what counts. Each benchmark has a server and a database of
 * its own, so that none measures what another left behind.
 */
import { cpus } from 'node:os';
import { runningEmbedded } from '../../src/server/embedded-postgres/embedded-postgres.ts';
import { benchAccess } from './access.ts';
import { benchCalls } from './calls.ts';
import { benchFairness } from './fairness.ts';
import { benchGeneration } from './generation.ts';
import { type Bench, prepareGround } from './ground.ts';
import { benchImports } from './imports.ts';
import { benchOverload } from './overload.ts';
import { benchRealtime } from './realtime.ts';
import { benchRecharges } from './recharges.ts';
import { benchRefusals } from './refusals.ts';
import { benchReports } from './reports.ts';
import { startBenchServer } from './server.ts';

const CARDS = 20_000;

const BENCHES: Record<string, (bench: Bench) => Promise<void>> = {
  recharges: benchRecharges,
  calls: benchCalls,
  fairness: benchFairness,
  overload: benchOverload,
  generation: benchGeneration,
  import: benchImports,
  refusals: benchRefusals,
  access: benchAccess,
  realtime: benchRealtime,
  reports: benchReports,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in BENCHES));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}": there are ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; load generator on the same machine`,
);
for (const [name, run] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const server = await startBenchServer();
  try {
    const databaseUrl = (await runningEmbedded(server.dataFolder))?.superuserUrl;
    if (!databaseUrl) throw new Error('The embedded database does not run.');
    await run({ server, ground: await prepareGround(server, CARDS), databaseUrl });
  } finally {
    await server.stop();
  }
}
