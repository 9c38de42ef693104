import type { Transport } from '../observability/metrics.ts';

/** Counts open connections: in total and per actor. */
export class ConnectionLimits {
  readonly #most: number;
  readonly #mostEach: number;
  readonly #each = new Map<string, number>();
  #open = 0;

  readonly #onOpen: (transport: Transport) => () => void;

  /** @param onOpen called for each connection that opens; the function it returns is called when that closes */
  constructor({
    most,
    mostEach,
    onOpen = () => () => {},
  }: {
    most: number;
    mostEach: number;
    onOpen?: (transport: Transport) => () => void;
  }) {
    this.#onOpen = onOpen;
    this.#most = most;
    this.#mostEach = mostEach;
  }

  /** Whether there is room for one more connection of any actor. */
  get hasRoom(): boolean {
    return this.#open < this.#most;
  }

  /** @returns a function that releases the slot, once; undefined when none is free. */
  take(actorId: string, transport: Transport): (() => void) | undefined {
    const own = this.#each.get(actorId) ?? 0;
    if (!this.hasRoom || own >= this.#mostEach) return undefined;
    this.#open += 1;
    this.#each.set(actorId, own + 1);
    const closed = this.#onOpen(transport);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      closed();
      this.#giveBack(actorId);
    };
  }

  #giveBack(actorId: string): void {
    this.#open -= 1;
    const own = (this.#each.get(actorId) ?? 1) - 1;
    if (own === 0) this.#each.delete(actorId);
    else this.#each.set(actorId, own);
  }
}
