import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CardWorld, type Command } from '../../harness/models/card-world.ts';
import type { Setup } from '../../harness/models/reference-card.ts';

const START = Date.parse('2026-03-02T10:00:00Z');
const SETUP: Setup = {
  ...{ type: 'RECHARGEABLE', faceValue: 5_000_000n, validityDays: 2, graceDays: 1, extendsDays: null },
  ...{ lines: 1, callSurcharge: 20_000n, maxPlanSeconds: null, dayCap: null, monthCap: null },
  ...{ hasOverflow: false, slice: 300, freeSeconds: 0, minimumCharge: 0n, maxCharge: null, maxSeconds: null },
};
const AUTHORIZE: Command = { do: 'authorize', id: 0, number: '+39', wish: null };
const complete = (total: number): Command => ({ do: 'complete', id: 0, total });

const seconds = fc.integer({ min: 0, max: 600 });
const repeatable: fc.Arbitrary<Command> = fc.oneof(
  fc.constant(AUTHORIZE),
  fc.record({
    do: fc.constant('extend'),
    id: fc.constant(0),
    request: fc.integer({ min: 1, max: 3 }),
    used: seconds,
  }),
  fc.record({ do: fc.constant('terminate'), id: fc.constant(0) }),
  fc.constantFrom<Command>({ do: 'lock', seconds: null }, { do: 'unlock' }),
);
const ending: fc.Arbitrary<Command> = fc.oneof(
  seconds.map(complete),
  fc.constant<Command>({ do: 'cancel', id: 0 }),
);
/** Anything may come after the end: also what was sent before it, and other ends. */
const late: fc.Arbitrary<Command> = fc.oneof(
  repeatable,
  ending,
  fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(1, 600, 86_400 * 4) }),
  fc.constant<Command>({ do: 'jobs' }),
);

const call = (world: CardWorld) => {
  const only = world.calls.get(0);
  if (!only) throw new Error('There is no call.');
  return only;
};
const charged = (world: CardWorld) => call(world).charge + call(world).surchargePosted;

/** What the call costs when each request comes once, and in order. */
function plainCharge(end: Command): bigint {
  const world = new CardWorld(SETUP, START);
  for (const command of [AUTHORIZE, end]) world.run(command);
  return charged(world);
}

test('whatever is repeated and in whatever order, nothing is granted after the end and the charge is that of the plain order', () => {
  const grants = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(repeatable, { maxLength: 8 }),
      ending,
      fc.array(late, { minLength: 1, maxLength: 12 }),
      (before, end, after) => {
        const world = new CardWorld(SETUP, START);
        for (const command of [AUTHORIZE, ...before]) world.run(command);
        // A call with reported use was answered: its switch completes it after the cancellation was refused.
        const refused = world.run(end) === 'INVALID_INPUT';
        const effective = refused ? complete(call(world).usedSeconds) : end;
        if (refused) world.run(effective);
        expect(charged(world)).toBe(plainCharge(effective));

        const used = call(world).usedSeconds;
        for (const command of after) {
          const answer = world.run(command);
          if (command.do === 'authorize') expect(answer).toBe('0 final');
          if (command.do === 'extend') expect(answer).toBe(`${used} final`);
          if (command.do === 'authorize' || command.do === 'extend') grants.add(command.do);
          expect(charged(world)).toBe(plainCharge(effective));
          expect(world.card.held).toBe(0n);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  expect(grants).toEqual(new Set(['authorize', 'extend']));
});

test.each<[string, Command[], string]>([
  ['a lock', [{ do: 'lock', seconds: null }], '0 final'],
  ['a termination', [{ do: 'terminate', id: 0 }], '0 final'],
  ['a silence that lasted too long', [{ do: 'wait', seconds: 481 }], '0 final'],
  ['an unlocking', [{ do: 'lock', seconds: null }, { do: 'unlock' }], '300'],
  [
    'an extension that a lock cut short, although the card is unlocked again',
    [{ do: 'lock', seconds: null }, { do: 'extend', id: 0, request: 1, used: 90 }, { do: 'unlock' }],
    '90 final',
  ],
])('after %s a repeated authorization grants what is true now', (_what, commands, answer) => {
  const world = new CardWorld(SETUP, START);
  expect(world.run(AUTHORIZE)).toBe('300');
  for (const command of commands) world.run(command);
  const { card } = world;
  expect(world.run(AUTHORIZE)).toBe(answer);
  expect(world.card).toBe(card);
});

test('a repeated request grants nothing more after the end of the validity', () => {
  const world = new CardWorld({ ...SETUP, slice: 86_400, faceValue: 900_000_000n, validityDays: 1 }, START);
  world.run(AUTHORIZE);
  world.run({ do: 'wait', seconds: 86_000 });
  world.run({ do: 'extend', id: 0, request: 1, used: 85_900 });
  world.run({ do: 'wait', seconds: 401 });
  expect(world.run({ do: 'extend', id: 0, request: 1, used: 85_900 })).toBe('85900 final');
  expect(world.run(AUTHORIZE)).toBe('85900 final');
});
