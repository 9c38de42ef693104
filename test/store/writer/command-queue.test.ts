import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Command, CommandClass } from '../../../src/store/writer/command.ts';
import { CommandQueue, type QueuedCommand } from '../../../src/store/writer/command-queue.ts';
import { type Lane, TransactionLimits } from '../../../src/store/writer/transaction-limits.ts';

interface Named {
  readonly name: string;
  readonly owner?: string;
  readonly class?: CommandClass;
  readonly cards?: readonly string[];
}

const never = performance.now() + 3_600_000;

function waitingFor({ name, owner = name, class: which, cards = [`card of ${name}`] }: Named): QueuedCommand {
  const command: Command<unknown> = {
    actorId: name,
    ownerId: owner,
    ...(which && { class: which }),
    needs: { cards },
    decide: () => ({ outcome: null }),
  };
  return { command, deadline: never, resolve: () => {}, reject: () => {} };
}

const limits = (groupSize = 256) => new TransactionLimits({ lanes: 2, groupSize });

function queueOf(waiting: readonly Named[], { transactions = limits(), limit = 10_000 } = {}): CommandQueue {
  const queue = new CommandQueue({ transactions, limit });
  for (const each of waiting) queue.add(waitingFor(each));
  return queue;
}

function groupsOf(queue: CommandQueue, lane: Lane = 'others'): string[][] {
  const groups: string[][] = [];
  for (let group = queue.take(lane); group.length > 0; group = queue.take(lane))
    groups.push(group.map(({ command }) => command.actorId));
  return groups;
}

const many = (count: number, each: Omit<Named, 'name'> & { name?: string }): Named[] =>
  Array.from({ length: count }, (_, n) => ({ name: `${each.owner} ${n}`, cards: [`${n}`], ...each }));
const cardsOf = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);

test.each([
  ['by their number', Array(600).fill(1), [256, 256, 88]],
  ['by their cards: chunks of a bulk change', Array(5).fill(500), [2, 2, 1]],
  ['by their cards: a chunk behind recharges', [1, 1, 999, 1], [2, 2]],
  ['and one at least', [5_000, 1], [1, 1]],
])('commands are grouped %s', (_what, counts, groups) => {
  const queue = queueOf(counts.map((count) => ({ name: 'a', cards: cardsOf(count) })));
  expect(groupsOf(queue).map(({ length }) => length)).toEqual(groups);
});

describe('with thousands of one partner waiting', () => {
  const flood = (which: CommandClass) => many(3_000, { owner: 'greedy', class: which });

  test.each(['SINGLE', 'BULK'] as const)('(%s) a call has a lane of its own', (which) => {
    const queue = queueOf([...flood(which), { name: 'call', class: 'CALL' }]);
    expect(queue.take('calls').map(({ command }) => command.actorId)).toEqual(['call']);
  });

  test.each([
    ['SINGLE', 'SINGLE'],
    ['BULK', 'BULK'],
    ['BULK', 'SINGLE'],
    ['SINGLE', 'BULK'],
  ] as const)('(%s) the commands of others (%s) go into the next group', (greedy, quiet) => {
    const others = Array.from({ length: 20 }, (_, n) => ({ name: `quiet ${n}`, class: quiet }));
    const [first = []] = groupsOf(queueOf([...flood(greedy), ...others]));
    for (const { name } of others) expect(first).toContain(name);
  });

  test('single commands of its own go before its list, which goes on', () => {
    const queue = queueOf([...flood('BULK'), ...many(600, { owner: 'greedy', name: 'single', cards: [] })]);
    const singles = groupsOf(queue).map((group) => group.filter((name) => name === 'single').length);
    expect(singles.slice(0, 5)).toEqual([192, 192, 192, 24, 0]);
  });

  test('a list goes on however many single commands there are, one by one too', () => {
    const queue = queueOf([...flood('SINGLE'), ...many(3, { owner: 'quiet', name: 'row', class: 'BULK' })], {
      transactions: limits(1),
    });
    const order = groupsOf(queue).flat();
    expect(order.flatMap((name, at) => (name === 'row' ? [at] : []))).toEqual([3, 7, 11]);
  });

  test('owners take turns, each in its own order', () => {
    const queue = queueOf(['a', 'b', 'c'].flatMap((owner) => many(3, { owner })));
    const turns = [0, 1, 2].flatMap((n) => ['a', 'b', 'c'].map((owner) => `${owner} ${n}`));
    expect(groupsOf(queue)).toEqual([turns]);
  });
});

describe("one owner's commands for one card stay in the order given", () => {
  test.each([
    ['a single one behind a row of a list', ['BULK', 'SINGLE'], 'others'],
    ['a row behind a single one', ['SINGLE', 'BULK'], 'others'],
    ['a call behind a single one', ['SINGLE', 'CALL'], 'others'],
    ['a single one behind a call', ['CALL', 'SINGLE'], 'calls'],
  ] as const)('%s', (_what, classes, lane) => {
    const others = many(500, { owner: 'own', class: classes[0] });
    const two = classes.map((which, n) => ({
      name: `${n}`,
      owner: 'own',
      class: which,
      cards: ['the card'],
    }));
    const order = groupsOf(queueOf([...others, ...two]), lane).flat();
    expect(order.filter((name) => name === '0' || name === '1')).toEqual(['0', '1']);
  });

  test('and nobody else’s waits for them', () => {
    const own = { name: 'own', class: 'BULK', cards: ['the card'] } as const;
    const queue = queueOf([own, { name: 'other', class: 'CALL', cards: ['the card'] }]);
    expect(groupsOf(queue, 'calls')).toEqual([['other']]);
  });

  test('once they are begun, the next waits where it belongs', () => {
    const queue = queueOf([{ name: 'own', class: 'BULK', cards: ['the card'] }]);
    queue.take('others');
    expect(queue.add(waitingFor({ name: 'own', class: 'CALL', cards: ['the card'] }))).toBe('calls');
  });
});

describe('what is full is full for whoever filled it', () => {
  test('an owner at its limit', () => {
    const queue = new CommandQueue({ transactions: limits(), limit: 100, ownerLimit: 10 });
    for (const each of many(10, { owner: 'greedy' })) queue.add(waitingFor(each));
    expect(() => queue.add(waitingFor({ name: 'more', owner: 'greedy' }))).toThrow(
      expect.objectContaining({ code: 'OVERLOADED', retryable: true }),
    );
    queue.add(waitingFor({ name: 'other' }));
    queue.take('others');
    queue.add(waitingFor({ name: 'more', owner: 'greedy' }));
  });

  test('the whole queue: those with their equal part of it are refused, others are not', () => {
    const queue = queueOf([...many(60, { owner: 'a' }), ...many(40, { owner: 'b' })], { limit: 100 });
    expect(() => queue.add(waitingFor({ name: 'more', owner: 'a' }))).toThrow('Too many commands are queued');
    expect(() => queue.add(waitingFor({ name: 'more', owner: 'b' }))).not.toThrow();
    expect(() => queue.add(waitingFor({ name: 'c', class: 'CALL' }))).not.toThrow();
  });

  test('what is overdue leaves, and makes room', async () => {
    const queue = new CommandQueue({ transactions: limits(), limit: 1 });
    const reason = await new Promise((reject) => {
      queue.add({ ...waitingFor({ name: 'late' }), deadline: 0, reject });
    });
    expect(reason).toMatchObject({ code: 'OVERLOADED' });
    expect(queue).toHaveLength(0);
    expect(queue.take('others')).toEqual([]);
    queue.add(waitingFor({ name: 'late' }));
  });
});

describe('while there are calls, the transactions of other commands are few and small', () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
  });
  const clocked = (lanes = 4, groupSize = 256) => new TransactionLimits({ lanes, groupSize }, () => now);
  const call: Named = { name: 'call', class: 'CALL' };

  test.each([
    ['SINGLE', 6],
    ['BULK', 24],
  ] as const)('(%s) until a minute after the last call', (which, few) => {
    const transactions = clocked();
    const queue = queueOf(many(600, { owner: 'greedy', class: which }), { transactions });
    const next = () => queue.take('others').length;
    expect([next(), transactions.lanes('others')]).toEqual([256, 4]);
    queue.add(waitingFor(call));
    expect([next(), transactions.lanes('others')]).toEqual([few, 1]);
    now = 59_999;
    expect([next(), transactions.lanes('others')]).toEqual([few, 1]);
    now = 60_000;
    expect([next(), transactions.lanes('others')]).toEqual([256, 4]);
  });

  test('calls themselves are not limited further', () => {
    const transactions = clocked();
    const queue = queueOf(many(300, { owner: 'switch', class: 'CALL' }), { transactions });
    expect([queue.take('calls').length, transactions.lanes('calls')]).toEqual([256, 4]);
  });

  test('each owner has its share of a transaction, so that many keep their rate', () => {
    const owners = Array.from({ length: 20 }, (_, n) => `partner ${n}`);
    const queue = queueOf([call, ...owners.flatMap((owner) => many(10, { owner }))], {
      transactions: clocked(),
    });
    expect(groupsOf(queue).map(({ length }) => length)).toEqual([120, 80]);
  });

  test('a chunk of a bulk change has a transaction of its own, beside the commands of others', () => {
    const chunk = { owner: 'greedy', class: 'BULK', cards: cardsOf(400) } as const;
    const chunks = [1, 2].map((n) => ({ ...chunk, name: `chunk ${n}` }));
    const queue = queueOf([call, ...chunks, { name: 'quiet', class: 'BULK' }], { transactions: clocked() });
    expect(groupsOf(queue)).toEqual([['chunk 1', 'quiet'], ['chunk 2']]);
  });

  test('nobody has more than a share of a transaction, nobody with room in it waits, nothing is lost', () => {
    const command = fc.record({
      owner: fc.constantFrom('a', 'b', 'c'),
      class: fc.constantFrom('SINGLE' as const, 'BULK' as const),
    });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
        const named = commands.map((each, n) => ({ ...each, name: `${n}`, cards: [`${n}`] }));
        const groups = groupsOf(queueOf([call, ...named], { transactions: clocked() }));
        expect(groups.flat().toSorted()).toEqual(named.map(({ name }) => name).toSorted());
        for (const group of groups) {
          const costs: Record<string, number> = {};
          for (const name of group) {
            const { owner, class: which } = named[Number(name)] ?? { owner: '', class: 'SINGLE' };
            costs[owner] = (costs[owner] ?? 0) + (which === 'SINGLE' ? 4 : 1);
          }
          for (const cost of Object.values(costs)) expect(cost).toBeLessThanOrEqual(24);
          // All but the last are full for somebody: within a single command's cost.
          if (group !== groups.at(-1)) expect(Math.max(...Object.values(costs))).toBeGreaterThan(24 - 4);
        }
      }),
    );
  });
});
