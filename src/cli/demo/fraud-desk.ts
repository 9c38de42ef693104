import type { Client } from '../../client/client.ts';
import { LockCardDocument, UnlockCardDocument } from '../../client/operations.ts';
import { isRefusal } from './failure.ts';
import { say } from './narrator.ts';
import type { Tally } from './tally.ts';

/** The operator's fraud desk: locks a card, investigates it, unlocks it. */
export class FraudDesk {
  readonly #client: Client;
  readonly #tally: Tally;
  #locked: string | undefined;

  constructor({ client, tally }: { client: Client; tally: Tally }) {
    this.#client = client;
    this.#tally = tally;
  }

  /** Unlocks the card locked before, or locks this one. */
  async act(serial: string | undefined): Promise<void> {
    if (this.#locked !== undefined) await this.unlock();
    else if (serial !== undefined) await this.#lock(serial);
  }

  /** Leaves no card locked. */
  async unlock(): Promise<void> {
    const serial = this.#locked;
    if (serial === undefined) return;
    this.#locked = undefined;
    const { result } = await this.#client.request(UnlockCardDocument, { input: { card: { serial } } });
    say('operator', isRefusal(result) ? `Can't unlock ${serial} (${result.code}).` : `Unlocks ${serial}.`);
  }

  async #lock(serial: string): Promise<void> {
    const { result } = await this.#client.request(LockCardDocument, {
      input: { card: { serial }, reason: 'SUSPECTED_FRAUD', note: 'Demo: looked into, then unlocked' },
    });
    if (isRefusal(result)) {
      say('operator', `Can't lock ${serial} (${result.code}).`);
      return;
    }
    this.#locked = serial;
    this.#tally.locks += 1;
    say('operator', `Locks ${serial}: suspected fraud. Its caller is refused until it is unlocked.`);
  }
}
