import type { Tariff } from '../rates/rating.ts';

/**
 * The life of a call, in the terms of credit control (RFC 8506).
 *
 * REFUSED     Requested and not allowed. Final. It never touches money.
 * AUTHORIZED  A quota of seconds is granted, and what they cost is held on the card. The switch asks for more
 *             (`extendCall`) with the seconds used so far, as often as it needs; hold and quota grow together.
 *             → COMPLETED by `completeCall`: what was used is charged, the rest of the hold is released.
 *             → CANCELLED by `cancelCall`, when nobody answered: the hold is released, nothing is charged.
 *             → ABANDONED when the switch reports nothing until `expiresAt`, on the database's clock: the last
 *             reported use is charged; if none was reported, the call counts as never answered.
 * COMPLETED   Final. A repeated completion returns the first charge; an extension or a repeated authorization grants
 *             nothing.
 * CANCELLED   Final.
 * ABANDONED   → COMPLETED by a late `completeCall`, which posts the difference, once.
 *
 * The hold is always the whole charge of the seconds granted, counted from the answer, so posted plus released equals
 * what was held. The rules themselves treat a call past `expiresAt` as abandoned, whether or not the job has run.
 */
export const CALL_STATES = ['REFUSED', 'AUTHORIZED', 'COMPLETED', 'CANCELLED', 'ABANDONED'] as const;

export type CallState = (typeof CALL_STATES)[number];

/** Why a call may not be made. Stored and sent, so a reason never changes its meaning. */
export type CallRefusalReason =
  | 'NO_RATE'
  | 'DESTINATION_BLOCKED'
  | 'ACCESS_NUMBER_DIALED'
  | 'INSUFFICIENT_BALANCE'
  | 'TOO_MANY_CALLS'
  | 'FAIR_USE_REACHED'
  | 'CARD_INACTIVE'
  | 'CARD_LOCKED'
  | 'CARD_IN_GRACE'
  | 'CARD_EXPIRED'
  | 'CARD_DEACTIVATED'
  | 'CARD_CLOSED';

/** What limits a grant. Except after SLICE, the call ends with the seconds granted. */
export type GrantLimit =
  | 'SLICE'
  | 'BALANCE'
  | 'VALIDITY'
  | 'CALL_SECONDS'
  | 'CALL_CHARGE'
  | 'FAIR_USE'
  | 'TERMINATED'
  | 'CARD_STATE'
  | 'ENDED';

/** How long a call may run in total, counted from the answer. */
export interface Grant {
  readonly seconds: number;
  readonly limit: GrantLimit;
}

/** The answer to a request, stored in case the request is repeated: see call-repetition.ts for what it is worth then. */
export interface StoredAnswer extends Grant {
  readonly requestNumber: number;
}

/** How a call is rated: fixed when it is authorized, whatever happens to the price list. */
export interface CallRating {
  readonly rateGroupId: string;
  readonly prefix: string;
  readonly destination: string;
  readonly timeBand: string | null;
  readonly tariff: Tariff;
  /** Micro-units of the batch's surcharge on an answered call. */
  readonly surcharge: bigint;
  /** Whether the card's plan includes the call: it costs nothing and counts against fair use. */
  readonly included: boolean;
  readonly sliceSeconds: number;
  readonly maxSeconds: number;
  /** Micro-units; null: no limit. */
  readonly maxCharge: bigint | null;
}

export interface Call {
  readonly id: string;
  /** The owner of the call's id: a switch or a group of switches. Only it may continue the call. */
  readonly scope: string;
  /** The switch's own id of the call, unique within the scope. */
  readonly switchCallId: string;
  /**
   * Hexadecimal: the SHA-256 of the request, since the same id with another request is refused; then how its caller was
   * identified, which a repetition may do in another way.
   */
  readonly fingerprint: string;
  readonly cardId: string;
  readonly batchId: string;
  readonly partnerId: string | null;
  readonly currency: string;
  /** The dialed number, E.164 with its plus. */
  readonly number: string;
  readonly accessNumber: string | null;
  readonly state: CallState;
  readonly refusal: CallRefusalReason | null;
  /** Null when the call was refused before it was rated. */
  readonly rating: CallRating | null;
  /** Number of the latest request; 0 is the authorization. */
  readonly requestNumber: number;
  readonly answers: readonly StoredAnswer[];
  /** Seconds since the answer, as last reported. */
  readonly usedSeconds: number;
  readonly granted: Grant;
  /** Micro-units held for it on the card. */
  readonly held: bigint;
  /** Micro-units posted for the seconds used. */
  readonly charge: bigint;
  /** Micro-units posted as the batch's surcharge. */
  readonly surchargePosted: bigint;
  /** Micro-units used beyond what the card had: a switch let the call run past its grant. */
  readonly uncollected: bigint;
  /** Whether an operator wants it to end. */
  readonly terminating: boolean;
  /**
   * The day (YYYY-MM-DD) whose fair use an included call counts against: the day of its start, or a later one of its
   * card.
   */
  readonly usageDay: string | null;
  /** When it counts as abandoned unless its switch reports. Null when it has ended. */
  readonly expiresAt: Date | null;
  readonly authorizedAt: Date;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  readonly settledAt: Date | null;
  readonly hangupCause: string | null;
}

/** Seconds allowed beyond the grant, for ringing and late reports. */
export const REPORT_MARGIN_SECONDS = 180;

/** How many of a call's latest answers are kept: at a slice of five minutes, three days. */
const ANSWERS_KEPT = 1_000;

export function isFinal({ limit }: Grant): boolean {
  return limit !== 'SLICE';
}

/** Whether its switch was silent for too long. Then it is abandoned, whether or not the job has recorded it. */
export function isOverdue({ state, expiresAt }: Call, now: Date): boolean {
  return state === 'AUTHORIZED' && expiresAt !== null && now >= expiresAt;
}

export function withAnswer(call: Call, requestNumber: number, granted: Grant): Call {
  const answers = [...call.answers, { requestNumber, ...granted }].slice(-ANSWERS_KEPT);
  return { ...call, requestNumber, granted, answers };
}

export function answerTo(call: Call, requestNumber: number): Grant | undefined {
  return call.answers.find((answer) => answer.requestNumber === requestNumber);
}

/** The length of a SHA-256 in hexadecimal. */
const REQUEST_LENGTH = 64;

/** Whether two fingerprints are of the same request, however its caller was identified. */
export function isSameRequest(one: string, other: string): boolean {
  return one.slice(0, REQUEST_LENGTH) === other.slice(0, REQUEST_LENGTH);
}
