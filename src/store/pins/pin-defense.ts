import { DisposableStack } from '@whatwg-node/disposablestack';
import { mayBePin } from '../../domain/batches/pin-format.ts';
import { serialKey } from '../../domain/cards/serial.ts';
import type { Attempt, AuthenticationFailure } from '../../domain/security/guessing.ts';
import { InFlightCounter } from '../batching/in-flight-counter.ts';
import type { Sql } from '../postgres/database.ts';
import { FailedAttempts } from '../security/failed-attempts.ts';
import type { GuessLimits } from '../security/guess-budget.ts';
import { GuessBudgets } from '../security/guess-budgets.ts';
import { GuessSources } from '../security/guess-sources.ts';
import { TrustedNumbers } from '../security/trusted-numbers.ts';
import type { EnteredPin, PinDigester } from './caller-lookup.ts';
import { type ComparisonResult, PinComparison } from './pin-comparison.ts';
import { PinLookup } from './pin-lookup.ts';

export interface PinDefenseOptions {
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

interface SerialLimits {
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
export class PinDefense {
  readonly #options: PinDefenseOptions;
  readonly #lookup: PinLookup;
  readonly #sources: GuessSources;
  readonly #budgets: GuessBudgets;
  readonly #failed: FailedAttempts;
  readonly #trustedNumbers: TrustedNumbers;
  readonly #serials = new InFlightCounter();
  readonly #locking = new Set<Promise<unknown>>();

  constructor(options: PinDefenseOptions) {
    const { sql, limits, serials } = options;
    this.#options = options;
    this.#lookup = new PinLookup(sql, serials.windowSeconds);
    this.#sources = new GuessSources(sql);
    this.#budgets = new GuessBudgets(sql, limits);
    this.#failed = new FailedAttempts({ sql, sources: this.#sources, windowSeconds: serials.windowSeconds });
    this.#trustedNumbers = new TrustedNumbers(sql);
  }

  /** Compares a PIN with cards. Hold the comparison with `using`, then grant or refuse it. */
  async compare(attempt: Attempt, keyed: EnteredPin): Promise<PinComparison> {
    const { pin, serial } = keyed;
    if (!mayBePin(pin)) return noGuess();
    using opened = new DisposableStack();
    const entry = await this.#sources.enter(attempt, { bySerial: serial !== undefined });
    opened.defer(() => entry.leave());
    const result =
      serial === undefined
        ? await this.#compareWithAll(attempt, pin, entry.delayed, opened)
        : await this.#compareWithOne(attempt, { pin, serial }, entry.delayed, opened);
    return new PinComparison(result, {
      granted: () => this.#granted(attempt, result),
      refused: (reason) => this.#refused(attempt, keyed, result, reason),
      reservations: opened.move(),
    });
  }

  get limits(): GuessLimits {
    return this.#options.limits;
  }

  /** Waits for background work, and returns the unused part of the budgets. */
  async stop(): Promise<void> {
    await Promise.all([...this.#locking, this.#trustedNumbers.drained()]);
    await this.#budgets.stop();
  }

  async #compareWithAll(
    attempt: Attempt,
    pin: string,
    delayed: boolean,
    opened: DisposableStack,
  ): Promise<ComparisonResult> {
    const { callerNumber, operation } = attempt;
    const isVoucher = operation === 'REDEEM_VOUCHER';
    const digests = this.#options.digester.digests(pin);
    const open = delayed ? undefined : await this.#budgets.pay(isVoucher ? 'VOUCHER' : 'PIN', attempt);
    // Numbers are not trusted for vouchers: a voucher is used once.
    const isKnowable = callerNumber !== null && !isVoucher;
    const payment = open ?? (isKnowable ? await this.#budgets.pay('SERIAL_AND_PIN', attempt) : undefined);
    opened.defer(() => payment?.giveBack());
    const among = open ? 'ALL' : payment ? 'TRUSTED' : 'NONE';
    const found = await this.#lookup.byPin({ digests, callerNumber, among });
    if (!found.compared) payment?.giveBack();
    return {
      card: found.card ?? undefined,
      compared: found.compared,
      trusted: found.trusted,
      payment: found.compared ? payment : undefined,
      failure: open ? 'UNKNOWN_PIN' : delayed ? 'SOURCE_DELAYED' : 'BREAKER_TRIPPED',
      named: undefined,
    };
  }

  async #compareWithOne(
    attempt: Attempt,
    { serial, pin }: Required<EnteredPin>,
    delayed: boolean,
    opened: DisposableStack,
  ): Promise<ComparisonResult> {
    const ahead = delayed ? undefined : this.#reserveSerial(attempt, serial, opened);
    const digests = this.#options.digester.digests(pin);
    const payment = await this.#budgets.pay('SERIAL_AND_PIN', attempt);
    opened.defer(() => payment?.giveBack());
    const named = await this.#lookup.bySerial(serial, attempt);
    const tried = named.failures + (ahead ?? 0) >= this.#options.serials.failures;
    const barred = payment && (named.trusted ? undefined : barrier(ahead, tried));
    const mayCompare = payment !== undefined && barred === undefined;
    const card = named.hasPin(digests) && mayCompare ? named.card : undefined;
    const compared = mayCompare && named.card !== undefined;
    if (!compared) payment?.giveBack();
    return {
      card,
      compared,
      trusted: named.trusted,
      payment: compared ? payment : undefined,
      failure: !payment ? 'BREAKER_TRIPPED' : (barred ?? (named.card ? 'WRONG_PIN' : 'UNKNOWN_SERIAL')),
      named: named.card,
    };
  }

  /** @returns the number of concurrent attempts with the same serial */
  #reserveSerial({ lineageId }: Attempt, serial: string, opened: DisposableStack): number {
    const { ahead, leave } = this.#serials.enter(`${lineageId} ${serialKey(serial)}`);
    opened.defer(leave);
    return ahead;
  }

  #granted(attempt: Attempt, { card, payment }: ComparisonResult): void {
    payment?.giveBack();
    if (!card) return;
    this.#sources.succeeded(attempt, card.id);
    if (attempt.callerNumber !== null && attempt.operation !== 'REDEEM_VOUCHER')
      this.#trustedNumbers.note({ number: attempt.callerNumber, cardId: card.id });
  }

  async #refused(
    attempt: Attempt,
    { serial }: EnteredPin,
    { card, named, payment, failure }: ComparisonResult,
    reason: AuthenticationFailure | undefined,
  ): Promise<void> {
    payment?.spend();
    const about = card ?? named;
    this.#options.onRefused(about?.partnerId ?? null);
    const failures = await this.#failed.count({
      attempt,
      failure: card && reason ? reason : failure,
      // Counted under one spelling: another is no further try.
      serial: serial === undefined ? null : (named?.serial ?? serialKey(serial)),
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

/** No card can have the PIN, so nothing is guessed by it: a mistyped key, or something else in its place. */
const noGuess = () =>
  new PinComparison(
    {
      card: undefined,
      compared: false,
      trusted: false,
      payment: undefined,
      failure: 'UNKNOWN_PIN',
      named: undefined,
    },
    { granted: () => {}, refused: async () => {}, reservations: new DisposableStack() },
  );

/** @param ahead undefined: the source is delayed */
function barrier(ahead: number | undefined, tried: boolean): AuthenticationFailure | undefined {
  if (ahead === undefined) return 'SOURCE_DELAYED';
  return tried ? 'SERIAL_BLOCKED' : undefined;
}
