import type { CardState } from '../cards/card-state.ts';
import type { FileCard } from './card-file.ts';
import type { ImportedCard } from './imported-card.ts';

/** Cards or rows, and the micro-units on them. */
export interface Tally {
  readonly count: number;
  readonly micros: bigint;
}

/**
 * What a file brings in, to compare with the old system before anything is written. The balances in the file are
 * `taken` + `leftOut` - `overdrawn`; what is taken is either put on cards in service or kept for the activation of
 * cards in stock.
 */
export interface ImportTotals {
  /** The sum of all balances in the file, those below zero included. */
  readonly file: Tally;
  /** The cards that come in, by their state, with the money in the file for them. */
  readonly states: Readonly<Partial<Record<CardState, Tally>>>;
  readonly taken: Tally;
  /** Rows that are not imported, with the money in the file for them. */
  readonly leftOut: Tally;
  /** Rows with a balance below zero that counts as 0, with what is missing to 0. */
  readonly overdrawn: Tally;
  /** Cards that are expired now: they are refused, left out or forfeited as ordered. */
  readonly expired: Tally;
  /** Cards in stock without a value in the file: each gets the batch's face value at its activation. */
  readonly withFaceValue: number;
  readonly boundNumbers: number;
  /** Numbers that were out of use and are not bound. */
  readonly numbersLeft: number;
}

const nothing = () => ({ count: 0, micros: 0n });

/** Counts the rows of a file from top to bottom. Counts in place: a file may have millions. */
export class TotalsCounter {
  readonly #states: Partial<Record<CardState, { count: number; micros: bigint }>> = {};
  readonly #file = nothing();
  readonly #taken = nothing();
  readonly #leftOut = nothing();
  readonly #overdrawn = nothing();
  readonly #expired = nothing();
  #withFaceValue = 0;
  #boundNumbers = 0;
  #numbersLeft = 0;

  get totals(): ImportTotals {
    return {
      file: this.#file,
      states: this.#states,
      taken: this.#taken,
      leftOut: this.#leftOut,
      overdrawn: this.#overdrawn,
      expired: this.#expired,
      withFaceValue: this.#withFaceValue,
      boundNumbers: this.#boundNumbers,
      numbersLeft: this.#numbersLeft,
    };
  }

  /** A row that is not imported. */
  leave(card: FileCard): void {
    this.#count(card);
    add(this.#leftOut, card.balance ?? 0n);
  }

  /** A row that becomes a card. */
  take(card: FileCard, { state }: ImportedCard): void {
    this.#count(card);
    const micros = card.balance ?? 0n;
    add(this.#taken, micros);
    const ofState = this.#states[state] ?? nothing();
    this.#states[state] = ofState;
    add(ofState, micros);
    if (state === 'INACTIVE' && card.balance === null) this.#withFaceValue += 1;
    this.#boundNumbers += card.boundNumbers.length;
    this.#numbersLeft += card.numbersLeft;
  }

  /** A row that is expired, whatever becomes of it. */
  expire({ balance }: FileCard): void {
    add(this.#expired, balance ?? 0n);
  }

  #count({ balance, overdrawn }: FileCard): void {
    add(this.#file, (balance ?? 0n) - overdrawn);
    if (overdrawn > 0n) add(this.#overdrawn, overdrawn);
  }
}

function add(tally: { count: number; micros: bigint }, more: bigint): void {
  tally.count += 1;
  tally.micros += more;
}
