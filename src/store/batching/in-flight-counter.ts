/** Counts operations in flight by name, so that concurrent ones detect each other. */
export class InFlightCounter {
  readonly #counts = new Map<string, number>();

  /** @returns how many of that name were already in flight, and a function that ends this one */
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
