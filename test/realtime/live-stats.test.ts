import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { snapshotOfCard } from '../../src/domain/cards/card-event.ts';
import type { LogEntry, LoggedEvent } from '../../src/domain/event.ts';
import { LiveStats, type StatsScope } from '../../src/realtime/live-stats.ts';
import { addCounts, MinuteCounter, noCounts } from '../../src/realtime/minute-counter.ts';
import { StatsStream } from '../../src/realtime/stats-stream.ts';
import { cardLike } from '../harness/cards.ts';

const PARTNERS = ['p0', 'p1', undefined];
const ALL: StatsScope = { key: 'all', partnerIds: () => undefined };
const OF_BOTH: StatsScope = { key: 'p0', partnerIds: () => ['p0', 'p1'] };
const OF_ONE: StatsScope = { key: 'p1', partnerIds: () => ['p1'] };

type StepOf<Event> = Event extends LogEntry ? Pick<Event, 'type' | 'partnerId' | 'payload'> : never;
type Step = StepOf<LoggedEvent>;

const card = { serial: 'T0000000001', ...snapshotOfCard(cardLike()) };
const call = {
  id: 'c0',
  switchCallId: 's0',
  state: 'AUTHORIZED',
  destination: null,
  refusal: null,
  grantedSeconds: 60,
  limit: 'SLICE',
  usedSeconds: 0,
  charge: '0.00',
} as const;
const moved = { transferId: 't0', kind: 'RECHARGE' } as const;
const locked = { card, reason: 'OPERATOR', note: null, unlockAt: null } as const;
const step = (event: Step) =>
  fc
    .constantFrom(...PARTNERS)
    .map((partnerId): Step => ({ ...event, ...(partnerId !== undefined && { partnerId }) }));

const anyStep = fc.oneof(
  step({ type: 'CALL_AUTHORIZED', payload: { card, call } }),
  step({ type: 'CALL_REFUSED', payload: { card, call } }),
  step({ type: 'CALL_COMPLETED', payload: { card, call, change: '-0.50' } }),
  step({ type: 'CALL_COMPLETED', payload: { card, call, change: '0.25', late: true } }),
  step({ type: 'CALL_CANCELLED', payload: { card, call } }),
  step({ type: 'CALL_ABANDONED', payload: { card, call, change: '-0.10' } }),
  step({ type: 'CARD_RECHARGED', payload: { card, ...moved, change: '10.00' } }),
  step({
    type: 'VOUCHER_REDEEMED',
    payload: { card: { ...card, currency: 'USD' }, ...moved, change: '5.00', reason: 'voucher' },
  }),
  step({ type: 'CARD_LOCKED', payload: locked }),
  step({ type: 'PINS_FAILED', payload: { count: 3 } }),
  step({ type: 'BATCH_PROGRESS', payload: { state: 'GENERATING', made: 1, quantity: 2 } }),
);

const logged = (steps: readonly Step[], now: Date): LogEntry[] =>
  steps.map((each, n) => ({ ...each, actorId: 'a0', at: now, position: BigInt(n + 1) }));

describe('live statistics', () => {
  const now = new Date('2026-03-01T12:00:00.500Z');

  test('are the same wherever in the log their counting began', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), fc.nat(60), (steps, place) => {
        const events = logged(steps, now);
        const fromTheBeginning = new LiveStats({ now, inProgress: [], lastMinute: [] });
        fromTheBeginning.take(events.slice(0, place));
        // What an index of the calls in progress would say there, and the log of the minute before.
        const inProgress = PARTNERS.map((partnerId) => ({
          partnerId: partnerId ?? null,
          calls: fromTheBeginning.now({ key: '', partnerIds: () => [partnerId ?? ''] }).callsInProgress,
        }));
        const nobodys =
          fromTheBeginning.now(ALL).callsInProgress - fromTheBeginning.now(OF_BOTH).callsInProgress;
        const start = {
          now,
          inProgress: [...inProgress.slice(0, 2), { partnerId: null, calls: nobodys }],
          lastMinute: events.slice(0, place).toReversed(),
        };
        const fromThere = new LiveStats(start);
        // Events that turned out to be lost, whatever they were.
        const restarted = new LiveStats({ now, inProgress: [], lastMinute: [] });
        restarted.take(events);
        restarted.restart(start);
        for (const stats of [fromTheBeginning, fromThere, restarted]) stats.take(events.slice(place));
        for (const scope of [ALL, OF_BOTH, OF_ONE]) {
          const { at: _at, ...expected } = fromTheBeginning.now(scope);
          for (const stats of [fromThere, restarted]) {
            const { at: _other, ...counted } = stats.now(scope);
            expect(counted).toEqual(expected);
          }
        }
      }),
    );
  });

  test('count what happened, for the partner it happened to', () => {
    const steps: Step[] = [
      { type: 'CALL_AUTHORIZED', partnerId: 'p1', payload: { card, call } },
      { type: 'CALL_AUTHORIZED', partnerId: 'p0', payload: { card, call } },
      { type: 'CALL_COMPLETED', partnerId: 'p0', payload: { card, call, change: '-0.50' } },
      { type: 'CALL_COMPLETED', partnerId: 'p0', payload: { card, call, change: '0.25', late: true } },
      { type: 'CARD_RECHARGED', partnerId: 'p1', payload: { card, ...moved, change: '10.00' } },
      { type: 'CARD_RECHARGED', payload: { card: { ...card, currency: 'USD' }, ...moved, change: '7.00' } },
      { type: 'PINS_FAILED', payload: { count: 3 } },
    ];
    const stats = new LiveStats({ now, inProgress: [{ partnerId: null, calls: 2 }], lastMinute: [] });
    stats.take(logged(steps, now));
    expect(stats.now(ALL)).toMatchObject({
      callsInProgress: 3,
      minute: { authorizations: 2, failedPins: 3 },
    });
    expect(stats.now(ALL).minute.recharged).toEqual(
      new Map([
        ['EUR', 10_000_000n],
        ['USD', 7_000_000n],
      ]),
    );
    expect(stats.now(OF_BOTH)).toMatchObject({ callsInProgress: 1, minute: { recharges: 1, failedPins: 0 } });
    expect(stats.now(OF_BOTH).minute.charged).toEqual(new Map([['EUR', 250_000n]]));
    expect(stats.now(OF_ONE).minute).toMatchObject({ authorizations: 1, recharges: 1, charged: new Map() });
  });

  test('forget what is older than a minute, by when it happened', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 50 }), fc.nat(260), (seconds, later) => {
        const counter = new MinuteCounter();
        for (const second of seconds) counter.add(second, { ...noCounts(), locks: 1 });
        counter.forgetBefore(later);
        const kept = seconds.filter((second) => second > later - 60).length;
        expect(counter.sums).toEqual({ ...noCounts(), locks: kept });
        expect(counter.isEmpty).toBe(kept === 0);
      }),
    );
  });

  test('count nothing of before the last minute, but for calls', () => {
    const stats = new LiveStats({ now, inProgress: [], lastMinute: [] });
    const hourAgo = new Date(now.getTime() - 3_600_000);
    stats.take(logged([{ type: 'CALL_AUTHORIZED', payload: { card, call } }], hourAgo));
    expect(stats.now(ALL)).toMatchObject({ callsInProgress: 1, minute: noCounts() });
  });

  test('of seconds that are over are let go while nobody watches', () => {
    vi.useFakeTimers();
    const seconds = vi.spyOn(Map.prototype, 'delete');
    try {
      const stats = new LiveStats({ now, inProgress: [], lastMinute: [] });
      for (let second = 0; second < 600; second += 1) {
        vi.advanceTimersByTime(1_000);
        const at = new Date(now.getTime() + (second + 1) * 1_000);
        stats.take(logged([{ type: 'CARD_LOCKED', payload: locked, partnerId: 'p0' }], at));
      }
      // Of all and of the partner: what is older than a minute, each second once.
      expect(seconds.mock.calls.filter(([key]) => typeof key === 'number')).toHaveLength(2 * (600 - 60));
      expect(stats.now(ALL).minute.locks).toBe(60);
    } finally {
      seconds.mockRestore();
      vi.useRealTimers();
    }
  });

  test('are summed up once a second for all who watch the same, and not at all for nobody', async () => {
    vi.useFakeTimers();
    try {
      const stats = new LiveStats({ now, inProgress: [], lastMinute: [] });
      const asked = vi.fn(() => ['p0']);
      const scope = { key: 'p0', partnerIds: asked };
      const watching = Array.from({ length: 50 }, () => stats.watch(scope));
      for (const each of watching) await each.next();
      asked.mockClear();
      const waiting = watching.map((each) => each.next());
      await vi.advanceTimersByTimeAsync(1_000);
      const [first, ...others] = await Promise.all(waiting);
      for (const other of others) expect(other?.value).toBe(first?.value);
      expect(asked).toHaveBeenCalledTimes(1);
      for (const each of watching) await each.return?.();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

test('sums come out as they went in, in whatever order', () => {
  const one = { ...noCounts(), recharged: new Map([['EUR', 5n]]), locks: 2 };
  const sums = noCounts();
  addCounts(sums, one);
  addCounts(sums, one);
  addCounts(sums, one, -1);
  expect(sums).toEqual(one);
  addCounts(sums, one, -1);
  expect(sums).toEqual(noCounts());
});

test('a slow reader gets the latest figures, and one that leaves while it waits is released', async () => {
  const closed = vi.fn();
  const stream = new StatsStream(1, closed);
  stream.push(2);
  stream.push(3);
  expect(await stream.next()).toEqual({ value: 3, done: false });
  const waiting = stream.next();
  await stream.return();
  await stream.return();
  expect(await waiting).toEqual({ value: undefined, done: true });
  expect(closed).toHaveBeenCalledTimes(1);
});
