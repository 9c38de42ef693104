import type { Command } from './command.ts';

/** Calls have their own lanes, so that none waits for another command's transaction. */
export type Lane = 'calls' | 'others';

/** Long enough that rare calls are not each the first one, which meets large transactions. */
const CALLS_LATELY_MS = 60_000;
/**
 * What one owner's other commands in one transaction may cost while there are calls: six single commands, or 24 rows of
 * lists. The commands of a transaction arrive, are decided and are answered together, and keep this process busy for
 * almost a millisecond each, a row for a quarter of that. Measured beside one partner's 128 recharges at once: with 8 of
 * them, a call's p99 was 2.5 to 3.1 times that of an idle server, with 16 about 4 times, without a limit 20 times.
 */
const SHARE_BESIDE_CALLS = 24;
const SINGLE_COST = 4;

interface TransactionLimitOptions {
  /** Transactions in flight at once of calls, and as many of other commands. */
  readonly lanes: number;
  /** The most commands in one transaction. */
  readonly groupSize: number;
}

/**
 * The number of the writer's transactions, and what may be in one. Calls share the process, the database and the event
 * log's last position with all other commands. So while there are calls, the others have one transaction at a time, and
 * no owner has more than a small share of it.
 */
export class TransactionLimits {
  readonly groupSize: number;
  readonly #lanes: number;
  readonly #now: () => number;
  #lastCallAt = Number.NEGATIVE_INFINITY;

  /** @param now in milliseconds, monotonic */
  constructor({ lanes, groupSize }: TransactionLimitOptions, now: () => number = () => performance.now()) {
    this.groupSize = groupSize;
    this.#lanes = lanes;
    this.#now = now;
  }

  noteCall(): void {
    this.#lastCallAt = this.#now();
  }

  lanes(lane: Lane): number {
    return this.#yields(lane) ? 1 : this.#lanes;
  }

  /** The most that one owner's commands in a transaction may cost, if it has more than one there. */
  ownerShare(lane: Lane): number {
    return this.#yields(lane) ? SHARE_BESIDE_CALLS : Number.POSITIVE_INFINITY;
  }

  #yields(lane: Lane): boolean {
    return lane === 'others' && this.#now() - this.#lastCallAt < CALLS_LATELY_MS;
  }
}

/** What a command costs of its owner's share. */
export function costOf({ class: which = 'SINGLE', needs }: Command<unknown>): number {
  const cards = needs.cards?.length ?? 0;
  return which === 'BULK' ? Math.max(1, cards) : Math.max(SINGLE_COST, cards);
}
