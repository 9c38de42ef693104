import type { BatchTerms, Card } from '../cards/card.ts';
import { affordableSeconds, callCharge } from '../rates/rating.ts';
import type { CallRating, Grant, GrantLimit } from './call.ts';

interface GrantRequest {
  readonly rating: CallRating;
  readonly card: Card;
  readonly terms: BatchTerms;
  /** Seconds since the answer, so far. */
  readonly usedSeconds: number;
  /** Seconds granted before; for an included call they already count against fair use. */
  readonly grantedSeconds: number;
  /** Micro-units the call may cost: what is available on the card plus what is held for the call. */
  readonly funds: bigint;
  /** Further seconds the switch asks for; null: the rate group's slice. */
  readonly requestedSeconds: number | null;
  readonly now: Date;
}

/**
 * How long a call may run in total: until the end of a slice, of the money, of the card's validity, of a cap of the
 * rate group or the batch, or of fair use, whichever comes first. Never less than what is already used.
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

/** Micro-units that a call of this many seconds costs, surcharge included; zero when the card's plan includes it. */
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
  // Granted seconds already count; seconds used beyond the grant don't, and are not granted again.
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
