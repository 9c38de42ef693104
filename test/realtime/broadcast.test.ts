import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Listener, Message, Source } from '../../src/realtime/broadcast.ts';
import { Broadcasts, type Listening } from '../../src/realtime/broadcasts.ts';

/** A log that grows, and executions that follow it from a position on. */
class Log {
  readonly messages: Message[] = [];
  /** Executions that were opened, and messages that they made. */
  opened = 0;
  made = 0;
  readonly #waiting = new Set<() => void>();

  get head(): bigint {
    return BigInt(this.messages.length);
  }

  append(): void {
    const bytes = Buffer.alloc(6_000);
    this.messages.push({ position: this.head + 1n, bytes });
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  follow(after: bigint): Source<Message> {
    this.opened += 1;
    let position = Number(after);
    let isLeft = false;
    let wake = () => {};
    const next = async (): Promise<IteratorResult<Message>> => {
      while (!isLeft) {
        const message = this.messages[position];
        if (message) {
          position += 1;
          this.made += 1;
          return { value: message, done: false };
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
          this.#waiting.add(resolve);
        });
      }
      return { value: undefined, done: true };
    };
    const leave = async (): Promise<IteratorResult<Message>> => {
      isLeft = true;
      wake();
      return { value: undefined, done: true };
    };
    return { after, messages: { next, return: leave } };
  }
}

/** A client that takes some messages at once, and then no more until it is told to. */
class Client implements Listener<Message> {
  readonly after: bigint;
  readonly taken: bigint[] = [];
  room: number;
  #listening: Listening | undefined;

  constructor(broadcasts: Broadcasts<Message>, log: Log, { after, room }: { after: bigint; room: number }) {
    this.after = after;
    this.room = room;
    const reopen = async (position: bigint) => log.follow(position);
    this.#listening = broadcasts.join({ key: 'same', source: log.follow(after), reopen }, this);
  }

  take({ position }: Message): boolean {
    this.taken.push(position);
    this.room -= 1;
    return this.room > 0;
  }

  makeRoom(room: number): void {
    const wasFull = this.room <= 0;
    this.room += room;
    if (wasFull) this.#listening?.resume();
  }

  leave(): void {
    this.#listening?.leave();
  }

  end(error?: unknown): void {
    throw error ?? new Error('The log does not end.');
  }
}

/** Until all that follows by itself has followed. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await new Promise(setImmediate);
}

type Step =
  | { readonly join: number; readonly room: number }
  | { readonly leave: number }
  | { readonly append: number }
  | { readonly room: number; readonly of: number }
  | { readonly forget: true };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ join: fc.nat(30), room: fc.constantFrom(1, 2, 5, 1_000) }) },
  { weight: 1, arbitrary: fc.record({ leave: fc.nat(10) }) },
  { weight: 4, arbitrary: fc.record({ append: fc.integer({ min: 1, max: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ room: fc.integer({ min: 1, max: 5 }), of: fc.nat(10) }) },
  { weight: 1, arbitrary: fc.constant({ forget: true as const }) },
);

test('each client receives everything after its position, in order and once, however clients come, go and fall behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
      const log = new Log();
      const broadcasts = new Broadcasts<Message>();
      const present: Client[] = [];
      for (const step of steps) {
        if ('join' in step) {
          const after = log.head - BigInt(Math.min(step.join, Number(log.head)));
          present.push(new Client(broadcasts, log, { after, room: step.room }));
        } else if ('leave' in step) {
          for (const client of present.splice(step.leave, 1)) client.leave();
        } else if ('append' in step) {
          for (let n = 0; n < step.append; n += 1) log.append();
        } else if ('of' in step) {
          present[step.of]?.makeRoom(step.room);
        } else {
          broadcasts.forget();
        }
        // What happens in one turn meets more often than what is waited for.
        if (log.messages.length % 2 === 0) await settle();
      }
      for (const client of present) client.makeRoom(1_000);
      await settle();
      log.append();
      await settle();
      const all = log.messages.map(({ position }) => position);
      for (const { taken, after } of present) expect(taken).toEqual(all.slice(Number(after)));
      // Whoever had to read by itself has come back to the others.
      expect(broadcasts.size).toBe(present.length > 0 ? 1 : 0);
      for (const client of present) client.leave();
      expect(broadcasts.size).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('a thousand identical clients cost one execution, and a slow one does not delay the others', async () => {
  const log = new Log();
  const broadcasts = new Broadcasts<Message>();
  const clients = Array.from(
    { length: 1_000 },
    () => new Client(broadcasts, log, { after: 0n, room: 1_000 }),
  );
  const slow = new Client(broadcasts, log, { after: 0n, room: 1 });
  for (let n = 0; n < 20; n += 1) log.append();
  await settle();
  expect(log.made).toBe(20);
  for (const { taken } of clients) expect(taken).toHaveLength(20);
  expect(slow.taken).toEqual([1n]);
  slow.makeRoom(100);
  // All that it missed is still there.
  expect(slow.taken).toHaveLength(20);
  expect(log.made).toBe(20);
});

test('all end when the log has lost its end: those that wait, those that are behind and one that just moves', async () => {
  const log = new Log();
  const broadcasts = new Broadcasts<Message>();
  const ended: unknown[] = [];
  const join = (room: number, reopen = async (position: bigint) => log.follow(position)) => {
    let left = room;
    const take = () => --left > 0;
    const end = (error?: unknown) => ended.push(error);
    return broadcasts.join({ key: 'same', source: log.follow(log.head), reopen }, { take, end });
  };
  join(1_000);
  join(1);
  let opened = (_source: Source<Message>) => {};
  const moving = join(1, () => new Promise((resolve) => (opened = resolve)));
  const gone = join(1);
  for (let n = 0; n < 50; n += 1) log.append();
  await settle();
  moving.resume();
  gone.leave();
  broadcasts.endAll('lost');
  opened(log.follow(0n));
  await settle();
  expect(ended).toEqual(['lost', 'lost', 'lost']);
  expect(broadcasts.size).toBe(0);
});

test('nothing is read while no client has room', async () => {
  const log = new Log();
  const broadcasts = new Broadcasts<Message>();
  const clients = [1, 2].map((room) => new Client(broadcasts, log, { after: 0n, room }));
  for (let n = 0; n < 50; n += 1) log.append();
  await settle();
  expect(log.made).toBe(2);
  for (const client of clients) client.makeRoom(100);
  await settle();
  for (const { taken } of clients) expect(taken).toHaveLength(50);
});
