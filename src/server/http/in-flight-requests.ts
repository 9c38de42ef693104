import type { ServerResponse } from 'node:http';

/** Requests in flight: those whose client has disconnected still have to clean up. */
export class InFlightRequests {
  readonly #responses = new Map<Promise<void>, ServerResponse>();
  #keepsConnections = true;
  #held: Promise<void> | undefined;

  add(response: ServerResponse, work: Promise<void>): void {
    if (!this.#keepsConnections) response.shouldKeepAlive = false;
    this.#responses.set(work, response);
    void work.finally(() => this.#responses.delete(work));
  }

  /** Sends `Connection: close` with every response that has not begun, so that none is cut when the port closes. */
  endConnections(): void {
    this.#keepsConnections = false;
    for (const response of this.#responses.values()) response.shouldKeepAlive = false;
  }

  /** New requests wait until the returned function is called. */
  hold(): () => void {
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#held = undefined;
      release();
    };
  }

  whenReleased(answer: () => Promise<void>): Promise<void> {
    return this.#held ? this.#held.then(answer) : answer();
  }

  ended(): Promise<unknown> {
    return Promise.all(this.#responses.keys());
  }
}
