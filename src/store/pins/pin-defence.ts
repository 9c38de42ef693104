import type { Card } from '../../domain/cards/card.ts';
import type { Attempt, AuthenticationFailure } from '../../domain/security/guessing.ts';
import { InFlightCounter } from '../batching/in-flight-counter.ts';
import type { Sql } from '../postgres/database.ts';
import { FailedAttempts } from '../security/failed-attempts.ts';
import type { GuessLimits } from '../security/guess-budget.ts';
import { GuessBudgets, type GuessPayment } from '../security/guess-budgets.ts';
import { GuessSources } from '../security/guess-sources.ts';
import { TrustedNumbers } from '../security/trusted-numbers.ts';
import type { KeyedPin, PinDigester } from './caller-lookup.ts';
import { PinLookup } from './pin-lookup.ts';

/** What was found for a PIN, as far as it may be revealed. */
export interface Found {
  readonly card: Card | undefined;
  /** Whether it was compared with any card: if not, a refusal says nothing about the PIN. */
  readonly compared: boolean;
  /** Whether the caller's number is trusted for the card. */
  readonly proven: boolean;
}

/** Whether the PIN was accepted for its purpose: the result, or the reason for the refusal. */
export type Verdict<Result> =
  | { readonly granted: Result }
  /** Undefined: no card was found, and the comparison gives the reason. */
  | { readonly refused: AuthenticationFailure | undefined };

interface Comparison extends Found {
  /** Undefined: there was no comparison to pay for. */
  readonly payment: GuessPayment | undefined;
  /** The reason, when no card was found. */
  readonly failure: AuthenticationFailure;
  /** The card whose serial was given, whether or not the PIN matched. */
  readonly named: Card | undefined;
}

export interface PinDefenceOptions {
  readonly sql: Sql;
  readonly digester: PinDigester;
  readonly limits: GuessLimits;
  readonly serials: SerialLimits;
  /** Locks a card whose serial one credential tried with too many wrong PINs. */
  lock(cardId: string, lineageId: string): Promise<unknown>;
  /**
   * Called whenever a PIN is refused. @param partnerId the partner of the card that was found, or named by its serial
   */
  onRefused(partnerId: string | null): void;
  onError(error: unknown): void;
}

export interface SerialLimits {
  /** Failures of one credential with one serial in a window that lock the card. */
  readonly failures: number;
  readonly windowSeconds: number;
}

/**
 * The only place where PINs are compared with cards.
 *
 * A comparison is paid for before it is made, from the budget of its kind (a PIN alone, a voucher's PIN, or a PIN with
 * a serial) and from the credential's share of that budget. When the source is delayed or the budget is spent, a PIN
 * alone is compared only with cards that trust the caller's number, which is paid for as if their serials had been
 * given. Every refusal is counted with its true reason before the response, and does the same work: one lookup, one
 * transaction.
 */
export class PinDefence {
  readonly #options: PinDefenceOptions;
  readonly #lookup: PinLookup;
  readonly #sources: GuessSources;
  readonly #budgets: GuessBudgets;
  readonly #failed: FailedAttempts;
  readonly #trustedNumbers: TrustedNumbers;
  readonly #serials = new InFlightCounter();
  readonly #locking = new Set<Promise<unknown>>();

  constructor(options: PinDefenceOptions) {
    const { sql, limits, serials } = options;
    this.#options = options;
    this.#lookup = new PinLookup(sql, serials.windowSeconds);
    this.#sources = new GuessSources(sql);
    this.#budgets = new GuessBudgets(sql, limits);
    this.#failed = new FailedAttempts({ sql, sources: this.#sources, windowSeconds: serials.windowSeconds });
    this.#trustedNumbers = new TrustedNumbers(sql);
  }

  /**
   * Finds the card with a PIN and lets the judge decide.
   *
   * @returns what the judge granted; undefined when it refused, for which callers get the same response in all cases
   */
  async check<Result>(
    attempt: Attempt,
    keyed: KeyedPin,
    judge: (found: Found) => Promise<Verdict<Result>>,
  ): Promise<Result | undefined> {
    const entry = await this.#sources.enter(attempt, { bySerial: keyed.serial !== undefined });
    const serial =
      keyed.serial !== undefined && !entry.delayed
        ? this.#serials.enter(`${attempt.lineageId} ${keyed.serial}`)
        : undefined;
    try {
      const comparison =
        keyed.serial === undefined
          ? await this.#compareWithAll(attempt, keyed.pin, entry.delayed)
          : await this.#compareWithOne(attempt, { ...keyed, serial: keyed.serial }, serial?.ahead);
      const verdict = await this.#judge(comparison, judge);
      if (!('granted' in verdict)) {
        await this.#refuse(attempt, keyed, comparison, verdict.refused);
        return undefined;
      }
      this.#grant(attempt, comparison);
      return verdict.granted;
    } finally {
      serial?.leave();
      entry.leave();
    }
  }

  get limits(): GuessLimits {
    return this.#options.limits;
  }

  /** Waits for background work, and returns the unused part of the budgets. */
  async stop(): Promise<void> {
    await Promise.all([...this.#locking, this.#trustedNumbers.drained()]);
    await this.#budgets.stop();
  }

  async #compareWithAll(attempt: Attempt, pin: string, delayed: boolean): Promise<Comparison> {
    const { callerNumber, operation } = attempt;
    const isVoucher = operation === 'REDEEM_VOUCHER';
    const digests = this.#options.digester.digests(pin);
    const open = delayed ? undefined : await this.#budgets.pay(isVoucher ? 'VOUCHER' : 'PIN', attempt);
    // Numbers are not trusted for vouchers: a voucher is used once.
    const isKnowable = callerNumber !== null && !isVoucher;
    const payment = open ?? (isKnowable ? await this.#budgets.pay('SERIAL_AND_PIN', attempt) : undefined);
    const among = open ? 'ALL' : payment ? 'PROVEN' : 'NONE';
    const found = await this.#lookup.byPin({ digests, callerNumber, among });
    if (!found.compared) payment?.giveBack();
    return {
      card: found.card ?? undefined,
      compared: found.compared,
      proven: found.proven,
      payment: found.compared ? payment : undefined,
      failure: open ? 'UNKNOWN_PIN' : delayed ? 'SOURCE_DELAYED' : 'BREAKER_TRIPPED',
      named: undefined,
    };
  }

  /** @param ahead concurrent attempts with the same serial; undefined: the source is delayed */
  async #compareWithOne(
    attempt: Attempt,
    { serial, pin }: Required<KeyedPin>,
    ahead: number | undefined,
  ): Promise<Comparison> {
    const digests = this.#options.digester.digests(pin);
    const payment = await this.#budgets.pay('SERIAL_AND_PIN', attempt);
    const named = await this.#lookup.bySerial(serial, attempt);
    const tried = named.failures + (ahead ?? 0) >= this.#options.serials.failures;
    const barred = payment && (named.proven ? undefined : barrier(ahead, tried));
    const mayCompare = payment !== undefined && barred === undefined;
    const card = named.hasPin(digests) && mayCompare ? named.card : undefined;
    const compared = mayCompare && named.card !== undefined;
    if (!compared) payment?.giveBack();
    return {
      card,
      compared,
      proven: named.proven,
      payment: compared ? payment : undefined,
      failure: !payment ? 'BREAKER_TRIPPED' : (barred ?? (named.card ? 'WRONG_PIN' : 'UNKNOWN_SERIAL')),
      named: named.card,
    };
  }

  async #judge<Result>(
    comparison: Comparison,
    judge: (found: Found) => Promise<Verdict<Result>>,
  ): Promise<Verdict<Result>> {
    try {
      const { card, proven, compared } = comparison;
      return await judge({ card, proven, compared });
    } catch (error) {
      // The attempt got no answer about the PIN, so it was no guess.
      comparison.payment?.giveBack();
      throw error;
    }
  }

  #grant(attempt: Attempt, { card, payment }: Comparison): void {
    payment?.giveBack();
    if (!card) return;
    this.#sources.succeeded(attempt, card.id);
    if (attempt.callerNumber !== null && attempt.operation !== 'REDEEM_VOUCHER')
      this.#trustedNumbers.note({ number: attempt.callerNumber, cardId: card.id });
  }

  async #refuse(
    attempt: Attempt,
    { serial }: KeyedPin,
    { card, named, payment, failure }: Comparison,
    refused: AuthenticationFailure | undefined,
  ): Promise<void> {
    const about = card ?? named;
    this.#options.onRefused(about?.partnerId ?? null);
    const failures = await this.#failed.count({
      attempt,
      failure: card && refused ? refused : failure,
      serial: serial ?? null,
      cardId: about?.id ?? null,
      payment: payment ?? null,
    });
    if (named && failures >= this.#options.serials.failures) this.#lock(named.id, attempt.lineageId);
  }

  /** Not awaited: the response time would reveal that the card exists. */
  #lock(cardId: string, lineageId: string): void {
    const locking: Promise<unknown> = this.#options
      .lock(cardId, lineageId)
      .catch((error) => this.#options.onError(error))
      .finally(() => this.#locking.delete(locking));
    this.#locking.add(locking);
  }
}

function barrier(ahead: number | undefined, tried: boolean): AuthenticationFailure | undefined {
  if (ahead === undefined) return 'SOURCE_DELAYED';
  return tried ? 'SERIAL_BLOCKED' : undefined;
}
