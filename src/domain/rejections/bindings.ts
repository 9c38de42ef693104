import { counted } from './counted.ts';
import { Rejection } from './rejection.ts';

/** UNREADABLE: not a number; NOT_IN_USE: no plan has assigned it; PLACEHOLDER: networks send it for withheld numbers. */
export type PhoneNumberFlaw = 'UNREADABLE' | 'NOT_IN_USE' | 'PLACEHOLDER';

const FLAWS: Readonly<Record<PhoneNumberFlaw, string>> = {
  UNREADABLE:
    'this is not a telephone number: send it with its country code, such as +39 06 1234 5678, or name its country.',
  NOT_IN_USE: 'no numbering plan has such a number in use: check it.',
  PLACEHOLDER: 'networks send this number for callers who withhold theirs, so it stands for nobody.',
};

/** A number that belongs to no numbering plan, or that can't stand for a caller. */
export class InvalidPhoneNumber extends Rejection<{ field: string; reason: PhoneNumberFlaw }> {
  static readonly code = 'INVALID_PHONE_NUMBER';
  readonly retryable = false;
  constructor(data: { field: string; reason: PhoneNumberFlaw }) {
    super(`${data.field}: ${FLAWS[data.reason]}`, data);
  }
}

/** Digits that are a valid number in more than one way, such as with and without a country code. */
export class AmbiguousPhoneNumber extends Rejection<{ field: string; readings: string }> {
  static readonly code = 'AMBIGUOUS_PHONE_NUMBER';
  readonly retryable = false;
  constructor(data: { field: string; readings: string }) {
    super(
      `${data.field}: these digits may be ${data.readings.replace(/, /g, ' or ')}: send the number with "+" and its country code, or say how it is written.`,
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
      `You tried to bind ${data.allowed} numbers that are bound already: bind others when ${counted(data.windowSeconds / 60, 'minute has', 'minutes have')} passed.`,
      data,
    );
  }
}

/** The number is bound to no card, to another than the named one, or to none that the client may see. */
export class NumberNotBound extends Rejection<{ number: string }> {
  static readonly code = 'NUMBER_NOT_BOUND';
  readonly retryable = true;
  /** @param to what it is not bound to: never whether a card that the client may not see has it */
  constructor(data: { number: string }, to = 'a card that you can see') {
    super(`${data.number} is not bound to ${to}: check the number and the card with numberBindings.`, data);
  }
}

/** The card has as many numbers as its batch allows. */
export class TooManyBindings extends Rejection<{ serial: string; limit: number }> {
  static readonly code = 'TOO_MANY_BINDINGS';
  readonly retryable = true;
  constructor(data: { serial: string; limit: number }) {
    super(
      `Card ${data.serial} may have ${counted(data.limit, 'number')} at most, as its batch allows: unbind one first.`,
      data,
    );
  }
}
