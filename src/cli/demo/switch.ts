import type { Client } from '../../client/client.ts';
import { AuthenticateCardDocument, BindNumberDocument, QuoteCallDocument } from '../../client/operations.ts';
import { anyNumber, anyOf, onceIn } from './chance.ts';
import { isRefusal } from './failure.ts';
import { inWords, say } from './narrator.ts';
import type { PrintedCard } from './print-file.ts';
import type { Tally } from './tally.ts';

/** Where callers want to be connected. */
const DIALLED = ['+525512345678', '+12125550123', '+4930123456', '+902121234567', '+79161234567'];

/** Callers who come back are among the last so many who bound their number. */
const REGULARS = 8;

interface BoundCaller {
  readonly serial: string;
  /** E.164. */
  readonly number: string;
}

export interface IvrOptions {
  readonly client: Client;
  readonly cards: readonly PrintedCard[];
  readonly rateGroupId: string;
  readonly tally: Tally;
}

/** The voice menu that callers reach: knows PINs only as they are keyed, and numbers as the network sends them. */
export class Ivr {
  readonly #client: Client;
  readonly #cards: readonly PrintedCard[];
  readonly #rateGroupId: string;
  readonly #tally: Tally;
  #regulars: BoundCaller[] = [];

  constructor({ client, cards, rateGroupId, tally }: IvrOptions) {
    this.#client = client;
    this.#cards = cards;
    this.#rateGroupId = rateGroupId;
    this.#tally = tally;
  }

  /** A card that somebody calls with. */
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
      say('switch', `  The number can't be bound (${result.code}).`);
      return;
    }
    this.#tally.numbersBound += 1;
    this.#regulars = [...this.#regulars, { serial, number: result.number }].slice(-REGULARS);
    say('switch', `  Binds ${result.number} to the card: no PIN from now on.`);
  }

  /** Networks write one number in several ways; it is one number. */
  async #answerRegular({ number }: BoundCaller): Promise<void> {
    await this.#welcome(`A call from ${number}`, { ani: anyOf([number, number.replace('+', '00')]) });
  }

  async #welcome(caller: string, by: { pin: string } | { ani: string }): Promise<boolean> {
    const { result } = await this.#client.request(AuthenticateCardDocument, { input: { by } });
    if (isRefusal(result)) {
      this.#tally.refusedCallers += 1;
      say('switch', `${caller}: refused (${result.code}).`);
      return false;
    }
    const { card, balance } = result;
    say('switch', `${caller}: card ${card.serial}, ${inWords(balance)}${await this.#announcement(balance)}.`);
    return true;
  }

  async #announcement(balance: { amount: string; currency: string }): Promise<string> {
    const { amount, currency } = balance;
    const { result } = await this.#client.request(QuoteCallDocument, {
      rateGroupId: this.#rateGroupId,
      number: anyOf(DIALLED),
      balance: { amount, currency },
    });
    if (isRefusal(result) || typeof result.affordableSeconds !== 'number') return '';
    return `, ${Math.floor(result.affordableSeconds / 60)} minutes to ${result.destination}`;
  }
}
