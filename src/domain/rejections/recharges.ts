import { counted } from './counted.ts';
import { Rejection } from './rejection.ts';

/** Cards of this type can't be refilled. */
export class CardNotRechargeable extends Rejection<{ serial: string; type: string }> {
  static readonly code = 'CARD_NOT_RECHARGEABLE';
  readonly retryable = false;
  constructor(data: { serial: string; type: string }) {
    super(
      `Card ${data.serial} is ${data.type}: only RECHARGEABLE and UNLIMITED cards can be recharged.`,
      data,
    );
  }
}

/** The amount is outside the range that the card's batch allows. */
export class RechargeOutOfRange extends Rejection<{
  min: string | null;
  max: string | null;
  currency: string;
}> {
  static readonly code = 'RECHARGE_OUT_OF_RANGE';
  readonly retryable = false;
  constructor(data: { min: string | null; max: string | null; currency: string }) {
    const range = [data.min && `at least ${data.min}`, data.max && `at most ${data.max}`].filter(Boolean);
    super(`A recharge of this card must be ${range.join(' and ')} ${data.currency}.`, data);
  }
}

/** The partner's wallet does not cover the recharge. */
export class InsufficientFunds extends Rejection<{ available: string; currency: string }> {
  static readonly code = 'INSUFFICIENT_FUNDS';
  readonly retryable = true;
  constructor(data: { available: string; currency: string }) {
    super(
      `The wallet has ${data.available} ${data.currency}: top it up, then recharge under a new idempotency key.`,
      data,
    );
  }
}

/** A recharge can be reversed only once. */
export class AlreadyReversed extends Rejection<{ rechargeId: string }> {
  static readonly code = 'ALREADY_REVERSED';
  readonly retryable = false;
  constructor(data: { rechargeId: string }) {
    super('This recharge is reversed already.', data);
  }
}

/** The recharge is too old to be reversed. */
export class RechargeTooOld extends Rejection<{ rechargeId: string; days: number }> {
  static readonly code = 'RECHARGE_TOO_OLD';
  readonly retryable = false;
  constructor(data: { rechargeId: string; days: number }) {
    super(
      `This recharge is older than ${counted(data.days, 'day')}, the time in which it can be reversed: correct the balance instead.`,
      data,
    );
  }
}

/** Nothing of the recharge is left on the card. */
export class NothingToReverse extends Rejection<{ serial: string }> {
  static readonly code = 'NOTHING_TO_REVERSE';
  readonly retryable = true;
  constructor(data: { serial: string }) {
    super(
      `This recharge is already used up on card ${data.serial}: a card uses its oldest money first.`,
      data,
    );
  }
}

/** The amount would make the balance larger than any card or wallet may have. */
export class BalanceTooLarge extends Rejection<{ limit: string; currency: string }> {
  static readonly code = 'BALANCE_TOO_LARGE';
  readonly retryable = true;
  constructor(data: { limit: string; currency: string }) {
    super(`No balance may be above ${data.limit} ${data.currency}: put in less.`, data);
  }
}
