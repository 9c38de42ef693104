import postgres from 'postgres';
import { makeCallers, type PrintedCaller, switchKey } from './callers.ts';
import type { Bench } from './ground.ts';
import { type Exchange, httpConnections } from './load-http.ts';
import { median } from './statistics.ts';

const TRIES = 2_000;
const WARM_UP = 300;

/** What a caller shows at a try; each try of each kind has a card of its own. */
type Kind = readonly [name: string, by: (place: number) => Record<string, unknown>];

const AUTHENTICATE = `mutation Authenticate($input: AuthenticateCardInput!) {
  authenticateCard(input: $input) { __typename ... on Error { code } }
}`;

/**
 * How long each refusal takes, one request at a time on one connection, the kinds in turn so that all meet the same
 * machine. A good PIN in between each keeps the source out of its delay. What a caller could tell apart would show as
 * medians that differ.
 */
export async function benchRefusals({ server, ground, databaseUrl }: Bench): Promise<void> {
  const key = await switchKey(server);
  const callers = await makeCallers(server, {
    rateGroupId: ground.rateGroupId,
    cards: TRIES * 5,
    callers: TRIES * 5,
  });
  const share = (place: number) => callers.slice(place * TRIES, (place + 1) * TRIES);
  const [good = [], right = [], inactive = [], expired = [], locked = []] = [0, 1, 2, 3, 4].map(share);
  await setAside(databaseUrl, { inactive, expired, locked });

  const named = (of: readonly PrintedCaller[]) => (place: number) => ({ serialAndPin: of[place % TRIES] });
  const alone = (of: readonly PrintedCaller[]) => (place: number) => ({ pin: of[place % TRIES]?.pin });
  const byPin: Kind[] = [
    ['unknown', (place) => ({ pin: `${place}`.padStart(14, '0') })],
    ['inactive', alone(inactive)],
    ['expired', alone(expired)],
    ['locked', alone(locked)],
  ];
  const bySerial: Kind[] = [
    ['unknown', (place) => ({ serialAndPin: { serial: `${place}`, pin: '00000000000000' } })],
    ['wrong', (place) => ({ serialAndPin: { serial: right[place % TRIES]?.serial, pin: '00000000000000' } })],
    ['inactive', named(inactive)],
    ['expired', named(expired)],
    ['locked', named(locked)],
  ];
  // As most would try them: a PIN alone can't be wrong, only unknown.
  const mixed: Kind[] = [...byPin, ...bySerial.slice(1, 2)];
  const [exchange] = await httpConnections({ port: server.port, path: '/graphql', slots: 1 });
  if (!exchange) throw new Error('There is no connection.');
  console.log(`\nTime of a refusal in ms, median of ${TRIES} tries each, in turn on one connection`);
  for (const [name, kinds] of [
    ['PIN alone', byPin],
    ['serial and PIN', bySerial],
    ['PIN alone, and wrong with a serial', mixed],
  ] as const) {
    const times = await timeInTurn(exchange, { key, kinds, good });
    const medians = kinds.map(([kind], place) => [kind, median(times[place] ?? [])] as const);
    const values = medians.map(([, ms]) => ms);
    const spread = (Math.max(...values) / Math.min(...values) - 1) * 100;
    console.log(
      `  ${name}: ${medians.map(([kind, ms]) => `${kind} ${ms.toFixed(3)}`).join(', ')}; apart ${spread.toFixed(1)} %`,
    );
  }
}

async function timeInTurn(
  exchange: Exchange,
  { key, kinds, good }: { key: string; kinds: readonly Kind[]; good: readonly PrintedCaller[] },
): Promise<number[][]> {
  const authorization = `Bearer ${key}`;
  const body = (by: unknown) => JSON.stringify({ query: AUTHENTICATE, variables: { input: { by } } });
  const times = kinds.map((): number[] => []);
  for (let place = -WARM_UP; place < TRIES; place += 1) {
    // Each turn begins with another kind, so that none is always behind the same one.
    for (let step = 0; step < kinds.length; step += 1) {
      const index = (step + place + WARM_UP) % kinds.length;
      await exchange(body({ pin: good[(place + WARM_UP) % good.length]?.pin }), authorization);
      const asked = body(kinds[index]?.[1](place + WARM_UP));
      const from = performance.now();
      const answer = await exchange(asked, authorization);
      const ms = performance.now() - from;
      if (!answer.includes('AUTHENTICATION_REFUSED')) throw new Error(answer);
      if (place >= 0) times[index]?.push(ms);
    }
  }
  return times;
}

async function setAside(
  databaseUrl: string,
  { inactive, expired, locked }: Record<'inactive' | 'expired' | 'locked', readonly PrintedCaller[]>,
): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  const serials = (of: readonly PrintedCaller[]) => of.map(({ serial }) => serial);
  await sql`UPDATE cards SET status = 'DEACTIVATED' WHERE serial = ANY(${serials(inactive)})`;
  await sql`
    UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() + interval '1 day'
    WHERE serial = ANY(${serials(expired)})`;
  await sql`UPDATE cards SET locked_at = now(), lock_reason = 'OPERATOR' WHERE serial = ANY(${serials(locked)})`;
  await sql.end();
}
