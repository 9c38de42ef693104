interface BatchLoopOptions<Item> {
  /** How many batches may be processed at once at present: asked before each one. If omitted, one. */
  lanes?(): number;
  /** Takes the next batch of waiting items; an empty one ends the loop. */
  take(): readonly Item[];
  /** Processes a batch, and settles all its items. It never rejects. */
  run(batch: readonly Item[]): Promise<void>;
}

/**
 * Processes work in batches: items that arrive during one batch wait for the next. There is no timer, so a lone item
 * starts at once; the busier the server, the larger the batches.
 */
export class BatchLoop<Item> {
  readonly #options: BatchLoopOptions<Item>;
  #busy = 0;
  #idle: (() => void)[] = [];

  constructor(options: BatchLoopOptions<Item>) {
    this.#options = options;
  }

  /** Call it when an item is waiting. */
  wake(): void {
    if (this.#busy < this.#lanes()) void this.#drive();
  }

  /** Whether nothing is waiting or being processed. */
  get isIdle(): boolean {
    return this.#busy === 0;
  }

  /** Resolves when it is idle. */
  async drained(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }

  #lanes(): number {
    return this.#options.lanes?.() ?? 1;
  }

  async #drive(): Promise<void> {
    this.#busy += 1;
    // Items that arrive in the same turn of the event loop share the first batch too.
    await new Promise(setImmediate);
    while (this.#busy <= this.#lanes()) {
      const batch = this.#options.take();
      if (batch.length === 0) break;
      await this.#options.run(batch);
    }
    this.#busy -= 1;
    if (this.#busy > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
