interface RepeatingJobOptions {
  /** Pause between the end of one run and the start of the next. */
  everyMs: number;
  /** @param signal aborted when the job should end soon */
  run(signal: AbortSignal): Promise<unknown>;
  onError(error: unknown): void;
}

/** Runs a job repeatedly, one run at a time, until it is stopped. A failed run does not end the job. */
export class RepeatingJob {
  readonly #options: RepeatingJobOptions;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #woken = false;

  constructor(options: RepeatingJobOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule(0);
  }

  /** Runs now instead of after the pause; an active run is followed by another at once. */
  wake(): void {
    this.#woken = true;
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#schedule(0);
  }

  /** Resolves when the active run has ended; no other follows. */
  async stop(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(afterMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#runOnce();
    }, afterMs);
  }

  async #runOnce(): Promise<void> {
    this.#woken = false;
    try {
      await this.#options.run(this.#ending.signal);
    } catch (error) {
      this.#options.onError(error);
    }
    if (!this.#ending.signal.aborted) this.#schedule(this.#woken ? 0 : this.#options.everyMs);
  }
}
