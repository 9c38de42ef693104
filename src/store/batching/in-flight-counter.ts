/** How many things are under way by name, so that those that begin at once see each other. */
export class InFlightCounter {
  readonly #counts = new Map<string, number>();

  /** @returns how many of that name were under way before it, and what ends this one */
  enter(name: string): { ahead: number; leave(): void } {
    const ahead = this.#counts.get(name) ?? 0;
    this.#counts.set(name, ahead + 1);
    return { ahead, leave: () => this.#leave(name) };
  }

  #leave(name: string): void {
    const left = (this.#counts.get(name) ?? 1) - 1;
    if (left === 0) this.#counts.delete(name);
    else this.#counts.set(name, left);
  }
}
