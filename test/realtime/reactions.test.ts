import { expect, test, vi } from 'vitest';
import { type LogEntry, readEvent, SYSTEM_ACTOR } from '../../src/domain/event.ts';
import { reactToEvents, startAnew } from '../../src/realtime/reactions.ts';

function instance() {
  const done: string[] = [];
  const noted =
    (what: string) =>
    (about?: unknown): void => {
      done.push(typeof about === 'object' ? what : `${what} ${about ?? ''}`.trim());
    };
  return {
    done,
    rateBook: { invalidate: noted('rates') },
    terms: { forget: noted('terms') },
    stats: { take: noted('stats') },
    hub: { publish: noted('published') },
    keysChanged: () => noted('keys')(),
    partnersChanged: async () => {
      await Promise.resolve();
      noted('partners')();
    },
    laterVersion: () => noted('later version')(),
  };
}

let position = 0n;
function entry(type: string, payload: unknown, about: Partial<LogEntry> = {}): LogEntry {
  position += 1n;
  return readEvent({ ...about, type, payload, position, at: new Date(0), actorId: SYSTEM_ACTOR });
}

const key = { apiKeyId: 'k0', prefix: 'clk_', role: 'SUPPORT' };

test('what an event makes out of date is renewed before any subscriber gets the event', async () => {
  const here = instance();
  await reactToEvents(
    [
      entry('RATES_IMPORTED', { rateGroupId: 'g0', imported: 1, withdrawn: 0, version: 2 }),
      entry('CALL_TERMS_CHANGED', { rateGroupId: 'g1', version: 2 }),
      entry('BATCH_CHANGED', { name: null, lowBalanceThreshold: null }, { batchId: 'b0' }),
      entry('PARTNER_MOVED', { parentId: null }),
      entry('PARTNER_SUSPENDED', { parentId: null }),
      entry('API_KEY_REVOKED', key),
      entry('API_KEY_CREATED', key),
      entry('PINS_FAILED', { count: 1 }),
    ],
    here,
  );
  expect(here.done).toEqual(['rates g0', 'rates g1', 'terms b0', 'keys', 'partners', 'stats', 'published']);
});

test('when the log has lost its end, everything is forgotten before subscribers are ended', async () => {
  const { done, keysChanged, partnersChanged } = instance();
  const note = (what: string) => () => void done.push(what);
  const start = { place: { position: 5n, at: null }, now: new Date(0), inProgress: [], lastMinute: [] };
  await startAnew(start, {
    caches: [{ clear: note('one') }, { clear: note('other') }],
    stats: { restart: note('stats') },
    hub: { restart: (position) => void done.push(`ended at ${position}`) },
    keysChanged,
    partnersChanged,
  });
  expect(done).toEqual(['one', 'other', 'keys', 'partners', 'stats', 'ended at 5']);
});

test("an event of a later version may be about anybody's access", async () => {
  const here = instance();
  await reactToEvents([entry('API_KEY_FROZEN', {})], here);
  expect(here.done).toEqual(['later version', 'keys', 'partners', 'stats', 'published']);
});

test('while an instance can not be renewed, nobody gets the events', async () => {
  const publish = vi.fn();
  const here = { ...instance(), hub: { publish }, partnersChanged: () => Promise.reject(new Error('away')) };
  const moved = [entry('PARTNER_MOVED', { parentId: null }), entry('API_KEY_REVOKED', key)];
  await expect(reactToEvents(moved, here)).rejects.toThrow('away');
  expect(publish).not.toHaveBeenCalled();
  expect(here.done).toEqual(['keys']);
});
