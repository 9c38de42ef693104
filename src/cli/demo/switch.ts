import type { Client } from '../../client/client.ts';
import { AuthenticateCardDocument, BindNumberDocument } from '../../client/operations.ts';
import { anyNumber, anyOf, onceIn } from './chance.ts';
import { isRefusal } from './failure.ts';
import { type Actor, inWords, say } from './narrator.ts';
import type { PhoneCalls } from './phone-calls.ts';
import type { PrintedCard } from './print-file.ts';
import type { Tally } from './tally.ts';

/** Returning callers are among the last ones that bound their number. */
const REGULARS = 8;

interface BoundCaller {
  readonly serial: string;
  /** E.164. */
  readonly number: string;
}

interface IvrOptions {
  readonly who: Actor;
  readonly client: Client;
  readonly cards: readonly PrintedCard[];
  readonly calls: PhoneCalls;
  readonly tally: Tally;
}

/** The voice menu that callers reach: receives PINs as callers key them, and numbers as the network sends them. */
export class Ivr {
  readonly #client: Client;
  readonly #cards: readonly PrintedCard[];
  readonly #calls: PhoneCalls;
  readonly #who: Actor;
  readonly #tally: Tally;
  #regulars: BoundCaller[] = [];

  constructor({ who, client, cards, calls, tally }: IvrOptions) {
    this.#client = client;
    this.#cards = cards;
    this.#calls = calls;
    this.#who = who;
    this.#tally = tally;
  }

  /** The card of a caller. */
  get knownSerial(): string | undefined {
    return this.#regulars.length === 0 ? undefined : anyOf(this.#regulars).serial;
  }

  /** One call: from a bound number, or with a PIN. */
  async answerCall(): Promise<void> {
    this.#tally.callers += 1;
    if (this.#regulars.length > 0 && onceIn(2)) await this.#answerRegular(anyOf(this.#regulars));
    else await this.#answerNewcomer(anyOf(this.#cards));
  }

  async #answerNewcomer({ serial, pin }: PrintedCard): Promise<void> {
    const caller = 'A caller keys a PIN';
    if (!(await this.#welcome(caller, { pin }))) return;
    const { result } = await this.#client.request(BindNumberDocument, {
      input: { card: { serial }, number: anyNumber() },
    });
    if (isRefusal(result)) {
      say(this.#who, `  The number can't be bound (${result.code}).`);
      return;
    }
    this.#tally.numbersBound += 1;
    this.#regulars = [...this.#regulars, { serial, number: result.number }].slice(-REGULARS);
    say(this.#who, `  Binds ${result.number} to the card: no PIN from now on.`);
  }

  /** Networks send one number in several formats; the server recognizes them as one. */
  async #answerRegular({ number }: BoundCaller): Promise<void> {
    await this.#welcome(`A call from ${number}`, { ani: anyOf([number, number.replace('+', '00')]) });
  }

  async #welcome(caller: string, by: { pin: string } | { ani: string }): Promise<boolean> {
    const { result } = await this.#client.request(AuthenticateCardDocument, { input: { by } });
    if (isRefusal(result)) {
      this.#tally.refusedCallers += 1;
      say(this.#who, `${caller}: refused (${result.code}).`);
      return false;
    }
    const { card, balance, token } = result;
    say(this.#who, `${caller}: card ${card.serial}, ${inWords(balance)}.`);
    this.#calls.place(token);
    return true;
  }
}
