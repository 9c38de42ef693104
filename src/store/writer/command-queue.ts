import type { Context } from '@opentelemetry/api';
import { Overloaded } from '../../domain/rejections/recharges.ts';
import { FairQueue } from '../batching/fair-queue.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Command, CommandClass } from './command.ts';
import { CommandOwners, ownerOf } from './command-owners.ts';

/** Cards in one transaction: what is locked, read and written stays small, so that whoever waits behind it waits little. */
const GROUP_CARDS = 1_000;
/** Of so many commands that are no calls, one is of a list, however many others wait: lists are slow, but never stand still. */
const BULK_TURN = 4;

export interface QueuedCommand {
  readonly command: Command<unknown>;
  /** Whose entry is written with what the command changes. */
  readonly trail?: AuditTrail | undefined;
  /** Where its span is, when somebody traces. */
  readonly span?: Context | undefined;
  /** Milliseconds of `performance.now()` after which it is no longer begun, nor tried again. */
  readonly deadline: number;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

export interface QueueOptions {
  /** Commands in one group at most. */
  groupSize: number;
  /** Commands waiting, beyond which an owner that has its equal part of them is refused more. */
  limit: number;
  /** Commands of one owner waiting at most. Left out: as many as of all. */
  ownerLimit?: number;
}

/** Calls have lanes of their own, so that none waits for a transaction of others to end. */
export type Lane = 'calls' | 'others';

/**
 * The commands that wait for a transaction. Owners (a partner, or one credential of the operator's) take turns, and
 * single commands go before those of lists; commands of one owner for one card stay in the order given. Beyond its limit
 * an owner's next command is refused with OVERLOADED at once, and one that is still here at its deadline then: in both
 * cases nothing was done.
 */
export class CommandQueue {
  readonly #classes: Readonly<Record<CommandClass, FairQueue<QueuedCommand>>> = {
    CALL: new FairQueue(),
    SINGLE: new FairQueue(),
    BULK: new FairQueue(),
  };
  /** All of them, the oldest first, each with the class it waits in. */
  readonly #waiting = new Map<QueuedCommand, CommandClass>();
  readonly #owners: CommandOwners;
  readonly #groupSize: number;
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ groupSize, limit, ownerLimit = limit }: QueueOptions) {
    this.#groupSize = groupSize;
    this.#owners = new CommandOwners({ inAll: limit, each: ownerLimit });
  }

  get length(): number {
    return this.#waiting.size;
  }

  has(lane: Lane): boolean {
    const { CALL, SINGLE, BULK } = this.#classes;
    return lane === 'calls' ? !CALL.isEmpty : !(SINGLE.isEmpty && BULK.isEmpty);
  }

  /** @returns the lane that it waits for. @throws Overloaded */
  add(waiting: QueuedCommand): Lane {
    const { command } = waiting;
    this.#owners.refuseMore(command);
    const which = this.#owners.enter(command);
    this.#classes[which].add(ownerOf(command), waiting);
    this.#waiting.set(waiting, which);
    this.#watch();
    return which === 'CALL' ? 'calls' : 'others';
  }

  /** The next group: as many as go into one transaction by their number and by their cards, and one at least. */
  take(lane: Lane): QueuedCommand[] {
    const group: QueuedCommand[] = [];
    let cards = 0;
    while (group.length < this.#groupSize) {
      const from = lane === 'calls' ? this.#classes.CALL : this.#next();
      const next = from.peek();
      if (!next) break;
      cards += next.command.needs.cards?.length ?? 0;
      if (group.length > 0 && cards > GROUP_CARDS) break;
      from.take();
      this.#waiting.delete(next);
      this.#owners.leave(next.command);
      group.push(next);
      this.#turn += 1;
    }
    return group;
  }

  #next(): FairQueue<QueuedCommand> {
    const { SINGLE, BULK } = this.#classes;
    const isBulkTurn = this.#turn % BULK_TURN === BULK_TURN - 1;
    return SINGLE.isEmpty || (isBulkTurn && !BULK.isEmpty) ? BULK : SINGLE;
  }

  /** One timer for all: they have the same patience, so the oldest is the first to lose it. */
  #watch(): void {
    const [oldest] = this.#waiting.keys();
    if (this.#timer || !oldest) return;
    const ms = Math.max(0, Math.ceil(oldest.deadline - performance.now()));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#expire();
      this.#watch();
    }, ms).unref();
  }

  #expire(): void {
    const now = performance.now();
    const reason = new Overloaded({ queued: this.length });
    for (const [waiting, which] of this.#waiting) {
      if (waiting.deadline > now) break;
      this.#waiting.delete(waiting);
      this.#classes[which].remove(ownerOf(waiting.command), waiting);
      this.#owners.leave(waiting.command);
      waiting.reject(reason);
    }
  }
}
