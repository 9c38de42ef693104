import { LRUCache } from 'lru-cache';
import type { CallOutcome } from '../../domain/calls/call-authorization.ts';
import type { Card } from '../../domain/cards/card.ts';
import { disclosedState, type Identification } from '../../domain/cards/disclosed-state.ts';
import { SuccessorNeeded } from '../../domain/cards/replacement.ts';
import { CallIdReused } from '../../domain/rejections/calls.ts';
import { AuthenticationRefused } from '../../domain/rejections/cards.ts';
import { InvalidInput, NotFound } from '../../domain/rejections/input.ts';
import { failureOf } from '../../domain/security/authentication-failure.ts';
import type { Attempt } from '../../domain/security/guessing.ts';
import type { CardTokens } from '../keys/card-token.ts';
import { cardOfNumber, type EnteredPin } from '../pins/caller-lookup.ts';
import type { PinDefense } from '../pins/pin-defense.ts';
import type { Sql } from '../postgres/database.ts';
import type { RateBook } from '../rates/rate-book.ts';
import { type Command, NO_CARD } from '../writer/command.ts';
import type { CommandWriter } from '../writer/command-writer.ts';
import {
  abandonCallCommand,
  authorizeCallCommand,
  type CallReference,
  type CompletionRequest,
  cancelCallCommand,
  completeCallCommand,
  type ExtensionRequest,
  extendCallCommand,
  terminateCallCommand,
} from '../writer/commands/calls.ts';
import { type Actor, callScopeOf } from '../writer/commands/once.ts';
import { type CallName, callName } from '../writer/needs.ts';
import { type CallerDigester, type CallRequest, type EarlierCall, RepeatedCalls } from './repeated-calls.ts';
import { reportReusedId } from './reused-call-ids.ts';

interface AuthorizationOrder extends CallRequest {
  /** Unique for the switch, or for its group. */
  readonly switchCallId: string;
  /** The source of the request. */
  readonly attempt: Attempt;
}

/** A call as an operator refers to it: by its id, or by the call id of any switch. */
export type OperatorCallReference = { readonly id: string } | { readonly switchCallId: string };

interface CallsOptions {
  readonly sql: Sql;
  readonly writer: CommandWriter;
  readonly defense: PinDefense;
  readonly tokens: CardTokens;
  readonly digester: CallerDigester;
  readonly rateBook: RateBook;
}

/** The card of a caller, and how it was found. */
interface Caller {
  readonly card: Pick<Card, 'id' | 'batchId'>;
  readonly identifiedBy: Identification;
  readonly known: boolean;
}

/** Calls in progress whose cards are cached; for others the card is looked up. */
const MAX_CACHED_CALLS = 100_000;

/** The operations of switches on calls: finds the data that the rules need; the writer does the rest. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #repeated: RepeatedCalls;
  readonly #cards = new LRUCache<string, string>({ max: MAX_CACHED_CALLS });

  constructor(options: CallsOptions) {
    this.#options = options;
    this.#repeated = new RepeatedCalls(options);
  }

  /**
   * Authorizes a call, or says why not. The outcome's call is AUTHORIZED or REFUSED; for a repeated request it is the
   * call in its present state, and its caller is not authenticated again.
   *
   * @throws AuthenticationRefused, CallIdReused
   */
  async authorize(actor: Actor, order: AuthorizationOrder): Promise<CallOutcome> {
    const earlier = await this.#earlier(actor, order);
    if (earlier) return this.#repeat(actor, order, earlier);
    try {
      return await this.#authorizeCaller(actor, order);
    } catch (error) {
      const isReused = error instanceof CallIdReused;
      if (!isReused && !(error instanceof AuthenticationRefused)) throw error;
      // Meanwhile the same request may have been answered, and its caller's number unbound.
      const done = await this.#earlier(actor, order);
      if (!done?.isSame) throw error;
      return this.#repeat(actor, order, done);
    }
  }

  #earlier(actor: Actor, order: AuthorizationOrder): Promise<EarlierCall | undefined> {
    return this.#repeated.find({ scope: callScopeOf(actor), switchCallId: order.switchCallId }, order);
  }

  /** The rule answers from the stored call: nothing is guessed by it, and nothing counted. */
  #repeat(actor: Actor, order: AuthorizationOrder, { card }: EarlierCall): Promise<CallOutcome> {
    return this.#authorizeCard(actor, order, { card, identifiedBy: 'NUMBER', known: true });
  }

  async #authorizeCaller(actor: Actor, order: AuthorizationOrder): Promise<CallOutcome> {
    const { by } = order;
    if ('pin' in by) return this.#authorizeByPin(actor, order, by);
    const { sql } = this.#options;
    const card = 'token' in by ? await this.#cardOfToken(by.token) : await cardOfNumber(sql, by.ani);
    if (!card) throw new AuthenticationRefused();
    const identifiedBy = 'token' in by ? 'TOKEN' : 'NUMBER';
    return this.#authorizeCard(actor, order, { card, identifiedBy, known: true });
  }

  /** Forgets the cards of calls in progress. */
  clear(): void {
    this.#cards.clear();
  }

  /** @throws NotFound */
  async extend(actor: Actor, switchCallId: string, request: ExtensionRequest): Promise<CallOutcome> {
    return this.#options.writer.run(
      extendCallCommand(actor, await this.#referenceOf(actor, switchCallId), request),
    );
  }

  /** @throws NotFound, CallEnded */
  async complete(actor: Actor, switchCallId: string, request: CompletionRequest): Promise<CallOutcome> {
    return this.#settle(await this.#referenceOf(actor, switchCallId), (call) =>
      completeCallCommand(actor, call, request),
    );
  }

  /** @throws NotFound, CallEnded */
  async cancel(actor: Actor, switchCallId: string): Promise<CallOutcome> {
    return this.#settle(await this.#referenceOf(actor, switchCallId), (call) =>
      cancelCallCommand(actor, call),
    );
  }

  /** For operators, who may end the calls of any switch. @throws NotFound, InvalidInput, CallEnded */
  async terminate(actor: Actor, reference: OperatorCallReference): Promise<CallOutcome> {
    return this.#options.writer.run(terminateCallCommand(actor, await this.#ofAnySwitch(reference)));
  }

  /** Settles a call whose switch stopped reporting; does nothing when it is still active. */
  async abandon(actor: Actor, call: CallReference, isTrusted?: (now: Date) => boolean): Promise<CallOutcome> {
    return this.#settle(call, (settled) => abandonCallCommand(actor, settled, isTrusted));
  }

  /** Refunds for a replaced card go to its replacement. Few calls need it, so it is looked up only on demand. */
  async #settle(
    call: CallReference,
    command: (call: CallReference) => Command<CallOutcome>,
  ): Promise<CallOutcome> {
    const { writer } = this.#options;
    let settled = call;
    for (;;) {
      try {
        return await writer.run(command(settled));
      } catch (error) {
        if (!(error instanceof SuccessorNeeded)) throw error;
        settled = { ...call, successorId: await this.#successorOf(call.cardId) };
      }
    }
  }

  /**
   * The card at the end of the chain of replacements. It may be replaced itself before it is locked; then it is looked
   * up again.
   */
  async #successorOf(cardId: string): Promise<string> {
    const [last] = await this.#options.sql<{ id: string }[]>`
      WITH RECURSIVE chain AS (
        SELECT id, replaced_by_id FROM cards WHERE id = ${cardId}
        UNION ALL SELECT c.id, c.replaced_by_id FROM cards c JOIN chain ON c.id = chain.replaced_by_id
      )
      SELECT id FROM chain WHERE replaced_by_id IS NULL`;
    if (!last) throw new Error(`The replacements of card ${cardId} have no end.`);
    return last.id;
  }

  /**
   * A card that may not call reaches the rule to have the reason stored with the call, as far as its caller may know it;
   * otherwise only for an existing call. Such a refusal counts as every other, except that of a card in its grace.
   */
  async #authorizeByPin(actor: Actor, order: AuthorizationOrder, keyed: EnteredPin): Promise<CallOutcome> {
    const { sql, writer, defense } = this.#options;
    using comparison = await defense.compare(order.attempt, keyed);
    const { card, trusted } = comparison;
    const type = card && (await writer.terms.load(sql, [card.batchId])).get(card.batchId)?.type;
    const now = new Date();
    const state = card && type && disclosedState(card, { type, by: 'PIN', known: trusted }, now);
    const mayAsk =
      state !== undefined || (await this.#isCallOf(actor, order.switchCallId, card?.id ?? NO_CARD));
    const caller = card && type && mayAsk && ({ card, identifiedBy: 'PIN', known: trusted } as const);
    const outcome = caller ? await this.#authorizeFound(actor, order, caller) : undefined;
    const isUsable = state === 'ACTIVE' || state === 'IN_GRACE';
    // A call that is asked for again was allowed before: that is no failure either.
    if (outcome && (isUsable || outcome.call.refusal === null)) {
      comparison.grant();
      return outcome;
    }
    await comparison.refuse(card && type && failureOf(card, { type, asVoucher: false }, now));
    if (outcome) return outcome;
    throw new AuthenticationRefused();
  }

  /** Undefined when the rule refuses the card, which may have changed since it was found. */
  async #authorizeFound(
    actor: Actor,
    order: AuthorizationOrder,
    caller: Caller,
  ): Promise<CallOutcome | undefined> {
    try {
      return await this.#authorizeCard(actor, order, caller);
    } catch (error) {
      if (error instanceof AuthenticationRefused) return undefined;
      throw error;
    }
  }

  async #authorizeCard(
    actor: Actor,
    order: AuthorizationOrder,
    { card, identifiedBy, known }: Caller,
  ): Promise<CallOutcome> {
    const { sql, writer, rateBook } = this.#options;
    const { switchCallId, number, accessNumber, requestedSeconds } = order;
    const { id: cardId, batchId } = card;
    const named = { scope: callScopeOf(actor), switchCallId };
    const terms = writer.terms.get(batchId) ?? (await writer.terms.load(sql, [batchId])).get(batchId);
    if (!terms) throw new AuthenticationRefused();
    const authorization = writer.run(
      authorizeCallCommand(actor, {
        cardId,
        ...named,
        number,
        accessNumber,
        requestedSeconds,
        identifiedBy,
        known,
        fingerprint: this.#repeated.fingerprint(named, cardId, order),
        pricing: await rateBook.pricing(terms.rateGroupId),
        overflow:
          terms.overflowRateGroupId === null ? null : await rateBook.pricing(terms.overflowRateGroupId),
      }),
    );
    const outcome = await authorization.catch(async (error) => {
      const isReused = error instanceof CallIdReused && !(await this.#earlier(actor, order))?.isSame;
      if (isReused) await reportReusedId(sql, { error, actor, scope: named.scope, cardId });
      throw error;
    });
    this.#cards.set(callName(named), cardId);
    return outcome;
  }

  async #isCallOf(actor: Actor, switchCallId: string, cardId: string): Promise<boolean> {
    return (await this.#cardOf({ scope: callScopeOf(actor), switchCallId })) === cardId;
  }

  async #cardOfToken(token: string): Promise<Pick<Card, 'id' | 'batchId'> | undefined> {
    const { sql, tokens } = this.#options;
    const cardId = tokens.check(token);
    if (!cardId) return undefined;
    const [card] = await sql<{ id: string; batchId: string }[]>`
      SELECT id, batch_id AS "batchId" FROM cards WHERE id = ${cardId}`;
    return card;
  }

  /** A switch sees its own calls only: those of other switches are not found. */
  async #referenceOf(actor: Actor, switchCallId: string): Promise<CallReference> {
    const named = { scope: callScopeOf(actor), switchCallId };
    const known = this.#cards.get(callName(named)) ?? (await this.#cardOf(named));
    if (known === undefined) throw new NotFound({ what: 'call', reference: switchCallId.slice(0, 100) });
    this.#cards.set(callName(named), known);
    return { ...named, cardId: known };
  }

  async #cardOf({ scope, switchCallId }: CallName): Promise<string | undefined> {
    const [call] = await this.#options.sql<{ cardId: string }[]>`
      SELECT card_id AS "cardId" FROM calls WHERE call_scope = ${scope} AND switch_call_id = ${switchCallId}`;
    return call?.cardId;
  }

  async #ofAnySwitch(reference: OperatorCallReference): Promise<CallReference> {
    const { sql } = this.#options;
    const named =
      'id' in reference ? sql`id = ${reference.id}` : sql`switch_call_id = ${reference.switchCallId}`;
    const [call, another] = await sql<CallReference[]>`
      SELECT call_scope AS scope, switch_call_id AS "switchCallId", card_id AS "cardId" FROM calls
      WHERE ${named} ORDER BY state <> 'AUTHORIZED', id DESC LIMIT 2`;
    const shown = 'id' in reference ? reference.id : reference.switchCallId.slice(0, 100);
    if (!call) throw new NotFound({ what: 'call', reference: shown });
    if (another) {
      const problem = 'stands for calls of several switches: give the id of the Call instead.';
      throw new InvalidInput({ field: 'callId', problem });
    }
    return call;
  }
}
