import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import { AuthorizeCallDocument, RechargeCardsDocument } from '../../src/client/operations.ts';
import { OwnerLimiter } from '../../src/store/batching/owner-limiter.ts';
import { verify } from '../../src/store/verification.ts';
import { euros, newKey, useApi } from '../harness/api.ts';
import { makeRateGroup } from '../harness/cards.ts';
import { succeeded } from '../harness/refusals.ts';

test('turns: none idles while its owner has room, none has more at once than it may, each owner keeps its order', async () => {
  const owner = fc.constantFrom('a', 'b', 'c');
  const step = fc.record({
    owner,
    what: fc.constantFrom('enter' as const, 'enter' as const, 'leave' as const),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(step, { maxLength: 60 }),
      async (atOnce, steps) => {
        const turns = new OwnerLimiter(atOnce);
        const model = new Map(
          ['a', 'b', 'c'].map((each) => [each, { asked: 0, ended: 0, began: [] as number[] }]),
        );
        for (const { owner: id, what } of steps) {
          const own = model.get(id);
          if (!own) continue;
          if (what === 'enter') {
            const place = own.asked++;
            const turn = turns.enter(id);
            if (turn) void turn.then(() => own.began.push(place));
            else own.began.push(place);
          } else if (own.began.length > own.ended) {
            own.ended += 1;
            turns.leave(id);
          }
          await Promise.resolve();
          for (const [each, { asked, ended, began }] of model) {
            const begun = Math.min(asked, ended + atOnce);
            expect(began).toEqual(Array.from({ length: begun }, (_, n) => n));
            expect(turns.waiting(each)).toBe(asked - begun);
          }
        }
      },
    ),
  );
});

const LISTS = 8;
const ROWS = 150;

const api = useApi();
let caller: Client;
beforeAll(async () => {
  caller = createClient({ url: api.url, key: await api.secret('SWITCH') });
});
afterAll(async () => {
  await caller.close();
  expect(await verify(api.db.database.sql)).toMatchObject({ clean: true });
});

test('a switch is answered while most of the lists that one partner sent before still wait', async () => {
  const { sql } = api.db.database;
  const rateGroupId = await makeRateGroup(sql, [{ prefix: '39', pricePer1e8Minute: 6_000_000n }]);
  const { cards: callers } = await api.cards({ count: 3, rateGroupId });
  const anis = callers.map((_card, n) => `+39061000000${n}`);
  await sql`
    INSERT INTO number_bindings (number, card_id, created_at)
    SELECT ani, card, now() FROM unnest(${anis}::text[], ${callers.map(({ uuid }) => uuid)}::uuid[]) AS n (ani, card)`;
  const { uuid: partnerId, client } = api.partner;
  const { cards } = await api.cards({ count: ROWS, partnerId });
  let answered = 0;
  const lists = Array.from({ length: LISTS }, async (_, list) => {
    const rows = cards.map(({ id }, n) => ({ key: `row ${list} ${n}`, card: { id }, amount: euros('0.01') }));
    const { result } = await client.request(RechargeCardsDocument, {
      input: { idempotencyKey: newKey(), rows },
    });
    answered += 1;
    return succeeded(result);
  });
  for (const ani of anis) {
    const input = { switchCallId: newKey(), by: { ani }, number: '+390612345678' };
    succeeded((await caller.request(AuthorizeCallDocument, { input })).result);
  }
  expect(answered).toBeLessThanOrEqual(LISTS / 2);
  for (const { recharged } of await Promise.all(lists)) expect(recharged).toBe(ROWS);
});
