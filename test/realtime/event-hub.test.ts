import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { EventType, LogEntry } from '../../src/domain/event.ts';
import type { Branch } from '../../src/domain/partners/branch.ts';
import { EventHub } from '../../src/realtime/event-hub.ts';
import type { EventStream } from '../../src/realtime/event-stream.ts';
import type { Watch, WatchedCard } from '../../src/realtime/event-watch.ts';

/** A world so small that watches and events meet often: each batch has six cards, and some have a partner. */
const TYPES: readonly EventType[] = ['CARD_RECHARGED', 'CARDS_ACTIVATED', 'BATCH_PROGRESS'];
const PARTNERS = ['p0', 'p1'];
/** The one is below the other. */
const upwards = (id: string) => (id === 'p1' ? ['p1', 'p0'] : [id]);
const branch = (rootId: string): Branch => ({
  rootId,
  has: (id) => typeof id === 'string' && upwards(id).includes(rootId),
  ids: () => PARTNERS.filter((id) => upwards(id).includes(rootId)),
});
const BATCHES = [
  { id: 'b0', partnerId: 'p0' },
  { id: 'b1', partnerId: 'p1' },
  { id: 'b2', partnerId: undefined },
];
const CARDS: readonly (WatchedCard & { readonly partnerId: string | undefined })[] = BATCHES.flatMap(
  ({ id: batchId, partnerId }) =>
    Array.from({ length: 6 }, (_, number) => ({ id: `${batchId}-${number}`, batchId, number, partnerId })),
);

type About = Partial<Omit<LogEntry, 'type' | 'payload'>>;

/** Of its payload nothing is read here. */
const happening = (about: About, type: EventType) =>
  ({ type, at: new Date(0), position: 0n, actorId: 'even', payload: {}, ...about }) as LogEntry;

const type = fc.constantFrom(...TYPES);
const owned = (partnerId: string | undefined) => partnerId !== undefined && { partnerId };

/** About one card, a range of cards, a whole batch, a partner, or nobody: each shape that the log holds. */
const anyHappening: fc.Arbitrary<LogEntry> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...CARDS).map(({ id, batchId, partnerId }) => ({
        cardId: id,
        batchId,
        ...owned(partnerId),
      })),
      fc.tuple(fc.constantFrom(...BATCHES), fc.nat(5), fc.nat(5)).map(([{ id, partnerId }, one, other]) => ({
        batchId: id,
        fromNumber: Math.min(one, other),
        toNumber: Math.max(one, other),
        ...owned(partnerId),
      })),
      fc.constantFrom(...BATCHES).map(({ id, partnerId }) => ({ batchId: id, ...owned(partnerId) })),
      fc.constantFrom(...PARTNERS).map((partnerId) => ({ partnerId })),
      fc.constant({}),
    ),
    type,
    fc.boolean(),
  )
  .map(([about, kind, odd]) => happening({ ...about, actorId: odd ? 'odd' : 'even' }, kind));

/** Any combination of what a subscriber may name, contradictory ones and no card at all among them. */
const anyWatch: fc.Arbitrary<Watch> = fc.record(
  {
    types: fc.uniqueArray(type, { minLength: 1 }),
    wanted: fc.constant(({ actorId }: LogEntry) => actorId === 'odd'),
    cards: fc.array(fc.constantFrom(...CARDS), { maxLength: 5 }),
    batchId: fc.constantFrom(...BATCHES.map(({ id }) => id)),
    partnerId: fc.constantFrom(...PARTNERS),
    owner: fc.constantFrom(...PARTNERS).map(branch),
  },
  { requiredKeys: ['types'] },
);

/** The cards an event is about, one by one: the long way round that `isAbout` spares itself. */
function cardsOf({ cardId, batchId, fromNumber, toNumber }: LogEntry): string[] {
  if (cardId !== undefined) return [cardId];
  const numbers = Array.from({ length: 6 }, (_, number) => number);
  return numbers
    .filter((number) => fromNumber !== undefined && number >= fromNumber && number <= (toNumber ?? -1))
    .map((number) => `${batchId}-${number}`);
}

/** What the manual says a subscriber gets, without an index and without `fits`. */
function isFor({ types, wanted, cards, batchId, partnerId, owner }: Watch, event: LogEntry): boolean {
  const conditions = [
    types.some((each) => each === event.type),
    wanted?.(event) ?? true,
    cards === undefined || cardsOf(event).some((id) => cards.some((card) => card.id === id)),
    batchId === undefined || event.batchId === batchId,
    partnerId === undefined || event.partnerId === partnerId,
    owner === undefined || owner.ids().some((id) => id === event.partnerId),
  ];
  return conditions.every(Boolean);
}

/** What was pushed to a stream that is being left: all of it is there, since nobody awaits between. */
async function unreadOf(stream: EventStream, count: number): Promise<bigint[]> {
  const positions: bigint[] = [];
  while (positions.length < count) {
    const event = await stream.next();
    if (!event) break;
    positions.push(event.position);
  }
  return positions;
}

type Step =
  | { readonly watch: Watch }
  | { readonly leave: number }
  | { readonly publish: readonly LogEntry[] };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: anyWatch.map((watch) => ({ watch })) },
  { weight: 1, arbitrary: fc.nat(30).map((leave) => ({ leave })) },
  {
    weight: 4,
    arbitrary: fc.array(anyHappening, { minLength: 1, maxLength: 6 }).map((publish) => ({ publish })),
  },
);

interface Guest {
  readonly watch: Watch;
  readonly stream: EventStream;
  readonly expected: bigint[];
}

describe('the event hub', () => {
  test('delivers to each subscriber what it watches, in order and once, however subscribers come and go', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const hub = new EventHub(0n, upwards);
        const present: Guest[] = [];
        const check = async ({ stream, expected }: Guest) => {
          expect(await unreadOf(stream, expected.length)).toEqual(expected);
          // Were there one event more, this would be answered at once.
          const beyond = vi.fn();
          stream.next().then(beyond);
          await Promise.resolve();
          expect(beyond).not.toHaveBeenCalled();
          stream.close();
        };
        for (const step of steps) {
          if ('watch' in step) {
            present.push({ watch: step.watch, stream: hub.subscribe(step.watch), expected: [] });
          } else if ('leave' in step) {
            const [guest] = present.splice(step.leave, 1);
            if (guest) await check(guest);
          } else {
            const from = hub.position + 1n;
            const events = step.publish.map((event, n) => ({ ...event, position: from + BigInt(n) }));
            hub.publish(events);
            for (const { watch, expected } of present) {
              expected.push(...events.filter((event) => isFor(watch, event)).map(({ position }) => position));
            }
          }
          expect(hub.subscribers).toBe(present.length);
        }
        for (const guest of present) await check(guest);
        expect(hub.subscribers).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test('consults no subscriber that has left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyWatch, { maxLength: 20 }), async (watches) => {
        const hub = new EventHub(0n, upwards);
        const wanted = vi.fn(() => true);
        const streams = watches.map((watch) => hub.subscribe({ ...watch, types: TYPES, wanted }));
        for (const stream of streams) {
          stream.close();
          stream.close();
        }
        expect(hub.subscribers).toBe(0);
        const everything = [
          ...CARDS.map(({ id, batchId, partnerId }) => ({ cardId: id, batchId, ...owned(partnerId) })),
          ...BATCHES.map(({ id, partnerId }) => ({
            batchId: id,
            fromNumber: 0,
            toNumber: 5,
            ...owned(partnerId),
          })),
        ];
        hub.publish(
          everything.map((about, n) => ({
            ...happening(about, 'CARD_RECHARGED'),
            position: BigInt(n + 1),
          })),
        );
        // A subscriber that was left in the index would have been asked whether it wants them.
        expect(wanted).not.toHaveBeenCalled();
      }),
    );
  });

  test('drops a subscriber that falls behind, says at which position, and continues with the others', async () => {
    const hub = new EventHub(0n, upwards);
    const watch: Watch = { types: TYPES };
    const slow = hub.subscribe(watch, 3);
    const steady = hub.subscribe(watch, 3);
    const tell = (position: bigint) => hub.publish([{ ...happening({}, 'CARD_RECHARGED'), position }]);
    tell(1n);
    expect([await unreadOf(slow, 1), await unreadOf(steady, 1)]).toEqual([[1n], [1n]]);
    for (const position of [2n, 3n, 4n, 5n, 6n]) {
      tell(position);
      expect(await unreadOf(steady, 1)).toEqual([position]);
    }
    expect(hub.subscribers).toBe(1);
    // What it had not read is dropped: it reads the log after this position.
    expect(slow.behind).toBe(1n);
    expect(await slow.next()).toBeUndefined();
    steady.close();
    expect(hub.subscribers).toBe(0);
  });

  test('wakes a waiting subscriber, and releases one that leaves while it waits', async () => {
    const hub = new EventHub(7n);
    const stream = hub.subscribe({ types: TYPES });
    const first = stream.next();
    hub.publish([{ ...happening({}, 'CARD_RECHARGED'), position: 8n }]);
    expect(await first).toMatchObject({ position: 8n });
    const second = stream.next();
    stream.close();
    expect(await second).toBeUndefined();
    expect(hub.subscribers).toBe(0);
  });
});
