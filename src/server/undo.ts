/** How the phases of a start are undone. */
export class Undo {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step);
  }

  /**
   * Undoes from the last to the first, each once. A step that fails keeps none from following: a database process
   * that nobody stops would outlive its server.
   *
   * @throws AggregateError with what failed
   */
  async all(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      await step().catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The server did not stop in order.');
  }
}
