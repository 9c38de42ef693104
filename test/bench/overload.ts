import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './ground.ts';
import type { LoadReport } from './load.ts';
import { loadRecharges } from './recharges.ts';
import { memoryMiB } from './server.ts';
import { median, spread } from './statistics.ts';

const SECONDS = 8;
const ROUNDS = 3;
const WARM_UP_SECONDS = 8;
/** In progress at once: enough for the full rate, and none waits long. */
const CONNECTIONS = 128;
const TIMES = 3;
/** Slots for what arrives: a refusal frees its slot in milliseconds. */
const SLOTS = 4_000;
const REST_SECONDS = 60;
const GOAL = { goodput: 0.9, p99Ms: 500 };

/**
 * Three times as many recharges as the server can do, arriving whatever becomes of those before, beside the rate that
 * it sustains. The sides take turns; medians of the rounds.
 */
export async function benchOverload({ server, ground }: Bench): Promise<void> {
  await loadRecharges(server, ground, { connections: CONNECTIONS, seconds: WARM_UP_SECONDS });
  const memory = () => memoryMiB(server.pid, 'VmRSS').toFixed(0);
  const restingMiB = memory();
  const sustained: LoadReport[] = [];
  const flooded: LoadReport[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const full = await loadRecharges(server, ground, { connections: CONNECTIONS, seconds: SECONDS });
    sustained.push(full);
    const arrivalsPerSecond = Math.round(full.perSecond * TIMES);
    flooded.push(
      await loadRecharges(server, ground, { connections: SLOTS, seconds: SECONDS, arrivalsPerSecond }),
    );
  }
  const afterMiB = memory();
  await delay(REST_SECONDS * 1_000);

  const of = (field: keyof LoadReport, reports: readonly LoadReport[]) =>
    median(reports.map((report) => Number(report[field])));
  const goodput = of('perSecond', flooded) / of('perSecond', sustained);
  const p99 = of('latencyMsP99', flooded);
  console.log(`
${TIMES} × the sustained load of recharges, median of ${ROUNDS} rounds of ${SECONDS} s (least–most), sides in turn
  sustained, ${CONNECTIONS} connections: ${spread(sustained.map(({ perSecond }) => perSecond))} per second
  done of ${TIMES} × that: ${spread(flooded.map(({ perSecond }) => perSecond))} per second, ${goodput.toFixed(2)} × the sustained (goal ${GOAL.goodput})
  p99 of what was done: ${p99.toFixed(0)} ms (goal ${GOAL.p99Ms}), p50 ${of('latencyMsP50', flooded).toFixed(0)} ms
  refused: ${of('refused', flooded)} per round, p50 ${of('refusalMsP50', flooded).toFixed(1)} ms, p99 ${of('refusalMsP99', flooded).toFixed(1)} ms; not sent for want of a connection: ${of('unsent', flooded)}
  memory: ${restingMiB} MiB before, ${afterMiB} after, ${memory()} a minute later`);
}
