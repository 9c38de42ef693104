import { expect, test } from 'vitest';
import { AuthorizeCallDocument, CompleteCallDocument } from '../../../src/client/operations.ts';
import { CursorExpired } from '../../../src/domain/rejections/realtime.ts';
import { plainEntry } from '../../../src/domain/security/audit-entry.ts';
import { type Retention, removeExpired } from '../../../src/jobs/retention.ts';
import { EventHub } from '../../../src/realtime/event-hub.ts';
import { EventTail } from '../../../src/realtime/event-tail.ts';
import type { Watch } from '../../../src/realtime/event-watch.ts';
import { LogFollower } from '../../../src/realtime/log-follower.ts';
import { sealAuditBlocks } from '../../../src/store/audit/audit-chain.ts';
import { AuditLog } from '../../../src/store/audit/audit-log.ts';
import { forgetOldCalls } from '../../../src/store/calls/old-calls.ts';
import { appendEvents } from '../../../src/store/events/event-log.ts';
import { verify } from '../../../src/store/verification.ts';
import { newKey, nth, useApi } from '../../harness/api.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { createTestDatabase } from '../../harness/database.ts';
import { succeeded } from '../../harness/refusals.ts';

const api = useApi();

const NOTHING: Retention = { calls: undefined, events: undefined, audit: undefined };
const inAnHour = () => new Date(Date.now() + 3_600_000);

test('of old calls those that moved money stay without their number, the others go, one in progress keeps all behind it', async () => {
  const { sql } = api.db.database;
  const rateGroupId = await makeRateGroup(sql, [{ prefix: '39', pricePer1e8Minute: 6_000_000n }]);
  const batch = await api.cards({ count: 1, rateGroupId, maxConcurrentCalls: 3 });
  const ani = '+390677700099';
  await sql`
    INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${nth(batch, 0).uuid}, now())`;
  const call = async (totalSeconds?: number) => {
    const switchCallId = newKey();
    const input = { switchCallId, by: { ani }, number: '+390655512345' };
    succeeded((await api.ivr.request(AuthorizeCallDocument, { input })).result);
    if (totalSeconds !== undefined)
      succeeded(
        (await api.ivr.request(CompleteCallDocument, { input: { switchCallId, totalSeconds } })).result,
      );
    return switchCallId;
  };
  const [paid, free] = [await call(60), await call(0)];
  const running = await call();
  const later = await call(60);

  await forgetOldCalls(sql, new Date(0));
  expect(await sql`SELECT 1 FROM calls`).toHaveLength(4);

  await Promise.all([1, 2].map(() => forgetOldCalls(sql, inAnHour())));
  const kept = await sql<{ id: string; number: string }[]>`
    SELECT switch_call_id AS id, number FROM calls ORDER BY calls.id`;
  expect(kept).toEqual([
    { id: paid, number: '+3906********' },
    { id: running, number: '+390655512345' },
    { id: later, number: '+390655512345' },
  ]);
  expect(kept.map(({ id }) => id)).not.toContain(free);
  succeeded(
    (await api.ivr.request(CompleteCallDocument, { input: { switchCallId: running, totalSeconds: 6 } }))
      .result,
  );
  await forgetOldCalls(sql, inAnHour());
  expect(await sql`SELECT 1 FROM calls WHERE number NOT LIKE '%*%'`).toEqual([]);
  expect((await verify(sql)).discrepancies).toEqual([]);
});

test('old events and sealed entries go by whole partitions, and what is kept is proved', async () => {
  const db = await createTestDatabase();
  const { sql } = db.database;
  const ownerUrl = db.url;
  const audit = new AuditLog(sql);
  const entry = plainEntry({ operation: 'test' });
  const event = {
    type: 'PARTNER_CREATED' as const,
    actorId: newKey(),
    payload: { name: 'New', currency: 'EUR' },
  };
  await audit.append(entry);
  await sealAuditBlocks(sql);
  await sql.begin((tx) => appendEvents(tx, [event]));
  // The heads as they are a million entries and ten million events later, with a seal over those that are not here.
  await sql`SELECT ensure_audit_partitions(3000000), ensure_event_partitions(30000000)`;
  await sql`UPDATE audit_head SET position = 999999`;
  await sql`UPDATE event_head SET position = 9999999`;
  await sql`
    INSERT INTO audit_blocks (number, from_position, to_position, count, digests, previous_hash, hash)
    SELECT 2, 2, 999999, 999998, d, hash,
           sha256(hash || int8send(2) || int8send(2) || int8send(999999) || d)
    FROM audit_blocks, LATERAL (SELECT convert_to(repeat('0', 32 * 999998), 'UTF8') AS d)`;
  await sql.begin((tx) => appendEvents(tx, [event, event]));
  const later = { ...NOTHING, events: -1, audit: -1 };

  await audit.append(entry);
  await removeExpired({ sql, audit, ownerUrl }, later);
  expect(await sql`SELECT operation FROM audit_entries ORDER BY position`).toEqual([
    { operation: 'test' },
    { operation: 'test' },
    { operation: 'drop events_p0' },
  ]);
  expect(await sql`SELECT position::int FROM events ORDER BY position`).toEqual([
    { position: 10_000_000 },
    { position: 10_000_001 },
  ]);

  await sealAuditBlocks(sql);
  await Promise.all([
    removeExpired({ sql, audit, ownerUrl }, later),
    removeExpired({ sql, audit, ownerUrl }, later),
  ]);
  expect(await sql`SELECT operation FROM audit_entries ORDER BY position`).toEqual([
    { operation: 'test' },
    { operation: 'drop events_p0' },
    { operation: 'drop audit_entries_p0' },
  ]);
  await sealAuditBlocks(sql);
  expect((await verify(sql)).discrepancies).toEqual([]);

  await removeExpired({ sql, audit, ownerUrl }, { calls: 1, events: 1, audit: 1 });
  expect(await sql`SELECT 1 FROM audit_entries`).toHaveLength(3);
  await db.drop();
});

test('old events go while others write and read, who do not wait for it; a reader that is behind gets an error', async () => {
  const db = await createTestDatabase();
  const { sql } = db.database;
  const event = {
    type: 'PARTNER_CREATED' as const,
    actorId: newKey(),
    payload: { name: 'New', currency: 'EUR' },
  };
  const append = () => sql.begin((tx) => appendEvents(tx, [event]));
  const old = await append();
  await sql`SELECT ensure_event_partitions(30000000)`;
  // The last events of a full partition are still to come.
  const start = 9_999_950n;
  await sql`UPDATE event_head SET position = ${start.toString()}::bigint`;

  const hub = new EventHub(start);
  const tail = new EventTail({
    sql,
    listenUrl: db.url,
    from: { position: start, at: null },
    onEvents: (events) => hub.publish(events),
    onLost: () => Promise.reject(new Error('nothing was lost')),
    onDeaf: () => {},
    onError: () => {},
  });
  await tail.start();
  const watch: Watch = { types: ['PARTNER_CREATED'] };
  const follower = new LogFollower({ sql, hub }, watch, { after: start, history: 0 });
  const behind = new LogFollower({ sql, hub }, watch, { after: old - 1n, history: 0 });
  expect((await behind.next()).value?.position).toBe(old);
  const told: bigint[] = [];
  const following = (async () => {
    for await (const { position } of follower) told.push(position);
  })();
  let over = false;
  const written: bigint[] = [];
  const writers = [1, 2].map(async () => {
    while (!over) written.push(await append());
  });
  const atLeast = (count: number) =>
    expect.poll(() => written.length, { timeout: 20_000 }).toBeGreaterThan(count);
  await atLeast(60);
  // Somebody who reads for a long time has the table, and the drop has to wait for him. The writers have not.
  let letGo = () => {};
  const goes = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let hasRead = false;
  const reading = sql.begin(async (tx) => {
    await tx`SELECT count(*) FROM events`;
    hasRead = true;
    await goes;
  });
  await expect.poll(() => hasRead, { timeout: 20_000 }).toBe(true);
  const dropping = removeExpired(
    { sql, audit: new AuditLog(sql), ownerUrl: db.url },
    { ...NOTHING, events: -1 },
  );
  await atLeast(written.length + 100);
  expect(await sql`SELECT 1 FROM events_p0 LIMIT 1`).toHaveLength(1);
  letGo();
  await Promise.all([reading, dropping]);
  await atLeast(written.length + 50);
  over = true;
  await Promise.all(writers);

  expect(await sql`SELECT 1 FROM pg_class WHERE relname = 'events_p0'`).toEqual([]);
  const all = written.toSorted((a, b) => Number(a - b));
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(all.length);
  expect(told).toEqual(all);
  await expect(behind.next()).rejects.toBeInstanceOf(CursorExpired);
  await follower.return();
  await following;
  await tail.stop();
  await db.drop();
});
