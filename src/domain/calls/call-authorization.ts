import { available, type BatchTerms, type Card } from '../cards/card.ts';
import type { CardState } from '../cards/card-state.ts';
import { disclosedState, type Identification } from '../cards/disclosed-state.ts';
import { useForTheFirstTime } from '../cards/first-use.ts';
import type { Decision, RuleContext } from '../decision.ts';
import { rateOfLine } from '../rates/line-rate.ts';
import { localTime } from '../rates/time-band.ts';
import { CallIdReused } from '../rejections/calls.ts';
import { AuthenticationRefused } from '../rejections/cards.ts';
import { lineOf } from '../values/line.ts';
import {
  answerTo,
  type Call,
  type CallRating,
  type CallRefusalReason,
  isSameRequest,
  REPORT_MARGIN_SECONDS,
  withAnswer,
} from './call.ts';
import { callEvent } from './call-event.ts';
import { nextGrant, priceOf } from './call-grant.ts';
import { hasEnded, repeatedAuthorization } from './call-repetition.ts';
import { isBlocked, MAX_CALL_SECONDS, type Pricing, tariffOf } from './call-terms.ts';
import { countUsage, usageOn } from './fair-use.ts';

export interface CallAuthorization {
  /** The call that already has the switch's id, if there is one. */
  readonly earlier: Call | undefined;
  readonly scope: string;
  readonly switchCallId: string;
  readonly fingerprint: string;
  readonly card: Card;
  readonly terms: BatchTerms;
  /** The card's rate group. */
  readonly pricing: Pricing;
  /** The rates for calls that an UNLIMITED card's plan does not include; null: such calls are refused. */
  readonly overflow: Pricing | null;
  /** The dialed number, E.164 with its plus. */
  readonly number: string;
  readonly accessNumber: string | null;
  readonly requestedSeconds: number | null;
  /** What identifies the caller: it decides whether the response says why its card may not call. */
  readonly identifiedBy: Identification;
  /** Whether something other than the PIN just entered identifies the caller: see canAuthenticate. */
  readonly known: boolean;
}

export interface CallOutcome {
  readonly call: Call;
  readonly card: Card;
}

/**
 * Authorizes a call: rates it, fixes its price, grants a quota and holds what that costs; or refuses it for the first
 * reason, in the order of the guards. The outcome is stored with the call, even a refusal: a repeated id finds the same
 * call and makes no second one. What it is granted then depends on what has happened since: see call-repetition.ts.
 *
 * @throws CallIdReused, AuthenticationRefused
 */
export function authorizeCall(request: CallAuthorization, at: RuleContext): Decision<CallOutcome> {
  const { earlier, card, terms, identifiedBy, known } = request;
  if (earlier) {
    if (!isSameRequest(earlier.fingerprint, request.fingerprint)) throw reused(earlier, at.now);
    const answer = answerTo(earlier, 0) ?? earlier.granted;
    const granted = repeatedAuthorization({ call: earlier, card, answer }, at.now);
    return { outcome: { call: { ...earlier, granted }, card } };
  }
  const state = disclosedState(card, { type: terms.type, by: identifiedBy, known }, at.now);
  if (state === undefined) throw new AuthenticationRefused();
  if (state !== 'ACTIVE') return refuse(request, REASONS[state], null, at);
  if (isAccessNumber(request)) return refuse(request, 'ACCESS_NUMBER_DIALED', null, at);
  const firstUse = useForTheFirstTime({ card, terms, known }, at);
  const rated = rate(request, firstUse.outcome, at.now);
  if (typeof rated === 'string') return refuse(request, rated, null, at);
  const lines = terms.type === 'DISPOSABLE' ? 1 : terms.maxConcurrentCalls;
  if (card.callsInProgress >= lines) return refuse(request, 'TOO_MANY_CALLS', rated.rating, at);

  const { rating, usageDay } = rated;
  const counted = usageDay === null ? firstUse.outcome : { ...firstUse.outcome, ...usageOn(card, usageDay) };
  const grant = nextGrant({
    rating,
    card: counted,
    terms,
    usedSeconds: 0,
    grantedSeconds: 0,
    funds: available(firstUse.outcome),
    requestedSeconds: request.requestedSeconds,
    now: at.now,
  });
  if (grant.seconds === 0)
    return refuse(request, grant.limit === 'VALIDITY' ? 'CARD_EXPIRED' : NO_SECONDS, rating, at);

  const held = priceOf(rating, grant.seconds);
  const after: Card = {
    ...countUsage(counted, usageDay, grant.seconds),
    held: card.held + held,
    callsInProgress: card.callsInProgress + 1,
    version: firstUse.outcome.version + 1,
  };
  const call = withAnswer(
    {
      ...newCall(request, at),
      state: 'AUTHORIZED',
      rating,
      held,
      usageDay,
      expiresAt: expiryOf(grant.seconds, at.now),
    },
    0,
    grant,
  );
  return {
    outcome: { call, card: after },
    cards: [after],
    calls: [call],
    ...(firstUse.transfers && { transfers: firstUse.transfers }),
    events: [...(firstUse.events ?? []), callEvent('CALL_AUTHORIZED', call, after, at.actorId, {})],
  };
}

/** A call to an access number would come back, and pay for itself a second time: the one it came by, or a known one. */
function isAccessNumber({ number, accessNumber, pricing }: CallAuthorization): boolean {
  const line = lineOf(number);
  if (accessNumber !== null && lineOf(accessNumber) === line) return true;
  return pricing.terms.surcharges.some((each) => lineOf(each.accessNumber) === line);
}

function reused(call: Call, now: Date): CallIdReused {
  const { switchCallId, authorizedAt } = call;
  return new CallIdReused({
    switchCallId,
    authorizedAt: authorizedAt.toISOString(),
    hasEnded: hasEnded(call, now),
  });
}

/** When a call counts as abandoned: after the seconds it may still run, plus a margin for ringing and late reports. */
export function expiryOf(remainingSeconds: number, now: Date): Date {
  return new Date(now.getTime() + (remainingSeconds + REPORT_MARGIN_SECONDS) * 1_000);
}

/** Money and fair use were checked before, so only a balance that buys no second can leave none. */
const NO_SECONDS = 'INSUFFICIENT_BALANCE';

const REASONS: Record<Exclude<CardState, 'ACTIVE'>, CallRefusalReason> = {
  INACTIVE: 'CARD_INACTIVE',
  LOCKED: 'CARD_LOCKED',
  IN_GRACE: 'CARD_IN_GRACE',
  EXPIRED: 'CARD_EXPIRED',
  DEACTIVATED: 'CARD_DEACTIVATED',
  CLOSED: 'CARD_CLOSED',
};

interface Rated {
  readonly rating: CallRating;
  readonly usageDay: string | null;
}

/**
 * How the call is paid for: from the card's balance; or, on an UNLIMITED card, by its plan while the destination is on
 * its list and fair use is left, and beyond that from the balance at the overflow's rates.
 */
function rate(request: CallAuthorization, card: Card, now: Date): Rated | CallRefusalReason {
  const { terms, pricing, overflow } = request;
  if (terms.type !== 'UNLIMITED') return price(request, pricing, now);
  const planned = price(request, pricing, now);
  if (planned === 'DESTINATION_BLOCKED') return planned;
  const usageDay = localTime(pricing.terms.timeZone, now).date;
  const left = typeof planned !== 'string' && hasFairUseLeft(terms, usageOn(card, usageDay));
  if (typeof planned !== 'string' && left) {
    return { rating: { ...planned.rating, included: true }, usageDay };
  }
  if (overflow) return price(request, overflow, now);
  return typeof planned === 'string' ? planned : 'FAIR_USE_REACHED';
}

function price(
  { terms, number, accessNumber }: CallAuthorization,
  pricing: Pricing,
  now: Date,
): Rated | CallRefusalReason {
  if (isBlocked(pricing.terms, number)) return 'DESTINATION_BLOCKED';
  const rate = rateOfLine(pricing.match, number, now);
  if (!rate) return 'NO_RATE';
  const { sliceSeconds, maxSeconds, maxCharge } = pricing.terms;
  return {
    usageDay: null,
    rating: {
      rateGroupId: pricing.rateGroupId,
      prefix: rate.prefix,
      destination: rate.destination,
      ...tariffOf(rate, pricing.terms, { accessNumber, now }),
      surcharge: terms.callSurcharge,
      included: false,
      sliceSeconds,
      maxSeconds: maxSeconds ?? MAX_CALL_SECONDS,
      maxCharge,
    },
  };
}

function hasFairUseLeft(
  { fairUseDaySeconds, fairUseMonthSeconds }: BatchTerms,
  { usageDaySeconds, usageMonthSeconds }: Pick<Card, 'usageDaySeconds' | 'usageMonthSeconds'>,
): boolean {
  if (fairUseDaySeconds !== null && usageDaySeconds >= fairUseDaySeconds) return false;
  return fairUseMonthSeconds === null || usageMonthSeconds < fairUseMonthSeconds;
}

/** A refusal starts no validity and touches no money: only the call itself is stored. */
function refuse(
  request: CallAuthorization,
  refusal: CallRefusalReason,
  rating: CallRating | null,
  at: RuleContext,
): Decision<CallOutcome> {
  const { card } = request;
  const call: Call = { ...newCall(request, at), state: 'REFUSED', refusal, rating, endedAt: at.now };
  return {
    outcome: { call, card },
    calls: [call],
    events: [callEvent('CALL_REFUSED', call, card, at.actorId, {})],
  };
}

function newCall({ card, ...request }: CallAuthorization, at: RuleContext): Call {
  return {
    id: at.newId(),
    scope: request.scope,
    switchCallId: request.switchCallId,
    fingerprint: request.fingerprint,
    cardId: card.id,
    batchId: card.batchId,
    partnerId: card.partnerId,
    currency: card.currency,
    number: request.number,
    accessNumber: request.accessNumber,
    state: 'REFUSED',
    refusal: null,
    rating: null,
    requestNumber: 0,
    answers: [],
    usedSeconds: 0,
    granted: { seconds: 0, limit: 'ENDED' },
    held: 0n,
    charge: 0n,
    surchargePosted: 0n,
    uncollected: 0n,
    terminating: false,
    usageDay: null,
    expiresAt: null,
    authorizedAt: at.now,
    answeredAt: null,
    endedAt: null,
    settledAt: null,
    hangupCause: null,
  };
}
