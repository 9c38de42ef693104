/**
 * A queue that serves owners in turn: one item of each owner before the second of any. However many items one owner has
 * waiting, another owner waits for one round.
 */
export class FairQueue<Item extends object> {
  /** In order of turns: a map keeps the order in which its keys were set. */
  readonly #flows = new Map<string, Item[]>();

  get isEmpty(): boolean {
    return this.#flows.size === 0;
  }

  add(ownerId: string, item: Item): void {
    const flow = this.#flows.get(ownerId);
    if (flow) flow.push(item);
    else this.#flows.set(ownerId, [item]);
  }

  /** The item that `take` would return. */
  peek(): Item | undefined {
    for (const [first] of this.#flows.values()) return first;
    return undefined;
  }

  /** Removes and returns the oldest item of the owner whose turn it is. */
  take(): Item | undefined {
    for (const [ownerId, flow] of this.#flows) {
      const item = flow.shift();
      this.#flows.delete(ownerId);
      if (flow.length > 0) this.#flows.set(ownerId, flow);
      return item;
    }
    return undefined;
  }

  /** Removes one of its owner's items, usually the oldest. */
  remove(ownerId: string, item: Item): void {
    const flow = this.#flows.get(ownerId);
    const index = flow?.indexOf(item) ?? -1;
    if (!flow || index === -1) return;
    flow.splice(index, 1);
    if (flow.length === 0) this.#flows.delete(ownerId);
  }
}
