import { fileURLToPath } from 'node:url';
import { makeCallers, switchKey } from './callers.ts';
import { loadCalls } from './calls.ts';
import { type Bench, type Ground, prepareGround } from './ground.ts';
import { loadRecharges } from './recharges.ts';
import { type BenchServer, startBenchServer } from './server.ts';
import { median, spread } from './statistics.ts';

const SECONDS = 3;
const ROUNDS = 12;
const WARM_UP_SECONDS = 8;
const CONNECTIONS = 64;
const CALLERS = 10_000;
const CARDS = 20_000;

const OPEN_SERVER = fileURLToPath(new URL('open-server.ts', import.meta.url));

interface Side {
  readonly recharges: (seconds: number) => Promise<number>;
  readonly calls: (seconds: number) => Promise<number>;
}

/**
 * What access control costs: recharges and calls per second with all of it, beside the same program without
 * authentication at each request, rights of fields, PIN defense and audit trail. The sides take turns, each first as often
 * as the other; the ratio is the median of the rounds'.
 */
export async function benchAccess({ server, ground }: Bench): Promise<void> {
  const open = await startBenchServer(['--import', 'tsx', OPEN_SERVER]);
  try {
    const sides = [
      await sideOf(server, ground),
      await sideOf(open, await prepareGround(open, CARDS)),
    ] as const;
    console.log(
      `\nPer second with access control and without it, ${CONNECTIONS} connections, median of ${ROUNDS} rounds of ${SECONDS} s (least–most) after ${WARM_UP_SECONDS} s of warm-up, sides in turn`,
    );
    await compare('recharges', sides, (side, seconds) => side.recharges(seconds));
    await compare('call requests (authorize by PIN, settle)', sides, (side, seconds) => side.calls(seconds));
  } finally {
    await open.stop();
  }
}

async function sideOf(server: BenchServer, ground: Ground): Promise<Side> {
  const key = await switchKey(server);
  const callers = await makeCallers(server, {
    rateGroupId: ground.rateGroupId,
    cards: CALLERS,
    callers: CALLERS,
  });
  const pins = callers.map(({ pin }) => pin);
  const calls = { key, pins, transport: 'http', slots: CONNECTIONS } as const;
  return {
    recharges: async (seconds) =>
      (await loadRecharges(server, ground, { connections: CONNECTIONS, seconds })).perSecond,
    calls: async (seconds) => (await loadCalls(server, { ...calls, seconds })).perSecond,
  };
}

async function compare(
  what: string,
  [guarded, open]: readonly [Side, Side],
  load: (side: Side, seconds: number) => Promise<number>,
): Promise<void> {
  for (const side of [guarded, open]) await load(side, WARM_UP_SECONDS);
  const rates = new Map<Side, number[]>([
    [guarded, []],
    [open, []],
  ]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of round % 2 === 0 ? [guarded, open] : [open, guarded]) {
      rates.get(side)?.push(await load(side, SECONDS));
    }
  }
  const [ours = [], without = []] = rates.values();
  const ratio = median(ours.map((rate, round) => rate / (without[round] ?? Number.NaN)));
  console.log(`  ${what}: ${spread(ours)} with, ${spread(without)} without; ratio ${ratio.toFixed(2)}`);
}
