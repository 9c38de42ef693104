import { and, inArray, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Card } from '../../../src/domain/cards/card.ts';
import { type CardState, cardState } from '../../../src/domain/cards/card-state.ts';
import { stateIs, stateNow } from '../../../src/store/cards/card-state-sql.ts';
import { cards } from '../../../src/store/schema/cards.ts';
import { type MadeCards, makeCards } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';

type Timed = Pick<Card, 'status' | 'validUntil' | 'graceUntil' | 'lockedAt' | 'unlockAt'>;

const STATES: readonly CardState[] = [
  ...(['INACTIVE', 'ACTIVE', 'LOCKED', 'IN_GRACE', 'EXPIRED', 'DEACTIVATED', 'CLOSED'] as const),
];
const NOW = new Date('2026-06-01T12:00:00.000Z');
const COUNT = 60;

const db = useDatabase();
let made: MadeCards;
beforeAll(async () => {
  made = await makeCards(db.database.sql, { count: COUNT });
});

/** Around now by a millisecond or by a day, now itself, or never. */
const instant = fc.constantFrom(-86_400_000, -1, 0, 1, 86_400_000).map((ms) => new Date(NOW.getTime() + ms));
const timed: fc.Arbitrary<Timed> = fc.record({
  status: fc.constantFrom('INACTIVE', 'ACTIVE', 'IN_GRACE', 'DEACTIVATED', 'CLOSED'),
  validUntil: fc.option(instant),
  graceUntil: fc.option(instant),
  lockedAt: fc.option(fc.constant(new Date(NOW.getTime() - 1000))),
  unlockAt: fc.option(instant),
});

test('the states in SQL are those of the rules, at every edge, and each card is in exactly one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(timed, { minLength: COUNT, maxLength: COUNT }), async (given) => {
      await store(given);
      for (const state of STATES) {
        const expected = given.flatMap((card, place) => (cardState(card, NOW) === state ? [place] : []));
        expect([state, await placesIn(state)]).toEqual([state, expected]);
      }
      expect(await statesTold()).toEqual(given.map((card) => cardState(card, NOW)));
    }),
    { numRuns: 25 },
  );
});

const ids = () => made.cards.map(({ id }) => id);

async function store(given: readonly Timed[]): Promise<void> {
  const instants = (field: 'validUntil' | 'graceUntil' | 'lockedAt' | 'unlockAt') =>
    given.map((card) => card[field]?.toISOString() ?? null);
  await db.database.sql`
    UPDATE cards SET status = n.status::card_status, valid_until = n.valid_until, grace_until = n.grace_until,
      locked_at = n.locked_at, unlock_at = n.unlock_at,
      lock_reason = CASE WHEN n.locked_at IS NOT NULL THEN 'OPERATOR'::lock_reason END
    FROM unnest(${ids()}::uuid[], ${given.map(({ status }) => status)}::text[],
      ${instants('validUntil')}::timestamptz[], ${instants('graceUntil')}::timestamptz[],
      ${instants('lockedAt')}::timestamptz[], ${instants('unlockAt')}::timestamptz[])
      AS n (id, status, valid_until, grace_until, locked_at, unlock_at)
    WHERE cards.id = n.id`;
}

/** The state of each card as the expression for counting tells it. */
async function statesTold(): Promise<string[]> {
  const state = stateNow('c').replaceAll('now()', `'${NOW.toISOString()}'::timestamptz`);
  const rows = await db.database.sql.unsafe<{ id: string; state: string }[]>(
    `SELECT c.id, ${state} AS state FROM cards AS c`,
  );
  const states = new Map(rows.map((row) => [row.id, row.state]));
  return ids().map((id) => states.get(id) ?? '');
}

/** The places, in the order they were made in, of the cards that the database finds in a state. */
async function placesIn(state: CardState): Promise<number[]> {
  const found = await db.database.drizzle
    .select({ id: cards.id })
    .from(cards)
    .where(and(inArray(cards.id, ids()), stateIs(cards, state, sql`${NOW.toISOString()}::timestamptz`)));
  return found.map(({ id }) => ids().indexOf(id)).toSorted((a, b) => a - b);
}
