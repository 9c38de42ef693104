import { setTimeout as delay } from 'node:timers/promises';
import { cursorAt, positionIn } from '../positions.ts';
import { type Feed, openFeed, type Transport } from './feed.ts';

export interface ResumingSubscriberOptions {
  readonly transport: Transport;
  readonly key: string;
  /** A subscription with `$after: Cursor` whose one field has a `cursor`. */
  readonly query: string;
  readonly variables: object;
  /** The position it begins after. */
  readonly from: bigint;
  /** Where to connect, asked each time: any instance will do. */
  url(): string;
}

const PAUSE_MS = 50;

/** A client that comes back after each end of its connection, with the last cursor it saw. */
export class ResumingSubscriber {
  /** What it was told, in the order it was told. */
  readonly positions: bigint[] = [];
  /** How often it was cut, or closed. */
  ends = 0;
  readonly #options: ResumingSubscriberOptions;
  readonly #running: Promise<void>;
  #feed: Feed | undefined;
  #stopped = false;

  constructor(options: ResumingSubscriberOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  get last(): bigint {
    return this.positions.at(-1) ?? this.#options.from;
  }

  cut(): void {
    this.#feed?.cut();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#feed?.cut();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { transport, key, query, variables, url } = this.#options;
    while (!this.#stopped) {
      this.#feed = openFeed(transport, {
        url: url(),
        key,
        query,
        variables: { ...variables, after: cursorAt(this.last) },
        onData: (data) => this.#take(data),
      });
      const { errors } = await this.#feed.ended;
      this.ends += 1;
      // What no new attempt would mend is a fault of the test.
      const final = errors?.find(({ extensions }) => extensions?.retryable !== true);
      if (final) throw new Error(`A subscription was refused: ${JSON.stringify(final)}`);
      await delay(PAUSE_MS);
    }
  }

  #take(data: Record<string, unknown>): void {
    const [event] = Object.values(data) as { cursor: string }[];
    this.positions.push(positionIn(event?.cursor ?? ''));
  }
}
