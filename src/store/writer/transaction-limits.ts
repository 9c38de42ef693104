/** Calls have their own lanes, so that none waits for another command's transaction. */
export type Lane = 'calls' | 'others';

/** Longer than a call may take on a busy machine, so that slow calls do not end what keeps the next ones quick. */
const CALLS_LATELY_MS = 5_000;
/**
 * The most other commands in one transaction while there are calls. A transaction's commands arrive, are decided and are
 * answered together, and keep this process busy for almost a millisecond each.
 */
const GROUP_BESIDE_CALLS = 6;

export interface TransactionLimitOptions {
  /** Transactions in flight at once of calls, and as many of other commands. */
  readonly lanes: number;
  /** The most commands in one transaction. */
  readonly groupSize: number;
}

/**
 * The number and size of the writer's transactions. Calls share the process, the database and the event log's last
 * position with all other commands, so while there are calls, the others have one transaction at a time, and a small one.
 */
export class TransactionLimits {
  readonly #options: TransactionLimitOptions;
  readonly #now: () => number;
  #lastCallAt = Number.NEGATIVE_INFINITY;

  /** @param now in milliseconds, monotonic */
  constructor(options: TransactionLimitOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#now = now;
  }

  noteCall(): void {
    this.#lastCallAt = this.#now();
  }

  lanes(lane: Lane): number {
    return this.#yields(lane) ? 1 : this.#options.lanes;
  }

  groupSize(lane: Lane): number {
    const { groupSize } = this.#options;
    return this.#yields(lane) ? Math.min(groupSize, GROUP_BESIDE_CALLS) : groupSize;
  }

  #yields(lane: Lane): boolean {
    return lane === 'others' && this.#now() - this.#lastCallAt < CALLS_LATELY_MS;
  }
}
