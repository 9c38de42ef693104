import type { Spender } from './guess-shares.ts';

/**
 * Defenses against guessing PINs.
 *
 * A wrong PIN does not identify a card, so failures are counted by source and for the whole system:
 * - by source, with a delay that grows with each failure and fades with time: `delayedUntil`;
 * - for the whole system, with a budget that is divided into shares: `guessesAllowed`, `holdersOf`. When it is spent
 *   the circuit breaker stays open until the window ends;
 * - by serial, when one is given: the card lock is in domain/cards/lock.ts. A credential that tries many serials is
 *   refused, rather than locking their cards: `serialsRefusedUntil`.
 *
 * All counts are per credential: what one switch reports about a number or a serial is not counted against another's
 * callers.
 *
 * A caller's number from which a card's PIN was entered before is trusted for that card, and for no other. Neither a
 * delay nor the circuit breaker refuses it, since it can find nothing that it did not already have.
 */
export type GuessSourceKind = 'CALLER_NUMBER' | 'ACCESS_NUMBER' | 'CREDENTIAL' | 'ADDRESS';

export interface GuessSource {
  readonly kind: GuessSourceKind;
  /** A number (E.164), the id of a key or of a person at the identity provider, or an address. */
  readonly source: string;
}

/** The source of a PIN, and the operation it was entered for. */
export interface Attempt extends Spender {
  readonly operation: PinOperation;
  /** E.164, as the switch reports it; null: withheld or not reported. */
  readonly callerNumber: string | null;
  readonly accessNumber: string | null;
  readonly actorId: string;
  readonly address: string;
}

export type PinOperation = 'AUTHENTICATE_CARD' | 'AUTHORIZE_CALL' | 'REDEEM_VOUCHER';

/** Why a PIN was refused: visible to the operator, never to the caller. */
export type AuthenticationFailure =
  | 'UNKNOWN_PIN'
  | 'UNKNOWN_SERIAL'
  | 'WRONG_PIN'
  | 'INACTIVE'
  | 'LOCKED'
  | 'IN_GRACE'
  | 'EXPIRED'
  | 'DEACTIVATED'
  | 'CLOSED'
  | 'NOT_FOR_THIS'
  | 'SERIAL_BLOCKED'
  | 'SOURCE_DELAYED'
  | 'BREAKER_TRIPPED';

/** Whether a refusal counts against its source and its serial: one caused by earlier refusals does not. */
export function isHeldAgainst(failure: AuthenticationFailure): boolean {
  return failure !== 'SOURCE_DELAYED' && failure !== 'BREAKER_TRIPPED' && failure !== 'SERIAL_BLOCKED';
}

/** What is stored about a source. All counts are as of `countedAt`, and decay with a half-life. */
export interface SourceRecord {
  readonly failures: number;
  /** Cards that succeeded: each counts once per period, however often it is used. */
  readonly successes: number;
  /** Distinct serials tried with a wrong PIN. */
  readonly serials: number;
  readonly countedAt: Date;
}

interface DelayPolicy {
  /** Failures before the first delay. */
  readonly free: number;
  /** Further failures after which the delay doubles. */
  readonly doubling: number;
  /** Failures that raise an alert. */
  readonly alarm: number;
  /** Whether many people share this source: then each card that succeeds offsets one failure. */
  readonly shared: boolean;
}

const ONE_PERSON: DelayPolicy = { free: 5, doubling: 1, alarm: 10, shared: false };
const MANY: DelayPolicy = { free: 1_000, doubling: 200, alarm: 500, shared: true };
const DELAY_POLICIES: Record<GuessSourceKind, DelayPolicy> = {
  CALLER_NUMBER: ONE_PERSON,
  ACCESS_NUMBER: MANY,
  CREDENTIAL: MANY,
  ADDRESS: MANY,
};

/** The half-life of a count. */
export const HALF_LIFE_SECONDS = 600;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 900_000;
/** Serials that a credential may try with wrong PINs, beyond those of the cards that succeed. */
const MOST_SERIALS = 100;
/** The most cards that the failures of one credential lock in a window. */
export const MOST_LOCKS = 10;

/** Failures that a source has left before its first delay; 0 when it has had one. */
export function freeFailures(kind: GuessSourceKind, record: SourceRecord | undefined): number {
  const { free } = DELAY_POLICIES[kind];
  return record ? Math.max(0, free - excess(kind, record)) : free;
}

/** Until when a source is refused without checking its PIN; null: it is not refused. */
export function delayedUntil(kind: GuessSourceKind, record: SourceRecord): Date | null {
  const { free, doubling } = DELAY_POLICIES[kind];
  const over = excess(kind, record) - free;
  if (over < 0) return null;
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (over / doubling));
  return new Date(record.countedAt.getTime() + delayMs);
}

/**
 * Until when a credential that tried too many serials with wrong PINs is refused; null: it is not refused. The duration
 * is the time the count takes to decay to what is allowed.
 */
export function serialsRefusedUntil({ serials, successes, countedAt }: SourceRecord): Date | null {
  const over = Math.round(serials - successes) / MOST_SERIALS;
  if (over < 1) return null;
  const decayMs = HALF_LIFE_SECONDS * 1_000 * Math.log2(over);
  return new Date(countedAt.getTime() + Math.max(FIRST_DELAY_MS, decayMs));
}

/** Serials that may be tried at once: twice the number that may fail, since most succeed. */
export function serialsAtOnce(record: Pick<SourceRecord, 'serials' | 'successes'>): number {
  return 2 * MOST_SERIALS - Math.round(record.serials - record.successes);
}

/** Whether a source should raise an alert. */
export function isAlarming(kind: GuessSourceKind, record: SourceRecord): boolean {
  return excess(kind, record) >= DELAY_POLICIES[kind].alarm;
}

export function isShared(kind: GuessSourceKind): boolean {
  return DELAY_POLICIES[kind].shared;
}

/** Rounded, so that decay during one person's few tries does not cancel a failure. */
function excess(kind: GuessSourceKind, { failures, successes }: SourceRecord): number {
  return Math.round(failures - (DELAY_POLICIES[kind].shared ? successes : 0));
}
