import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  CardBalanceChangedDocument,
  CardDocument,
  CardsDocument,
  RechargeCardDocument,
} from '../../../src/client/operations.ts';
import { toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { createCardBatch } from '../../../src/store/batches/card-batches.ts';
import { verify } from '../../../src/store/verification.ts';
import { euros, newKey } from '../../harness/api.ts';
import { orderLike } from '../../harness/batch-orders.ts';
import { BEGINNING } from '../../harness/batches.ts';
import { type MadeCards, makeActiveCards, makeRateGroup, OPERATOR } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';
import { type Bouncer, pgBouncer, startBouncer } from '../../harness/processes/pgbouncer.ts';
import {
  runServerProcess,
  type ServerProcess,
  startInstance,
} from '../../harness/processes/server-process.ts';

/** Of PostgreSQL, for the two instances' thirty connections and more. */
const SESSIONS = 6;
const CARDS = 20;

if (!pgBouncer)
  console.log('PgBouncer is not installed (Debian: apt install pgbouncer): its tests are left out.');

describe.runIf(pgBouncer)('behind PgBouncer in transaction mode, with a direct connection for LISTEN', () => {
  const db = useDatabase();
  let made: MadeCards;
  let bouncer: Bouncer;
  let instances: ServerProcess[];
  let clients: Client[];

  beforeAll(async () => {
    await makeRateGroup(db.database.sql);
    made = await makeActiveCards(db.database.sql, { count: CARDS });
    bouncer = await startBouncer(db.url, SESSIONS);
    // PgBouncer before 1.21 knows nothing of prepared statements.
    const environment = { DATABASE_LISTEN_URL: db.url, DATABASE_PREPARED_STATEMENTS: 'false' };
    const first = await startInstance(bouncer.url, environment);
    instances = [first, await startInstance(bouncer.url, environment)];
    const key = first.firstKey();
    clients = instances.map(({ url }) => createClient({ url, key }));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await Promise.all(instances.map((instance) => instance.stop('SIGTERM')));
    await bouncer.stop();
  });

  const idOf = (place: number) => toGlobalId('Card', made.cards[place % CARDS]?.id ?? '');
  const recharge = (client: Client | undefined, place: number, idempotencyKey = newKey()) =>
    client?.request(RechargeCardDocument, {
      input: { card: { id: idOf(place) }, amount: euros('1'), idempotencyKey },
    });

  test('recharges, screens and subscriptions work on both instances', async () => {
    const [one, other] = clients;
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { cardBalanceChanged } of other?.subscribe(CardBalanceChangedDocument, {
        after: BEGINNING,
        batchId: toGlobalId('CardBatch', made.batchId),
      }) ?? []) {
        seen.push(cardBalanceChanged.cursor);
        // The activation is one event.
        if (seen.length === 1 + 400) break;
      }
    })();
    const answers = await Promise.all(Array.from({ length: 400 }, (_, n) => recharge(clients[n % 2], n)));
    expect(new Set(answers.map((answer) => answer?.result.__typename))).toEqual(
      new Set(['RechargeCardPayload']),
    );
    await watching;
    expect(new Set(seen).size).toBe(401);
    const screens = await Promise.all(
      Array.from({ length: 60 }, (_, n) => clients[n % 2]?.request(CardDocument, { by: { id: idOf(n) } })),
    );
    expect(new Set(screens.map((screen) => screen?.card?.balance.amount))).toEqual(new Set(['25.00']));
    const list = await one?.request(CardsDocument, { first: CARDS });
    expect(list?.cards.edges).toHaveLength(CARDS);
  });

  test('a start that relies on prepared statements says what to set', async () => {
    const { code, output } = await runServerProcess({
      DATABASE_URL: bouncer.url,
      DATABASE_LISTEN_URL: db.url,
      CARDLINE_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
    });
    expect(output).toContain('set DATABASE_PREPARED_STATEMENTS=false');
    expect(code).toBe(2);
  });

  test('a connection that listens through it is reported, and events arrive all the same', async () => {
    const deaf = await startInstance(bouncer.url, { DATABASE_PREPARED_STATEMENTS: 'false' });
    try {
      await expect
        .poll(() => deaf.output(), { timeout: 20_000 })
        .toContain('set DATABASE_LISTEN_URL to PostgreSQL itself');
      for (const instance of instances) expect(instance.output()).not.toContain('DATABASE_LISTEN_URL');
    } finally {
      await deaf.stop('SIGTERM');
    }
  });

  test('fifty identical recharges at once move money once', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => recharge(clients[n % 2], 0, key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [count] = await db.database
      .sql`SELECT count(*)::int AS count FROM idempotency_keys WHERE key = ${key}`;
    expect(count).toEqual({ count: 1 });
  });

  test('a batch is made, by COPY', async () => {
    const { sql } = db.database;
    const rateGroupId = await makeRateGroup(sql);
    const order = orderLike({ rateGroupId, quantity: 25_000, serialPrefix: 'PGB' });
    const id = await createCardBatch(sql, order, OPERATOR.actorId);
    await expect
      .poll(async () => sql`SELECT state, made FROM card_batches WHERE id = ${id}`, { timeout: 30_000 })
      .toEqual([{ state: 'READY', made: 25_000 }]);
  });

  test('a restart of PgBouncer is outlived, with every recharge there once', async () => {
    let restarts = 0;
    const isDone = async (place: number, key: string) => {
      const answer = await recharge(clients[place % 2], place, key)?.catch(() => undefined);
      return answer?.result.__typename === 'RechargeCardPayload';
    };
    const clerks = Array.from({ length: 10 }, async (_, n) => {
      let acknowledged = 0;
      for (; restarts < 3; acknowledged += 1) {
        const key = newKey();
        while (!(await isDone(n, key)));
      }
      return acknowledged;
    });
    const [before] = await transfers();
    for (; restarts < 3; restarts += 1) {
      const [{ count } = { count: 0 }] = await transfers();
      await expect
        .poll(async () => (await transfers())[0]?.count, { timeout: 20_000 })
        .toBeGreaterThan(count + 20);
      await bouncer.restart();
    }
    const acknowledged = (await Promise.all(clerks)).reduce((sum, each) => sum + each, 0);
    const [after] = await transfers();
    expect((after?.count ?? 0) - (before?.count ?? 0)).toBe(acknowledged);
    for (const { child } of instances) expect(child.exitCode ?? child.signalCode).toBeNull();
    expect(await verify(db.database.sql)).toMatchObject({ clean: true });
  }, 90_000);

  const transfers = () => db.database.sql<{ count: number }[]>`SELECT count(*)::int AS count FROM transfers`;
});
