import type { Card } from '../../domain/cards/card.ts';
import type { AuthenticationFailure } from '../../domain/security/guessing.ts';
import type { GuessPayment } from '../security/guess-budgets.ts';

/** What a comparison found. */
export interface ComparisonResult {
  /** The card with the PIN, as far as it may be revealed. */
  readonly card: Card | undefined;
  /** Whether the PIN was compared with any card: if not, a refusal says nothing about the PIN. */
  readonly compared: boolean;
  /** Whether the caller's number is trusted for the card. */
  readonly trusted: boolean;
  /** Undefined: there was no comparison to pay for. */
  readonly payment: GuessPayment | undefined;
  /** Why no card was found, if none was. */
  readonly failure: AuthenticationFailure;
  /** The card whose serial was given, whether or not the PIN matched. */
  readonly named: Card | undefined;
}

/** What a decision sets off. */
interface Decisions {
  granted(): void;
  /** Resolves when the refusal is counted. */
  refused(reason: AuthenticationFailure | undefined): Promise<void>;
  /** Ends the reservations and gives back a payment that was not spent. */
  readonly reservations: Disposable;
}

/**
 * A PIN that was compared with cards, to be held with `using` and either granted or refused, once.
 *
 * Until it is disposed of, the attempt counts as in progress, so that concurrent ones detect it. An exception before the
 * decision means that the caller got no answer about the PIN: it was no guess, and disposal gives its payment back. A
 * refusal keeps its payment from the first moment, even when counting it fails.
 */
export class PinComparison implements Disposable {
  readonly card: Card | undefined;
  readonly compared: boolean;
  readonly trusted: boolean;
  readonly #decisions: Decisions;
  #isDecided = false;

  constructor({ card, compared, trusted }: ComparisonResult, decisions: Decisions) {
    this.card = card;
    this.compared = compared;
    this.trusted = trusted;
    this.#decisions = decisions;
  }

  /** The PIN was accepted for its purpose. */
  grant(): void {
    this.#decide();
    this.#decisions.granted();
  }

  /**
   * Callers get the same response whatever the reason. Await this before responding: the refusal is counted first.
   *
   * @param reason why the card that was found may not be used; without one, the comparison gives the reason
   */
  async refuse(reason?: AuthenticationFailure): Promise<void> {
    this.#decide();
    await this.#decisions.refused(reason);
  }

  [Symbol.dispose](): void {
    this.#decisions.reservations[Symbol.dispose]();
  }

  #decide(): void {
    if (this.#isDecided) throw new Error('A comparison of a PIN was decided twice.');
    this.#isDecided = true;
  }
}
