import postgres from 'postgres';
import type { DriverConnection, Query, UndocumentedOptions } from './undocumented.ts';

export interface ConnectionOptions {
  readonly driver: UndocumentedOptions;
  /** Milliseconds to wait before connecting. */
  readonly delayMs: number;
  /** Everything sent was answered; first called when the connection is established. */
  onFree(connection: Connection): void;
  /** The connection was lost, or could not be made. */
  onLost(connection: Connection): void;
}

const NO_LIST = { remove: () => {} };
/** Queries sent before the first of them is answered. */
const SENT_AHEAD = 100;
const MIN_LIFETIME_MS = 30 * 60_000;

/**
 * One connection, for its whole life: when it is lost, it is discarded with all the state that the driver keeps for it.
 *
 * The driver reconnects a lost connection and keeps some state of the old one: an error that it raises for the next
 * query, rows that it counts toward the next answer, bytes that it sends before the start-up message, and, between a
 * socket's error and its end, queries that get no answer or another's. So each connection here is a driver client of
 * size one, which never has to reconnect.
 */
export class Connection {
  /** Set while a transaction has it exclusively. */
  isReserved = false;
  /** Called when the connection is lost. */
  onLost: ((reason: unknown) => void) | null = null;
  /** How long sent queries may remain unanswered; null: without limit. */
  timeoutMs: number | null = null;
  readonly #options: ConnectionOptions;
  readonly #client: postgres.Sql;
  readonly #sent = new Set<Query>();
  readonly #oldAtMs = performance.now() + MIN_LIFETIME_MS * (1 + Math.random());
  #waiting: Query[] = [];
  #sentAtMs = 0;
  #driver: DriverConnection | undefined;
  #takesMore = false;
  #failure: { readonly reason: unknown } | undefined;
  #isStale = false;

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

  /** The approximate number of unanswered queries. */
  get load(): number {
    return this.#sent.size + this.#waiting.length;
  }

  get isMade(): boolean {
    return this.#driver !== undefined;
  }

  /** Whether to replace it with a new one: the database's memory for a connection only grows. */
  get isOld(): boolean {
    return this.#isStale || performance.now() > this.#oldAtMs;
  }

  /** Has it replaced as soon as it is free, since another connection may lead to another server. */
  expire(): void {
    this.#isStale = true;
  }

  /** Whether it has been unresponsive for longer than allowed. */
  get isSilent(): boolean {
    if (this.#sent.size === 0 || this.timeoutMs === null) return false;
    return performance.now() - this.#sentAtMs > this.timeoutMs;
  }

  send(query: Query): void {
    if (this.#failure) {
      query.reject(this.#failure.reason);
      return;
    }
    this.#waiting.push(query);
    this.#flush();
  }

  /** Fails as if the other side had closed the connection: what was sent may or may not have been done. */
  giveUp(): void {
    this.#lose(lost('CONNECTION_CLOSED'));
  }

  /** Closes the connection and fails its pending queries. */
  async end(): Promise<void> {
    if (this.#driver) this.#driver.reserved = null;
    this.#fail(lost('CONNECTION_DESTROYED'));
    await this.#client.end({ timeout: 0 });
  }

  /**
   * The first query establishes which driver connection this is. It belongs to no client, so its failure is the
   * connection's.
   */
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
      if (this.#sent.size === 0) this.#sentAtMs = performance.now();
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

/** An error with the driver's own code. */
export function lost(code: 'CONNECTION_CLOSED' | 'CONNECTION_ENDED' | 'CONNECTION_DESTROYED'): Error {
  return Object.assign(new Error(`The database connection was lost: ${code}.`), { code });
}
