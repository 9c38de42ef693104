import { Rejection } from './rejection.ts';

/** An amount that can't be read, or is not allowed here. */
export class InvalidAmount extends Rejection<{ amount: string }> {
  static readonly code = 'INVALID_AMOUNT';
  readonly retryable = false;
  constructor(data: { amount: string }) {
    super(
      `"${data.amount.slice(0, 40)}" is not an amount: send a plain decimal such as "9.95", with at most six decimals, up to a thousand million.`,
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
