import { makeCallers, switchKey } from './callers.ts';
import { loadCalls } from './calls.ts';
import type { Bench } from './ground.ts';
import type { LoadReport } from './load.ts';
import { runLoad } from './run-load.ts';
import type { BenchServer } from './server.ts';
import { median } from './statistics.ts';

const CALLERS = 2_000;
const SECONDS = 8;
const ROUNDS = 3;
/** The load begins before the switch is measured, and ends after it. */
const MARGIN_SECONDS = 3;
/** What an attacker kept in progress: a partner may have more, and then is refused more. */
const LISTS = 150;
const SINGLES = 128;
const GOAL = 3;

const LIST = `mutation ($input: RechargeCardsInput!) {
  rechargeCards(input: $input) {
    ... on RechargeCardsPayload { recharged refused outcomes { key result { ... on RechargedCard { balance { amount } } ... on Error { code } } } }
    ... on Error { code message }
  }
}`;
const SINGLE = `mutation ($input: RechargeCardInput!) {
  rechargeCard(input: $input) { ... on RechargeCardPayload { balance { amount } } ... on Error { code message } }
}`;

type Partner = Bench['ground']['partners'][number];

/**
 * What one partner at full load costs a quiet switch: calls one after another, alone and beside it. The sides take
 * turns; medians of the rounds.
 */
export async function benchFairness({ server, ground }: Bench): Promise<void> {
  const key = await switchKey(server);
  const made = await makeCallers(server, {
    rateGroupId: ground.rateGroupId,
    cards: CALLERS,
    callers: CALLERS,
  });
  const pins = made.map(({ pin }) => pin);
  const quiet = () => loadCalls(server, { key, pins, transport: 'http', slots: 1, seconds: SECONDS });
  const [partner] = ground.partners;
  if (!partner) throw new Error('There is no partner.');
  const beside = async (load: (seconds: number) => Promise<LoadReport>) => {
    const greedy = load(SECONDS + 2 * MARGIN_SECONDS);
    await new Promise((resolve) => setTimeout(resolve, MARGIN_SECONDS * 1_000));
    const [report] = await Promise.all([quiet(), greedy]);
    return report;
  };
  await quiet();
  const sides = { alone: [] as LoadReport[], lists: [] as LoadReport[], singles: [] as LoadReport[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    sides.alone.push(await quiet());
    sides.lists.push(await beside((seconds) => loadLists(server, partner, seconds)));
    sides.singles.push(await beside((seconds) => loadSingles(server, partner, seconds)));
  }
  console.log(
    `\nA quiet switch's calls, one after another, median of ${ROUNDS} rounds of ${SECONDS} s, sides in turn`,
  );
  const alone = p99(sides.alone);
  const line = (what: string, reports: readonly LoadReport[]) => {
    const p50 = median(reports.map(({ latencyMsP50 }) => latencyMsP50)).toFixed(1);
    const ratio = (p99(reports) / alone).toFixed(2);
    console.log(
      `  ${what}: p50 ${p50} ms, p99 ${p99(reports).toFixed(1)} ms, ${ratio} × alone (goal: ${GOAL})`,
    );
  };
  line('alone', sides.alone);
  line(`beside one partner's ${LISTS} lists of ${partner.cardIds.length} rows at once`, sides.lists);
  line(`beside one partner's ${SINGLES} recharges at once`, sides.singles);
}

const p99 = (reports: readonly LoadReport[]) => median(reports.map(({ latencyMsP99 }) => latencyMsP99));

function loadLists({ port }: BenchServer, { key, cardIds }: Partner, seconds: number): Promise<LoadReport> {
  const rows = cardIds.map((id, n) => ({
    key: `${n}`,
    card: { id },
    amount: { amount: '0.01', currency: 'EUR' },
  }));
  const rounds = [
    { authorization: `Bearer ${key}`, variables: [{ input: { idempotencyKey: '$key', rows } }] },
  ];
  // What is refused, with its connection, is an answer as well: it is the switch that is measured.
  const steps = [{ query: LIST, expect: '' }];
  return runLoad({ port, path: '/graphql', transport: 'http', slots: LISTS, seconds, steps, rounds });
}

function loadSingles({ port }: BenchServer, { key, cardIds }: Partner, seconds: number): Promise<LoadReport> {
  const rounds = cardIds.map((id) => ({
    authorization: `Bearer ${key}`,
    variables: [
      { input: { card: { id }, amount: { amount: '0.01', currency: 'EUR' }, idempotencyKey: '$key' } },
    ],
  }));
  const steps = [{ query: SINGLE, expect: '{' }];
  return runLoad({ port, path: '/graphql', transport: 'http', slots: SINGLES, seconds, steps, rounds });
}
