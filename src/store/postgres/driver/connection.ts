import postgres from 'postgres';
import type { DriverConnection, Query, UndocumentedOptions } from './undocumented.ts';

export interface ConnectionOptions {
  readonly driver: UndocumentedOptions;
  /** Milliseconds until it may be made. */
  readonly delayMs: number;
  /** All that was sent is answered; called for the first time when the connection is made. */
  onFree(connection: Connection): void;
  /** It was lost, or could not be made. */
  onLost(connection: Connection): void;
}

const NO_LIST = { remove: () => {} };
/** Queries sent ahead of the answer to the first of them. */
const SENT_AHEAD = 100;
const SHORTEST_LIFE_MS = 30 * 60_000;

/**
 * One connection, for as long as it lasts: lost, it is thrown away with all that the driver keeps of it.
 *
 * The driver makes a lost connection anew and goes on with what it remembers of the old one: an error
 * that is told to the next query, rows that are counted to the next answer, bytes that are sent in front of the
 * start-up message, and, between a socket's error and its end, queries that nobody answers, or with another's answer. So
 * each connection here is a client of the driver's with room for one, which never has to make it a second time.
 */
export class Connection {
  /** Set while it is one transaction's. */
  isReserved = false;
  /** Called when it is lost. */
  onLost: ((reason: unknown) => void) | null = null;
  /** How long all that was sent may be without an answer; null: as long as it takes. */
  patienceMs: number | null = null;
  readonly #options: ConnectionOptions;
  readonly #client: postgres.Sql;
  readonly #sent = new Set<Query>();
  readonly #oldAtMs = performance.now() + SHORTEST_LIFE_MS * (1 + Math.random());
  #waiting: Query[] = [];
  #askedAtMs = 0;
  #driver: DriverConnection | undefined;
  #takesMore = false;
  #failure: { readonly reason: unknown } | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#client = postgres({
      ...options.driver,
      max: 1,
      max_lifetime: null,
      onclose: () => this.#lose(lost('CONNECTION_CLOSED')),
    } as never);
    setTimeout(() => this.#open(), options.delayMs);
  }

  /** Queries that were not yet answered, roughly. */
  get load(): number {
    return this.#sent.size + this.#waiting.length;
  }

  get isMade(): boolean {
    return this.#driver !== undefined;
  }

  /** Whether it should make room for a new one: the database's memory of a connection only grows. */
  get isOld(): boolean {
    return performance.now() > this.#oldAtMs;
  }

  /** Whether it was asked and has said nothing for longer than it may. */
  get isSilent(): boolean {
    if (this.#sent.size === 0 || this.patienceMs === null) return false;
    return performance.now() - this.#askedAtMs > this.patienceMs;
  }

  send(query: Query): void {
    if (this.#failure) {
      query.reject(this.#failure.reason);
      return;
    }
    this.#waiting.push(query);
    this.#flush();
  }

  /** As if the other side had closed it: what was sent may have been done, or not. */
  giveUp(): void {
    this.#lose(lost('CONNECTION_CLOSED'));
  }

  /** Whoever still waits for an answer is told that there is none. */
  async end(): Promise<void> {
    if (this.#driver) this.#driver.reserved = null;
    this.#fail(lost('CONNECTION_DESTROYED'));
    await this.#client.end({ timeout: 0 });
  }

  /** The first query shows which connection it is. It is nobody's, so that its failure is that of the connection. */
  #open(): void {
    const onexecute = (driver: DriverConnection) => {
      if (this.#failure) return true;
      const answered: NonNullable<DriverConnection['reserved']> = () => this.#answered();
      answered.release = true;
      driver.reserved = answered;
      driver.queue.remove(driver);
      driver.queue = NO_LIST;
      this.#driver = driver;
      return false;
    };
    if (this.#failure) return;
    const first = this.#client.unsafe('SELECT 1', [], { onexecute } as never);
    first.catch((reason) => this.#lose(reason));
  }

  #answered(): void {
    this.#sent.clear();
    this.#takesMore = true;
    this.#flush();
    if (this.load === 0) this.#options.onFree(this);
  }

  #flush(): void {
    while (this.#driver && this.#takesMore && this.#sent.size < SENT_AHEAD) {
      const query = this.#waiting.shift();
      if (!query) return;
      if (this.#sent.size === 0) this.#askedAtMs = performance.now();
      this.#sent.add(query);
      this.#takesMore = this.#driver.execute(query);
    }
  }

  #lose(reason: unknown): void {
    if (this.#failure) return;
    this.#fail(reason);
    void this.#client.end({ timeout: 0 });
    this.onLost?.(reason);
    this.#options.onLost(this);
  }

  #fail(reason: unknown): void {
    this.#failure = { reason };
    for (const query of [...this.#sent, ...this.#waiting.splice(0)]) query.reject(reason);
  }
}

/** An error in the driver's own words. */
export function lost(code: 'CONNECTION_CLOSED' | 'CONNECTION_ENDED' | 'CONNECTION_DESTROYED'): Error {
  return Object.assign(new Error(`The connection to the database is gone: ${code}.`), { code });
}
