import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import { RechargeCardDocument, type RechargeCardInput } from '../../client/operations.ts';
import { anyOf, onceIn } from './chance.ts';
import { DemoFailed, isRefusal } from './failure.ts';
import { type Actor, inWords, say } from './narrator.ts';
import type { PrintedCard } from './print-file.ts';
import type { Tally } from './tally.ts';

/** Few customers, so that the same cards come again and their balances grow. */
const CUSTOMERS = 25;

interface PortalOptions {
  readonly who: Actor;
  readonly client: Client;
  readonly cards: readonly PrintedCard[];
  readonly tally: Tally;
  /** Asks the operator for money in the wallet. */
  readonly topUp: () => Promise<void>;
}

type Recharged = Extract<Awaited<ReturnType<typeof send>>, { transfer: unknown }>;

/** A partner's portal: recharges cards from its wallet and, as on an unreliable network, sends some requests twice. */
export class Portal {
  readonly #who: Actor;
  readonly #client: Client;
  readonly #customers: readonly PrintedCard[];
  readonly #tally: Tally;
  readonly #topUp: () => Promise<void>;
  #last: { input: RechargeCardInput; transferId: string } | undefined;

  constructor({ who, client, cards, tally, topUp }: PortalOptions) {
    this.#who = who;
    this.#client = client;
    this.#customers = cards.slice(0, CUSTOMERS);
    this.#tally = tally;
    this.#topUp = topUp;
  }

  async serveCustomer(): Promise<void> {
    if (this.#last && onceIn(6)) await this.#sendAgain(this.#last);
    else await this.#recharge();
  }

  async #recharge(): Promise<void> {
    const { serial } = anyOf(this.#customers);
    const amount = { amount: anyOf(['5.00', '10.00', '20.00']), currency: 'EUR' };
    const input = { card: { serial }, amount, idempotencyKey: randomUUID() };
    const times = anyOf([1, 2, 3]);
    const answers = await Promise.all(Array.from({ length: times }, () => this.#send(input)));
    const [answer] = answers;
    if (!answer) return;
    if (isRefusal(answer)) return this.#refused(answer);
    this.#refuseUnlessOne(answers.map((each) => (isRefusal(each) ? each.code : each.transfer.id)));
    this.#tally.recharges += 1;
    this.#last = { input, transferId: answer.transfer.id };
    const repeated = times === 1 ? '' : `, sent ${times} times at once under one key: one transfer`;
    this.#say(`Recharges ${serial} with ${inWords(amount)}${repeated}. ${wallet(answer)}`);
  }

  /** Retries with the same idempotency key, as after a lost response. */
  async #sendAgain({ input, transferId }: { input: RechargeCardInput; transferId: string }): Promise<void> {
    const answer = await this.#send(input);
    this.#refuseUnlessOne([transferId, isRefusal(answer) ? answer.code : answer.transfer.id]);
    this.#say('Sends its last recharge once more: the same answer, nothing moved.');
  }

  async #refused({ code, message }: { code: string; message: string }): Promise<void> {
    this.#say(`Is refused (${code}): ${message}`);
    if (code === 'INSUFFICIENT_FUNDS') await this.#topUp();
  }

  #send(input: RechargeCardInput) {
    this.#tally.rechargesSent += 1;
    return send(this.#client, input);
  }

  /** The point of the demo: a retry has no second effect. */
  #refuseUnlessOne(effects: readonly string[]): void {
    if (new Set(effects).size === 1) return;
    throw new DemoFailed(
      `A recharge sent ${effects.length} times had several outcomes: ${effects.join(', ')}.`,
    );
  }

  #say(what: string): void {
    say(this.#who, what);
  }
}

async function send(client: Client, input: RechargeCardInput) {
  const { result } = await client.request(RechargeCardDocument, { input });
  return result;
}

function wallet({ transfer }: Recharged): string {
  return transfer.walletBalanceAfter ? `Its wallet has ${inWords(transfer.walletBalanceAfter)}.` : '';
}
