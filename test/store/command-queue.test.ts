import { expect, test } from 'vitest';
import type { Command } from '../../src/store/writer/command.ts';
import { CommandQueue } from '../../src/store/writer/command-queue.ts';

const commandFor = (cards: number): Command<unknown> => ({
  actorId: '',
  needs: { cards: Array.from({ length: cards }, (_, n) => `${n}`) },
  decide: () => ({ outcome: null }),
});

test.each([
  ['by their number', Array(600).fill(1), [256, 256, 88]],
  ['by their cards: chunks of a bulk change', Array(5).fill(500), [2, 2, 1]],
  ['by their cards: a chunk behind recharges', [1, 1, 999, 1], [2, 2]],
  ['and one at least', [5_000, 1], [1, 1]],
])('commands are grouped %s', (_what, cards, groups) => {
  const queue = new CommandQueue({ groupSize: 256, limit: 1_000 });
  const rest = { deadline: performance.now() + 60_000, resolve: () => {}, reject: () => {} };
  for (const count of cards) queue.add({ command: commandFor(count), ...rest });
  const taken: number[] = [];
  while (!queue.isEmpty) taken.push(queue.take().length);
  expect(taken).toEqual(groups);
});
