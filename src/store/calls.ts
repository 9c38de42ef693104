import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { CallOutcome } from '../domain/call-authorization.ts';
import { AuthenticationRefused } from '../domain/rejections/cards.ts';
import { NotFound } from '../domain/rejections/input.ts';
import { type Credentials, findCaller, type PinDigester } from './caller-lookup.ts';
import type { CardTokens } from './card-token.ts';
import type { CommandWriter } from './command-writer.ts';
import {
  abandonCallCommand,
  authorizeCallCommand,
  type CompletionRequest,
  cancelCallCommand,
  completeCallCommand,
  type ExtensionRequest,
  extendCallCommand,
  type MeantCall,
  terminateCallCommand,
} from './commands/calls.ts';
import type { Giver } from './commands/once.ts';
import type { Sql } from './database.ts';
import type { RateBook } from './rate-book.ts';

export interface AuthorizationOrder {
  /** Unique among all switches. */
  readonly switchCallId: string;
  readonly by: Credentials | { readonly token: string };
  /** E.164, with its plus. */
  readonly number: string;
  readonly accessNumber: string | null;
  readonly wishSeconds: number | null;
}

export interface CallsOptions {
  readonly sql: Sql;
  readonly writer: CommandWriter;
  readonly digester: PinDigester;
  readonly tokens: CardTokens;
  readonly rateBook: RateBook;
}

/** Calls at once whose cards are remembered; of others the card is looked up. */
const REMEMBERED = 100_000;

/** The calls of switches: what the rules need is found here, and the writer does the rest. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #cards = new LRUCache<string, string>({ max: REMEMBERED });

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  /**
   * Allows a call to begin, or says why not: the outcome's call is AUTHORIZED or REFUSED, or what it has become since
   * when the id was asked before.
   *
   * @throws AuthenticationRefused, CallIdReused
   */
  async authorize(giver: Giver, order: AuthorizationOrder): Promise<CallOutcome> {
    const { sql, writer, rateBook } = this.#options;
    const { switchCallId, number, accessNumber, wishSeconds } = order;
    const { id: cardId, batchId } = await this.#caller(order.by);
    const terms = writer.terms.get(batchId) ?? (await writer.terms.load(sql, [batchId])).get(batchId);
    if (!terms) throw new AuthenticationRefused();
    const outcome = await writer.run(
      authorizeCallCommand(giver, {
        cardId,
        switchCallId,
        number,
        accessNumber,
        wishSeconds,
        trusted: 'token' in order.by,
        fingerprint: hash('sha256', JSON.stringify([cardId, number, accessNumber, wishSeconds]), 'hex'),
        pricing: await rateBook.pricing(terms.rateGroupId),
        overflow:
          terms.overflowRateGroupId === null ? null : await rateBook.pricing(terms.overflowRateGroupId),
      }),
    );
    this.#cards.set(switchCallId, cardId);
    return outcome;
  }

  /** @throws NotFound */
  async extend(giver: Giver, switchCallId: string, request: ExtensionRequest): Promise<CallOutcome> {
    return this.#options.writer.run(extendCallCommand(giver, await this.#meant(switchCallId), request));
  }

  /** @throws NotFound, CallEnded */
  async complete(giver: Giver, switchCallId: string, request: CompletionRequest): Promise<CallOutcome> {
    return this.#options.writer.run(completeCallCommand(giver, await this.#meant(switchCallId), request));
  }

  /** @throws NotFound, CallEnded */
  async cancel(giver: Giver, switchCallId: string): Promise<CallOutcome> {
    return this.#options.writer.run(cancelCallCommand(giver, await this.#meant(switchCallId)));
  }

  /** @throws NotFound, CallEnded */
  async terminate(giver: Giver, switchCallId: string): Promise<CallOutcome> {
    return this.#options.writer.run(terminateCallCommand(giver, await this.#meant(switchCallId)));
  }

  /** Settles a call whose switch fell silent; does nothing when it did not. */
  async abandon(giver: Giver, meant: MeantCall): Promise<CallOutcome> {
    return this.#options.writer.run(abandonCallCommand(giver, meant));
  }

  async #caller(by: AuthorizationOrder['by']): Promise<{ id: string; batchId: string }> {
    const { sql, tokens, digester } = this.#options;
    if (!('token' in by)) {
      const card = await findCaller({ sql, digester }, by);
      if (card) return card;
      throw new AuthenticationRefused();
    }
    const cardId = tokens.check(by.token);
    const [card] = cardId
      ? await sql<
          { id: string; batchId: string }[]
        >`SELECT id, batch_id AS "batchId" FROM cards WHERE id = ${cardId}`
      : [];
    if (card) return card;
    throw new AuthenticationRefused();
  }

  async #meant(switchCallId: string): Promise<MeantCall> {
    const known = this.#cards.get(switchCallId);
    if (known !== undefined) return { switchCallId, cardId: known };
    const { sql } = this.#options;
    const [call] = await sql<{ cardId: string }[]>`
      SELECT card_id AS "cardId" FROM calls WHERE switch_call_id = ${switchCallId}`;
    if (!call) throw new NotFound({ what: 'call', reference: switchCallId.slice(0, 100) });
    this.#cards.set(switchCallId, call.cardId);
    return { switchCallId, cardId: call.cardId };
  }
}
