import { beforeEach, expect, test } from 'vitest';
import { DAY_MS } from '../../../src/domain/values/calendar.ts';
import { ClockGuard } from '../../../src/jobs/clock-guard.ts';
import type { Sql } from '../../../src/store/postgres/database.ts';
import { confirmClock } from '../../../src/store/security/clock-marks.ts';
import { useDatabase } from '../../harness/database.ts';

const db = useDatabase();
const { sql } = db.database;
/** How long the machine has been up, and the messages about jumps. */
let upMs: number;
let jumps: string[];
const guardOf = (client: Sql = sql) =>
  new ClockGuard({ sql: client, uptimeMs: () => upMs, onJump: (message) => jumps.push(message) });
beforeEach(async () => {
  [upMs, jumps] = [1_000_000, []];
  await sql`DELETE FROM clock_marks`;
  await sql`DELETE FROM security_alerts`;
});
const alerts = () => sql`SELECT message FROM security_alerts WHERE kind = 'CLOCK_JUMPED'`;

/** The database's clock stands still compared with a machine that is up for longer: it went back, and the reverse. */
test.each([
  ['ahead', -365 * DAY_MS],
  ['behind', 365 * DAY_MS],
])('a clock that jumps %s stops irreversible work until it is back, with one alert', async (where, byMs) => {
  const guard = guardOf();
  let runs = 0;
  const job = guard.guarding(async () => {
    runs += 1;
  });
  const { signal } = new AbortController();
  await job(signal);
  upMs += byMs;
  await job(signal);
  await job(signal);
  expect(runs).toBe(1);
  expect(jumps).toEqual([expect.stringContaining(`it is 365 days ${where} of what is expected`)]);
  expect(await alerts()).toHaveLength(1);
  upMs -= byMs;
  await job(signal);
  expect(runs).toBe(2);
});

test('what a clock shows that jumps after a check is not trusted', async () => {
  const guard = guardOf();
  expect(guard.isTrusted(new Date())).toBe(false);
  await guard.check();
  expect(guard.isTrusted(new Date())).toBe(true);
  expect(guard.isTrusted(new Date(Date.now() + DAY_MS))).toBe(false);
  upMs += DAY_MS;
  expect(guard.isTrusted(new Date(Date.now() + DAY_MS))).toBe(true);
});

test.each<[string, number, boolean]>([
  ['29 days after the last known time', -29, true],
  ['31 days after it', -31, false],
  ['a day before it', 1, false],
])('a server that starts %s', async (_when, days, isTrusted) => {
  await sql`INSERT INTO clock_marks (id, trusted_at) VALUES (1, now() + make_interval(days => ${days}))`;
  expect(await guardOf().check()).toBe(isTrusted);
  expect(jumps).toHaveLength(isTrusted ? 0 : 1);
});

test("a jump that moves the machine's own clock along shows against the last known time", async () => {
  const guard = guardOf();
  expect(await guard.check()).toBe(true);
  await sql`UPDATE clock_marks SET trusted_at = now() - interval '365 days'`;
  expect(await guard.check()).toBe(false);
  expect(jumps).toEqual([expect.stringContaining('it is 365 days ahead')]);
  await confirmClock(sql, new Date());
  expect(await guard.check()).toBe(true);
});

test('a wrong clock vouches for no time; one that an administrator confirms is trusted by every server', async () => {
  const [guard, other] = [guardOf(), guardOf()];
  expect([await guard.check(), await other.check()]).toEqual([true, true]);
  const marks = () => sql<{ trustedAt: Date }[]>`SELECT trusted_at AS "trustedAt" FROM clock_marks`;
  const before = await marks();
  upMs -= 365 * DAY_MS;
  expect([await guard.check(), await other.check()]).toEqual([false, false]);
  expect(await marks()).toEqual(before);
  await expect(confirmClock(sql, new Date(Date.now() - DAY_MS))).rejects.toThrow('set the clock right first');
  await confirmClock(sql, new Date());
  expect([await guard.check(), await other.check()]).toEqual([true, true]);
});
