interface Owner {
  running: number;
  /** Starts each waiting operation. */
  readonly waiting: (() => void)[];
}

/**
 * Limits how much of one kind of work an owner may have in flight at once. Further work waits, in order, until the
 * owner's own work ends. Other owners are not affected.
 */
export class OwnerLimiter {
  readonly #owners = new Map<string, Owner>();
  readonly #atOnce: number;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** How much of the owner's work is waiting. */
  waiting(ownerId: string): number {
    return this.#owners.get(ownerId)?.waiting.length ?? 0;
  }

  /** Begins a piece of work, which `leave` ends. @returns its turn, or undefined when it may start now */
  enter(ownerId: string): Promise<void> | undefined {
    let owner = this.#owners.get(ownerId);
    if (!owner) {
      owner = { running: 0, waiting: [] };
      this.#owners.set(ownerId, owner);
    }
    const { running, waiting } = owner;
    if (running < this.#atOnce) {
      owner.running += 1;
      return undefined;
    }
    return new Promise((begin) => {
      waiting.push(begin);
    });
  }

  /** The slot goes to the work that has waited longest. */
  leave(ownerId: string): void {
    const owner = this.#owners.get(ownerId);
    if (!owner) return;
    const next = owner.waiting.shift();
    if (next) next();
    else owner.running -= 1;
    if (owner.running === 0) this.#owners.delete(ownerId);
  }
}
