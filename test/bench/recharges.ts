import postgres from 'postgres';
import type { Bench, Ground } from './ground.ts';
import type { LoadReport } from './load.ts';
import { findPgbench, runPgbench } from './pgbench.ts';
import { runLoad } from './run-load.ts';
import type { BenchServer } from './server.ts';
import { median, spread } from './statistics.ts';

const SECONDS = 6;
const ROUNDS = 3;
const WARM_UP_SECONDS = 8;
const PGBENCH_CLIENTS = [8, 32];
const CONNECTIONS = [32, 128];

/** What a portal asks for: the movement, the balance, and its errors by name. */
const RECHARGE = `mutation Recharge($input: RechargeCardInput!) {
  rechargeCard(input: $input) {
    __typename
    ... on RechargeCardPayload { transfer { id createdAt walletBalanceAfter { amount } } balance { amount currency } }
    ... on Error { code message }
  }
}`;

/**
 * Recharges per second: one operation a request, durable before the answer, against pgbench doing the same transaction
 * in plain SQL on the same database. The sides take turns; medians of the rounds.
 */
export async function benchRecharges({ server, ground, databaseUrl }: Bench): Promise<void> {
  const pgbench = findPgbench();
  const cards = await prepareBaseline(databaseUrl);
  const baseline = new Map<number, number[]>(PGBENCH_CLIENTS.map((clients) => [clients, []]));
  const ours = new Map<number, LoadReport[]>(CONNECTIONS.map((connections) => [connections, []]));

  // Until the compiler has seen enough of it.
  await loadRecharges(server, ground, { connections: 128, seconds: WARM_UP_SECONDS });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [clients, rates] of pgbench ? baseline : []) {
      rates.push(
        await runPgbench({ program: pgbench ?? '', url: databaseUrl, cards, clients, seconds: SECONDS }),
      );
    }
    for (const [connections, reports] of ours) {
      reports.push(await loadRecharges(server, ground, { connections, seconds: SECONDS }));
    }
  }

  console.log(
    `\nRecharges per second, median of ${ROUNDS} rounds of ${SECONDS} s (least–most) after ${WARM_UP_SECONDS} s of warm-up, sides in turn`,
  );
  if (!pgbench)
    console.log('  pgbench: not on this machine (Debian: apt-get install postgresql-contrib); no baseline');
  let best = 0;
  for (const [clients, rates] of pgbench ? baseline : []) {
    best = Math.max(best, median(rates));
    console.log(`  pgbench, ${clients} clients, prepared: ${spread(rates)}`);
  }
  for (const [connections, reports] of ours) {
    const rates = reports.map(({ perSecond }) => perSecond);
    const ratio = pgbench ? `, ${(median(rates) / best).toFixed(2)} × pgbench's best` : '';
    const p50 = median(reports.map(({ latencyMsP50 }) => latencyMsP50)).toFixed(1);
    const p99 = median(reports.map(({ latencyMsP99 }) => latencyMsP99)).toFixed(1);
    console.log(
      `  GraphQL over HTTP, ${connections} connections: ${spread(rates)}${ratio}; p50 ${p50} ms, p99 ${p99} ms`,
    );
  }
}

/** pgbench draws cards by number. @returns how many there are */
async function prepareBaseline(databaseUrl: string): Promise<number> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`DROP TABLE IF EXISTS bench_cards`;
    await sql`
      CREATE TABLE bench_cards AS
      SELECT row_number() OVER (ORDER BY id)::int AS n, id FROM cards WHERE partner_id IS NOT NULL AND status = 'ACTIVE'`;
    await sql`ALTER TABLE bench_cards ADD PRIMARY KEY (n)`;
    await sql`VACUUM ANALYZE`;
    const [row] = await sql<{ count: number }[]>`SELECT count(*)::int AS count FROM bench_cards`;
    return row?.count ?? 0;
  } finally {
    await sql.end();
  }
}

interface RechargeLoad {
  readonly connections: number;
  readonly seconds: number;
  readonly arrivalsPerSecond?: number;
}

/** Recharges under load for some seconds, by all partners in turn. */
export function loadRecharges(
  { port }: BenchServer,
  { partners }: Ground,
  { connections, seconds, arrivalsPerSecond }: RechargeLoad,
): Promise<LoadReport> {
  const rounds = Array.from({ length: 2_000 }, (_, n) => {
    const partner = partners[n % partners.length];
    const id = partner?.cardIds[Math.floor(Math.random() * partner.cardIds.length)];
    return {
      authorization: `Bearer ${partner?.key}`,
      variables: [
        { input: { card: { id }, amount: { amount: '1.00', currency: 'EUR' }, idempotencyKey: '$key' } },
      ],
    };
  });
  return runLoad({
    port,
    path: '/graphql',
    transport: 'http',
    slots: connections,
    seconds,
    ...(arrivalsPerSecond !== undefined && { arrivalsPerSecond }),
    steps: [{ query: RECHARGE, expect: '"RechargeCardPayload"' }],
    rounds,
  });
}
