import type { BatchTerms, Card } from '../cards/card.ts';
import { affordableSeconds, callCharge } from '../rates/rating.ts';
import type { CallRating, Grant, GrantLimit } from './call.ts';

export interface GrantRequest {
  readonly rating: CallRating;
  readonly card: Card;
  readonly terms: BatchTerms;
  /** Seconds since the answer, so far. */
  readonly usedSeconds: number;
  /** Seconds granted before, which an included call has counted against fair use already. */
  readonly grantedSeconds: number;
  /** Micro-units the call may cost: what is available on the card and what is held for the call. */
  readonly funds: bigint;
  /** Further seconds the switch asks for; null: the rate group's slice. */
  readonly requestedSeconds: number | null;
  readonly now: Date;
}

/**
 * How long a call may run in all: to the end of a slice, or of the money, the card's validity, a cap of the rate group
 * or the batch, or fair use, whichever is first. Never less than what is used already.
 */
export function nextGrant(request: GrantRequest): Grant {
  const { rating, card, usedSeconds, requestedSeconds, now } = request;
  const slice = Math.max(requestedSeconds ?? rating.sliceSeconds, rating.tariff.initialIncrementSeconds);
  const limits: [GrantLimit, number | null][] = [
    ['VALIDITY', card.validUntil && usedSeconds + secondsUntil(card.validUntil, now)],
    ['CALL_SECONDS', rating.maxSeconds],
    ...(rating.included ? fairUseLimits(request) : moneyLimits(request)),
  ];
  let grant: Grant = { seconds: usedSeconds + slice, limit: 'SLICE' };
  for (const [limit, seconds] of limits) {
    if (seconds !== null && seconds <= grant.seconds) grant = { seconds, limit };
  }
  return { ...grant, seconds: Math.max(grant.seconds, usedSeconds) };
}

/** Micro-units a call of so many seconds costs, surcharge included; nothing when the card's plan includes it. */
export function priceOf({ included, tariff, surcharge }: CallRating, seconds: number): bigint {
  return included || seconds === 0 ? 0n : callCharge(tariff, seconds) + surcharge;
}

function moneyLimits({ rating, funds }: GrantRequest): [GrantLimit, number | null][] {
  const { tariff, surcharge, maxCharge } = rating;
  return [
    ['CALL_CHARGE', maxCharge === null ? null : affordableSeconds(tariff, maxCharge)],
    ['BALANCE', affordableSeconds(tariff, funds - surcharge)],
  ];
}

function fairUseLimits({ card, terms, grantedSeconds }: GrantRequest): [GrantLimit, number | null][] {
  // What the call was granted is counted already; what it used beyond that is not, and is not granted again.
  const left = (cap: number | null, counted: number) =>
    cap === null ? null : grantedSeconds + cap - counted;
  return [
    ['CALL_SECONDS', terms.maxCallSeconds],
    ['FAIR_USE', left(terms.fairUseDaySeconds, card.usageDaySeconds)],
    ['FAIR_USE', left(terms.fairUseMonthSeconds, card.usageMonthSeconds)],
  ];
}

function secondsUntil(instant: Date, now: Date): number {
  return Math.max(0, Math.floor((instant.getTime() - now.getTime()) / 1_000));
}
