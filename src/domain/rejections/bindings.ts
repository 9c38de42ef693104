import { Rejection } from './rejection.ts';

/** A number that belongs to no numbering plan. */
export class InvalidPhoneNumber extends Rejection<{ number: string }> {
  static readonly code = 'INVALID_PHONE_NUMBER';
  readonly retryable = false;
  constructor(data: { number: string }) {
    super(
      'This is not a telephone number: send it with its country code, such as +39 06 1234 5678, or name its country.',
      data,
    );
  }
}

/** A number can be bound to only one card. */
export class NumberAlreadyBound extends Rejection<{ number: string; sameCard: boolean }> {
  static readonly code = 'NUMBER_ALREADY_BOUND';
  readonly retryable = true;
  constructor(data: { number: string; sameCard: boolean }) {
    super(
      data.sameCard
        ? `${data.number} is bound to this card already.`
        : `${data.number} is bound to another card: unbind it there, or use moveNumber.`,
      data,
    );
  }
}

/** Too many numbers were tried that are bound to other owners' cards. Nothing was looked up. */
export class TooManyBindingAttempts extends Rejection<{ allowed: number; windowSeconds: number }> {
  static readonly code = 'TOO_MANY_BINDING_ATTEMPTS';
  readonly retryable = true;
  override readonly isOutcome = false;
  constructor(data: { allowed: number; windowSeconds: number }) {
    super(
      `You tried to bind ${data.allowed} numbers that are bound already: bind others when ${data.windowSeconds / 60} minutes have passed.`,
      data,
    );
  }
}

/** The number is bound to no card, or to none that the client may see. */
export class NumberNotBound extends Rejection<{ number: string }> {
  static readonly code = 'NUMBER_NOT_BOUND';
  readonly retryable = true;
  constructor(data: { number: string }) {
    super(`${data.number} is not bound to a card.`, data);
  }
}

/** The card has as many numbers as its batch allows. */
export class TooManyBindings extends Rejection<{ serial: string; limit: number }> {
  static readonly code = 'TOO_MANY_BINDINGS';
  readonly retryable = true;
  constructor(data: { serial: string; limit: number }) {
    super(
      `Card ${data.serial} may have ${data.limit} numbers at most, as its batch allows: unbind one first.`,
      data,
    );
  }
}
