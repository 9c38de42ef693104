import { Rejection } from './rejection.ts';

/** An amount that can't be read, or is not allowed here. */
export class InvalidAmount extends Rejection<{ amount: string }> {
  static readonly code = 'INVALID_AMOUNT';
  readonly retryable = false;
  constructor(data: { amount: string }, problem = problemOf(data.amount)) {
    super(`"${data.amount.slice(0, 40)}" ${problem}`, data);
  }
}

/** An amount that nobody can pay: it has more decimals than its currency (ISO 4217). */
export class AmountNotPayable extends InvalidAmount {
  /** In words: "no decimals", "at most 2 decimals". */
  readonly allowed: string;
  constructor({ amount, currency, decimals }: { amount: string; currency: string; decimals: number }) {
    const allowed = decimals === 0 ? 'no decimals' : `at most ${decimals} decimals`;
    super({ amount }, `can't be paid in ${currency}: send an amount with ${allowed}.`);
    this.allowed = allowed;
  }
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Why an amount is refused, as its text shows. */
function problemOf(amount: string): string {
  const [, sign, units = '', fraction = ''] = DECIMAL.exec(amount) ?? [];
  if (units === '') return 'is not an amount: send a plain decimal such as "9.95".';
  if (fraction.length > 6) return 'has more than six decimals: round it.';
  if (units.replace(/^0+/, '').length > 9) return 'is more than one amount may be: 1,000,000,000 at most.';
  if (!/[1-9]/.test(amount)) return 'is zero: send an amount that is not.';
  return sign ? 'is negative: send an amount that is not.' : 'is not allowed here: send another amount.';
}

/** Money of one currency for a card or wallet of another. */
export class CurrencyMismatch extends Rejection<{ expected: string; given: string }> {
  static readonly code = 'CURRENCY_MISMATCH';
  readonly retryable = false;
  constructor(data: { expected: string; given: string }) {
    super(
      `The amount is in ${data.given}, but ${data.expected} is needed here: amounts are never converted.`,
      data,
    );
  }
}

/** An argument that is invalid regardless of the state of the data. */
export class InvalidInput extends Rejection<{ field: string; problem: string }> {
  static readonly code = 'INVALID_INPUT';
  readonly retryable = false;
  constructor(data: { field: string; problem: string }) {
    super(`${data.field}: ${data.problem}`, data);
  }
}

/** An id, serial or name of nothing that exists, or of nothing that the client may see. */
export class NotFound extends Rejection<{ what: string; reference: string }> {
  static readonly code = 'NOT_FOUND';
  readonly retryable = false;
  constructor(data: { what: string; reference: string }) {
    super(`No ${data.what} "${data.reference}" is visible to you: check the id or serial.`, data);
  }
}

/** A name that must be unique and is already used. */
export class NameTaken extends Rejection<{ name: string }> {
  static readonly code = 'NAME_TAKEN';
  readonly retryable = false;
  constructor(data: { name: string }) {
    super(`The name "${data.name}" is taken: choose another.`, data);
  }
}
