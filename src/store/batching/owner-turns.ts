import { Overloaded } from '../../domain/rejections/recharges.ts';

interface Owner {
  underWay: number;
  /** Starts each waiting operation. */
  readonly waiting: (() => void)[];
}

/**
 * Limits how much of one kind of work an owner may have in flight at once. Further work waits until the owner's own
 * work ends, and beyond a limit it is refused. Other owners are not affected.
 */
export class OwnerTurns {
  readonly #owners = new Map<string, Owner>();
  readonly #limits: { readonly atOnce: number; readonly waiting: number };

  constructor(limits: { atOnce: number; waiting: number }) {
    this.#limits = limits;
  }

  /** @throws Overloaded when too much of the owner's work is waiting: the work was not started */
  async take<Result>(ownerId: string, work: () => Promise<Result>): Promise<Result> {
    const owner = this.#owners.get(ownerId) ?? { underWay: 0, waiting: [] };
    this.#owners.set(ownerId, owner);
    await this.#enter(owner);
    try {
      return await work();
    } finally {
      this.#leave(ownerId, owner);
    }
  }

  #enter(owner: Owner): Promise<void> | undefined {
    const { atOnce, waiting } = this.#limits;
    if (owner.underWay < atOnce) {
      owner.underWay += 1;
      return undefined;
    }
    if (owner.waiting.length >= waiting) throw new Overloaded({ queued: owner.waiting.length });
    return new Promise((begin) => {
      owner.waiting.push(begin);
    });
  }

  /** The slot goes to the operation that has waited longest. */
  #leave(ownerId: string, owner: Owner): void {
    const next = owner.waiting.shift();
    if (next) next();
    else owner.underWay -= 1;
    if (owner.underWay === 0) this.#owners.delete(ownerId);
  }
}
