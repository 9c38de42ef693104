import type { ServerResponse } from 'node:http';

const HEADERS = {
  'Content-Type': 'text/event-stream',
  Connection: 'keep-alive',
  // Otherwise nginx collects events until its buffer is full.
  'X-Accel-Buffering': 'no',
};
/** A comment line, which shows clients and proxies that the stream is alive. */
const COMMENT = ':\n\n';
const BEFORE = Buffer.from('event: next\ndata: ');
const AFTER = Buffer.from('\n\n');

/** A response as a stream of events, in the "distinct connections mode" of graphql-sse. */
export class SseResponse {
  readonly #response: ServerResponse;
  readonly #heartbeatMs: number;

  constructor(response: ServerResponse, heartbeatSeconds: number) {
    this.#response = response;
    this.#heartbeatMs = heartbeatSeconds * 1_000;
  }

  /** The comment makes Node send the headers before the first event. */
  begin(): void {
    const response = this.#response;
    response.writeHead(200, HEADERS).write(COMMENT);
    const heartbeat = setInterval(() => {
      if (response.writableLength === 0) response.write(COMMENT);
    }, this.#heartbeatMs).unref();
    response.once('close', () => clearInterval(heartbeat));
  }

  /** @returns whether there is room for another; if not, wait for `onRoom`. */
  next(result: Buffer): boolean {
    if (!this.#isOpen) return false;
    return this.#response.write(Buffer.concat([BEFORE, result, AFTER]));
  }

  onRoom(listener: () => void): void {
    this.#response.once('drain', listener);
  }

  /** Resolves when there is room or the client has disconnected. */
  room(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#isOpen) return resolve();
      const done = () => {
        this.#response.off('drain', done).off('close', done);
        resolve();
      };
      this.#response.on('drain', done).on('close', done);
    });
  }

  complete(): void {
    if (this.#isOpen) this.#response.end('event: complete\ndata:\n\n');
  }

  get #isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }
}
