import type { Spender } from './guess-shares.ts';

/**
 * Guessing PINs, and what stands against it.
 *
 * A wrong PIN names no card, so what fails is counted where it comes from and for the whole system:
 * - by source, with a delay that grows with each failure and fades with time: `delayedUntil`;
 * - for the whole system, by a budget of which everybody has a share: `guessesAllowed`, `holdersOf`. When it is spent the
 *   breaker trips until the window ends;
 * - by serial, where one is given: the card lock is in domain/cards/lock.ts. Whoever tries many serials is refused itself,
 *   rather than their cards being locked: `serialsRefusedUntil`.
 *
 * All counts are of one credential: what one switch says of a number or a serial is not held against another's callers.
 *
 * A caller's number from which a card's PIN was keyed before is proven for that card, and for no other. Neither a delay
 * nor the breaker keeps it out, since it can find nothing but what it had.
 */
export type GuessSourceKind = 'CALLER_NUMBER' | 'ACCESS_NUMBER' | 'CREDENTIAL' | 'ADDRESS';

export interface GuessSource {
  readonly kind: GuessSourceKind;
  /** A number (E.164), the id of a key or of a person at the identity provider, or an address. */
  readonly source: string;
}

/** Where a PIN comes from, and for what it was keyed. */
export interface Attempt extends Spender {
  readonly operation: KeyedOperation;
  /** E.164, as the switch tells it; null: withheld or not told. */
  readonly callerNumber: string | null;
  readonly accessNumber: string | null;
  readonly actorId: string;
  readonly address: string;
}

export type KeyedOperation = 'AUTHENTICATE_CARD' | 'AUTHORIZE_CALL' | 'REDEEM_VOUCHER';

/** Why a PIN was refused: the operator's to see, never the caller's. */
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

/** Whether a refusal counts against its source and its serial: one that they got for earlier ones does not. */
export function isHeldAgainst(failure: AuthenticationFailure): boolean {
  return failure !== 'SOURCE_DELAYED' && failure !== 'BREAKER_TRIPPED' && failure !== 'SERIAL_BLOCKED';
}

/** What is kept of a source. All counts are as they were at `countedAt`, and halve with time. */
export interface SourceRecord {
  readonly failures: number;
  /** Cards that succeeded: each counts once in a time, however often it is used. */
  readonly successes: number;
  /** Distinct serials that were tried with a wrong PIN. */
  readonly serials: number;
  readonly countedAt: Date;
}

interface Patience {
  /** Failures before the first delay. */
  readonly free: number;
  /** Further failures that double it. */
  readonly doubling: number;
  /** Failures from which on there is an alert. */
  readonly alarm: number;
  /** Whether many people come this way: then each card that succeeds makes up for one failure. */
  readonly shared: boolean;
}

const ONE_PERSON: Patience = { free: 5, doubling: 1, alarm: 10, shared: false };
const MANY: Patience = { free: 1_000, doubling: 200, alarm: 500, shared: true };
const PATIENCE: Record<GuessSourceKind, Patience> = {
  CALLER_NUMBER: ONE_PERSON,
  ACCESS_NUMBER: MANY,
  CREDENTIAL: MANY,
  ADDRESS: MANY,
};

/** The time in which a count fades to its half. */
export const HALF_LIFE_SECONDS = 600;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 900_000;
/** Serials that a credential may try with wrong PINs, beyond those of the cards that succeed. */
const MOST_SERIALS = 100;
/** Cards that the failures of one credential lock in a window. */
export const MOST_LOCKS = 10;

/** Failures that a source has left before its first delay; 0 when it has had one. */
export function freeFailures(kind: GuessSourceKind, record: SourceRecord | undefined): number {
  const { free } = PATIENCE[kind];
  return record ? Math.max(0, free - excess(kind, record)) : free;
}

/** Until when a source is refused without a look at what it brings; null: it is not. */
export function delayedUntil(kind: GuessSourceKind, record: SourceRecord): Date | null {
  const { free, doubling } = PATIENCE[kind];
  const over = excess(kind, record) - free;
  if (over < 0) return null;
  const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (over / doubling));
  return new Date(record.countedAt.getTime() + delayMs);
}

/**
 * Until when a credential is refused that tried too many serials with wrong PINs; null: it is not. That long the count
 * takes to fade to what is allowed.
 */
export function serialsRefusedUntil({ serials, successes, countedAt }: SourceRecord): Date | null {
  const over = Math.round(serials - successes) / MOST_SERIALS;
  if (over < 1) return null;
  const fadesMs = HALF_LIFE_SECONDS * 1_000 * Math.log2(over);
  return new Date(countedAt.getTime() + Math.max(FIRST_DELAY_MS, fadesMs));
}

/** Serials that may be tried at once: twice what may fail, since most of them succeed. */
export function serialsAtOnce(record: Pick<SourceRecord, 'serials' | 'successes'>): number {
  return 2 * MOST_SERIALS - Math.round(record.serials - record.successes);
}

/** Whether people should look at a source. */
export function isAlarming(kind: GuessSourceKind, record: SourceRecord): boolean {
  return excess(kind, record) >= PATIENCE[kind].alarm;
}

export function isShared(kind: GuessSourceKind): boolean {
  return PATIENCE[kind].shared;
}

/** Rounded: what fades within a person's few tries is no failure less. */
function excess(kind: GuessSourceKind, { failures, successes }: SourceRecord): number {
  return Math.round(failures - (PATIENCE[kind].shared ? successes : 0));
}
