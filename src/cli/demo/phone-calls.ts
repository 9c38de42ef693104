import { randomInt, randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import {
  AuthorizeCallDocument,
  CancelCallDocument,
  CompleteCallDocument,
  ExtendCallDocument,
} from '../../client/operations.ts';
import { anyOf, onceIn } from './chance.ts';
import { isRefusal } from './failure.ts';
import { type Actor, inWords, say } from './narrator.ts';
import { pause } from './pace.ts';
import type { Tally } from './tally.ts';

/** The numbers that callers dial. */
const DIALLED = ['+525512345678', '+12125550123', '+4930123456', '+902121234567', '+79161234567'];

/** Seconds of talk per second of the demo. */
const SPEED = 60;

/** Maximum concurrent calls, so that a long demo stays readable. */
const LINES = 12;

interface PhoneCallsOptions {
  readonly who: Actor;
  readonly client: Client;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/**
 * The calls of one switch: authorized by the caller's token, extended while they last, and completed. Some are never
 * answered, and some the switch never reports on again.
 */
export class PhoneCalls {
  readonly #options: PhoneCallsOptions;
  readonly #inProgress = new Set<Promise<void>>();

  constructor(options: PhoneCallsOptions) {
    this.#options = options;
  }

  /** Puts a caller through, in the background. */
  place(token: string): void {
    if (this.#inProgress.size >= LINES) return;
    const call = this.#run(token).finally(() => this.#inProgress.delete(call));
    // `ended` reports the failure.
    call.catch(() => {});
    this.#inProgress.add(call);
  }

  /** Resolves when all calls have ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#inProgress);
  }

  async #run(token: string): Promise<void> {
    const { client, tally, signal } = this.#options;
    const switchCallId = randomUUID();
    const number = anyOf(DIALLED);
    const { result } = await client.request(AuthorizeCallDocument, {
      input: { switchCallId, by: { token }, number },
    });
    if (isRefusal(result)) {
      const reason = 'reason' in result ? result.reason : result.code;
      return this.#say(`  No call to ${number}: ${reason}.`);
    }
    tally.calls += 1;
    const { call, grant, balance } = result;
    this.#say(
      `  Puts a call through to ${call.destination}: ${grant.seconds} s granted, ${inWords(call.held)} held, ${inWords(balance)} left to spend.`,
    );
    if (onceIn(8)) return this.#notAnswered(switchCallId);
    if (onceIn(12))
      return this.#say(`  Loses sight of the call to ${call.destination}: it will be settled without.`);
    const seconds = await this.#talk(switchCallId, grant, randomInt(15, 900), signal);
    await this.#hangUp(switchCallId, seconds);
  }

  /** Talks until the caller has had enough or the grant is final. @returns seconds since the answer */
  async #talk(
    switchCallId: string,
    first: { seconds: number; final: boolean },
    wanted: number,
    signal: AbortSignal,
  ): Promise<number> {
    let grant = first;
    let used = 0;
    for (let requestNumber = 1; ; requestNumber += 1) {
      const until = Math.min(wanted, grant.seconds);
      await pause(((until - used) * 1_000) / SPEED, signal);
      used = until;
      if (used === wanted || grant.final || signal.aborted) return used;
      const { result } = await this.#options.client.request(ExtendCallDocument, {
        input: { switchCallId, requestNumber, usedSeconds: used },
      });
      if (isRefusal(result)) return used;
      grant = result.grant;
    }
  }

  async #notAnswered(switchCallId: string): Promise<void> {
    await this.#options.client.request(CancelCallDocument, { switchCallId });
    this.#say('  Nobody answers: the hold is released, nothing charged.');
  }

  async #hangUp(switchCallId: string, totalSeconds: number): Promise<void> {
    const { client } = this.#options;
    const input = { switchCallId, totalSeconds, hangupCause: 'NORMAL_CLEARING' };
    // As switches do on an unreliable network.
    const [{ result }] = await Promise.all([
      client.request(CompleteCallDocument, { input }),
      ...(onceIn(3) ? [client.request(CompleteCallDocument, { input })] : []),
    ]);
    if (isRefusal(result)) return this.#say(`  The end of a call was refused (${result.code}).`);
    const { call, balance } = result;
    this.#say(
      `  ${totalSeconds} s to ${call.destination} cost ${inWords(call.charge)}; ${inWords(balance)} left.`,
    );
  }

  #say(what: string): void {
    say(this.#options.who, what);
  }
}
