import type { Context } from '@opentelemetry/api';
import { Overloaded } from '../../domain/rejections/commands.ts';
import { FairQueue } from '../batching/fair-queue.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Command, CommandClass } from './command.ts';
import { CommandOwners, ownerOf } from './command-owners.ts';
import { costOf, type Lane, type TransactionLimits } from './transaction-limits.ts';

/** The most cards in one transaction: it locks, reads and writes little, so that those behind it wait briefly. */
const GROUP_CARDS = 1_000;
/**
 * One in this many non-call commands is a bulk row, however many others wait: bulk commands are slow but never stall.
 */
const BULK_TURN = 4;

export interface QueuedCommand {
  readonly command: Command<unknown>;
  /** The audit entry to write with the command's changes. */
  readonly trail?: AuditTrail | undefined;
  /** The command's span, when tracing is on. */
  readonly span?: Context | undefined;
  /** Milliseconds of `performance.now()` after which it is neither started nor retried. */
  readonly deadline: number;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

interface QueueOptions {
  transactions: TransactionLimits;
  /** The number of waiting commands beyond which an owner with an equal share of them is refused more. */
  limit: number;
  /** The most waiting commands of one owner. Left out: the total limit. */
  ownerLimit?: number;
}

/**
 * The commands that wait for a transaction. Owners (a partner, or one of the operator's credentials) take turns, and
 * single commands go before bulk rows; commands of one owner for one card stay in order. Beyond its limit an owner's
 * next command is refused with OVERLOADED at once; so is a command still waiting at its deadline. In both cases nothing
 * was done.
 */
export class CommandQueue {
  readonly #classes: Readonly<Record<CommandClass, FairQueue<QueuedCommand>>> = {
    CALL: new FairQueue(),
    SINGLE: new FairQueue(),
    BULK: new FairQueue(),
  };
  /** All of them, oldest first, each with the class it waits in. */
  readonly #waiting = new Map<QueuedCommand, CommandClass>();
  readonly #owners: CommandOwners;
  readonly #transactions: TransactionLimits;
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ transactions, limit, ownerLimit = limit }: QueueOptions) {
    this.#transactions = transactions;
    this.#owners = new CommandOwners({ inAll: limit, each: ownerLimit });
  }

  get length(): number {
    return this.#waiting.size;
  }

  /** @returns the lane that it waits for. @throws Overloaded */
  add(waiting: QueuedCommand): Lane {
    const { command } = waiting;
    this.#owners.refuseMore(command);
    const which = this.#owners.enter(command);
    if (command.class === 'CALL') this.#transactions.noteCall();
    this.#classes[which].add(ownerOf(command), waiting);
    this.#waiting.set(waiting, which);
    this.#watch();
    return which === 'CALL' ? 'calls' : 'others';
  }

  /**
   * The next group: as many as fit into one transaction by their number, their cards and their owner's share of it, but
   * at least one. Owners take turns: when the next in turn has its full share, the group ends. It is empty when none waits.
   */
  take(lane: Lane): QueuedCommand[] {
    const group: QueuedCommand[] = [];
    const share = this.#transactions.ownerShare(lane);
    const spent = new Map<string, number>();
    let cards = 0;
    while (group.length < this.#transactions.groupSize) {
      const from = lane === 'calls' ? this.#classes.CALL : this.#next();
      const next = from.peek();
      if (!next) break;
      cards += next.command.needs.cards?.length ?? 0;
      if (group.length > 0 && cards > GROUP_CARDS) break;
      const ownerId = ownerOf(next.command);
      const spentBefore = spent.get(ownerId) ?? 0;
      const spentThen = spentBefore + costOf(next.command);
      if (spentBefore > 0 && spentThen > share) break;
      spent.set(ownerId, spentThen);
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

  /** One timer for all: they have the same timeout, so the oldest is the first to reach it. */
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
