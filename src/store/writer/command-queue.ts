import type { Context } from '@opentelemetry/api';
import { Overloaded } from '../../domain/rejections/recharges.ts';
import type { AuditTrail } from './audit-trail.ts';
import type { Command } from './command.ts';

/** Cards in one transaction: what is locked, read and written stays small, so that whoever waits behind it waits little. */
const GROUP_CARDS = 1_000;

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
  /** Commands waiting at most. */
  limit: number;
}

/**
 * The commands that wait for a transaction, oldest first. Beyond the limit a new one is told OVERLOADED at once, and
 * one that is still here at its deadline then: in both cases nothing was done.
 */
export class CommandQueue {
  readonly #waiting: QueuedCommand[] = [];
  readonly #options: QueueOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#waiting.length;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** @throws Overloaded */
  add(waiting: QueuedCommand): void {
    if (this.#waiting.length >= this.#options.limit) throw this.#overloaded();
    this.#waiting.push(waiting);
    this.#watch();
  }

  /** The next group: as many as go into one transaction by their number and by their cards, and one at least. */
  take(): QueuedCommand[] {
    let cards = 0;
    let count = 0;
    for (const { command } of this.#waiting) {
      cards += command.needs.cards?.length ?? 0;
      if (count === this.#options.groupSize || (count > 0 && cards > GROUP_CARDS)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** One timer for all: they have the same patience, so the oldest is the first to lose it. */
  #watch(): void {
    const [oldest] = this.#waiting;
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
    const overdue = this.#waiting.findIndex(({ deadline }) => deadline > now);
    const count = overdue === -1 ? this.#waiting.length : overdue;
    const reason = this.#overloaded();
    for (const { reject } of this.#waiting.splice(0, count)) reject(reason);
  }

  #overloaded(): Overloaded {
    return new Overloaded({ queued: this.#waiting.length });
  }
}
