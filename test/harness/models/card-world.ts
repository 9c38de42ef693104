import { v7 as uuidV7 } from 'uuid';
import { type Call, type Grant, isFinal } from '../../../src/domain/calls/call.ts';
import { authorizeCall, type CallOutcome } from '../../../src/domain/calls/call-authorization.ts';
import { extendCall } from '../../../src/domain/calls/call-extension.ts';
import {
  abandonCall,
  cancelCall,
  completeCall,
  terminateCall,
} from '../../../src/domain/calls/call-settlement.ts';
import { PLAIN_CALL_TERMS, type Pricing } from '../../../src/domain/calls/call-terms.ts';
import { activateCards } from '../../../src/domain/cards/activation.ts';
import type { BatchTerms, Card } from '../../../src/domain/cards/card.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { lockCard, unlockCard } from '../../../src/domain/cards/lock.ts';
import type { Decision, RuleContext } from '../../../src/domain/decision.ts';
import { recharge } from '../../../src/domain/money/recharge.ts';
import { Rejection } from '../../../src/domain/rejections/rejection.ts';
import { cardLike, termsLike } from '../cards.ts';
import type { Price, Setup } from './reference-card.ts';

/** What may be dialled, and at what price. */
export const PRICES: Record<string, Price> = {
  '+39': { second: 1_000n, first: 60, next: 60, fee: 0n },
  '+44': { second: 2_000n, first: 30, next: 6, fee: 50_000n },
};

/** One step in the life of a card. */
export type Command =
  | { readonly do: 'authorize'; readonly id: number; readonly number: string; readonly wish: number | null }
  | { readonly do: 'extend'; readonly id: number; readonly request: number; readonly used: number }
  | { readonly do: 'complete'; readonly id: number; readonly total: number }
  | { readonly do: 'cancel' | 'terminate'; readonly id: number }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'recharge'; readonly amount: bigint }
  | { readonly do: 'lock'; readonly seconds: number | null }
  | { readonly do: 'unlock' | 'jobs' };

/** A card, its calls and its movements under the rules, as the store would keep them. */
export class CardWorld {
  card: Card = cardLike({ status: 'INACTIVE' });
  readonly calls = new Map<number, Call>();
  readonly movements: { amount: bigint; callId: string | undefined }[] = [];
  now: number;
  readonly #terms: BatchTerms;
  readonly #setup: Setup;

  constructor(setup: Setup, now: number) {
    this.now = now;
    this.#setup = setup;
    this.#terms = termsLike({
      type: setup.type,
      faceValue: setup.faceValue,
      validityDays: setup.validityDays,
      graceDays: setup.graceDays,
      rechargeExtendsDays: setup.extendsDays,
      maxConcurrentCalls: setup.lines,
      callSurcharge: setup.callSurcharge,
      maxCallSeconds: setup.maxPlanSeconds,
      fairUseDaySeconds: setup.dayCap,
      fairUseMonthSeconds: setup.monthCap,
    });
    this.#take(activateCards({ cards: [this.card], terms: this.#terms }, this.#at()));
  }

  run(command: Command): string {
    try {
      return this.#run(command);
    } catch (error) {
      if (error instanceof Rejection) return error.code;
      throw error;
    }
  }

  #run(command: Command): string {
    const { card } = this;
    const [terms, at] = [this.#terms, this.#at()];
    switch (command.do) {
      case 'authorize':
        return this.#authorize(command);
      case 'extend': {
        const { request, used } = command;
        const asked = { requestNumber: request, usedSeconds: used, requestedSeconds: null };
        return told(this.#report(command.id, (state) => extendCall({ ...state, ...asked }, at)).granted);
      }
      case 'complete': {
        const end = { totalSeconds: command.total, hangupCause: null, answeredAt: null, endedAt: null };
        return paid(this.#report(command.id, (state) => completeCall({ ...state, ...end }, at)));
      }
      case 'cancel':
        return paid(this.#report(command.id, (state) => cancelCall(state, at)));
      case 'terminate':
        this.#report(command.id, (state) => terminateCall(state, at));
        return 'ok';
      case 'wait':
        this.now += command.seconds * 1_000;
        return 'ok';
      case 'recharge':
        this.#take(
          recharge({ card, terms, wallet: null, amount: command.amount, currency: card.currency }, at),
        );
        return 'ok';
      case 'lock': {
        const unlockAt = command.seconds === null ? null : new Date(this.now + command.seconds * 1_000);
        this.#take(lockCard({ card, reason: 'OPERATOR', unlockAt, note: null, by: null }, at));
        return 'ok';
      }
      case 'unlock':
        this.#take(unlockCard({ card, terms, note: null, reach: null }, at));
        return 'ok';
      case 'jobs':
        for (const id of this.calls.keys()) this.#report(id, (state) => abandonCall(state, at));
        for (let step = 0; step < 3; step += 1) this.#take(noteTime({ card: this.card, terms }, at));
        return 'ok';
    }
  }

  #authorize({ id, number, wish }: Extract<Command, { do: 'authorize' }>): string {
    const decision = authorizeCall(
      {
        earlier: this.calls.get(id),
        scope: 'switch',
        switchCallId: `${id}`,
        fingerprint: `${number} ${wish}`,
        card: this.card,
        terms: this.#terms,
        pricing: this.#pricing(),
        overflow: this.#setup.hasOverflow ? this.#pricing() : null,
        number,
        accessNumber: null,
        requestedSeconds: wish,
        identifiedBy: 'TOKEN',
        known: true,
      },
      this.#at(),
    );
    this.#take(decision);
    const { call } = decision.outcome;
    return call.refusal ?? told(call.granted);
  }

  #report(
    id: number,
    rule: (state: { call: Call; card: Card; terms: BatchTerms }) => Decision<CallOutcome>,
  ): Call {
    const call = this.calls.get(id);
    if (!call) throw new Error(`There is no call ${id}.`);
    const decision = rule({ call, card: this.card, terms: this.#terms });
    this.#take(decision);
    return decision.outcome.call;
  }

  #take({ cards = [], calls = [], transfers = [] }: Decision<unknown>): void {
    this.card = cards.at(-1) ?? this.card;
    for (const call of calls) this.calls.set(Number(call.switchCallId), call);
    for (const { credit, amount, callId } of transfers) {
      this.movements.push({ amount: 'card' in credit ? amount : -amount, callId });
    }
  }

  #at(): RuleContext {
    return { now: new Date(this.now), actorId: 'test', newId: () => uuidV7() };
  }

  #pricing(): Pricing {
    const { slice, freeSeconds, minimumCharge, maxCharge, maxSeconds } = this.#setup;
    return {
      rateGroupId: 'group',
      currency: 'EUR',
      terms: {
        ...PLAIN_CALL_TERMS,
        sliceSeconds: slice,
        freeSeconds,
        minimumCharge,
        maxCharge,
        maxSeconds,
      },
      match(number) {
        const price = PRICES[number];
        return (
          price && {
            prefix: number.slice(1),
            destination: number,
            effectiveFrom: new Date(0),
            effectiveTo: null,
            withdrawn: false,
            barred: false,
            ratePer1e8Minute: price.second * 6_000n,
            connectionFee: price.fee,
            initialIncrementSeconds: price.first,
            incrementSeconds: price.next,
          }
        );
      },
    };
  }
}

const told = (grant: Grant) => `${grant.seconds}${isFinal(grant) ? ' final' : ''}`;
const paid = ({ charge, surchargePosted }: Call) => `${charge + surchargePosted}`;
