import type { ServerResponse } from 'node:http';

const HEADERS = {
  'Content-Type': 'text/event-stream',
  Connection: 'keep-alive',
  // nginx would collect events until its buffer is full.
  'X-Accel-Buffering': 'no',
};
/** A line that means nothing: it shows a client, and what is between, that the stream is there. */
const COMMENT = ':\n\n';
const BEFORE = Buffer.from('event: next\ndata: ');
const AFTER = Buffer.from('\n\n');

/** An answer as a stream of events, as the "distinct connections mode" of graphql-sse has it. */
export class SseResponse {
  readonly #response: ServerResponse;
  readonly #heartbeatMs: number;

  constructor(response: ServerResponse, heartbeatSeconds: number) {
    this.#response = response;
    this.#heartbeatMs = heartbeatSeconds * 1_000;
  }

  /** The comment brings the headers to the client before there is an event. */
  begin(): void {
    const response = this.#response;
    response.writeHead(200, HEADERS).write(COMMENT);
    const heartbeat = setInterval(() => {
      if (response.writableLength === 0) response.write(COMMENT);
    }, this.#heartbeatMs).unref();
    response.once('close', () => clearInterval(heartbeat));
  }

  /** @returns whether there is room for another; `onRoom` says when there is. */
  next(result: Buffer): boolean {
    if (!this.#isOpen) return false;
    return this.#response.write(Buffer.concat([BEFORE, result, AFTER]));
  }

  onRoom(listener: () => void): void {
    this.#response.once('drain', listener);
  }

  /** Resolves when there is room, or the client has gone. */
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
