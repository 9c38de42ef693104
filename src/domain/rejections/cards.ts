import { counted } from './counted.ts';
import { Rejection } from './rejection.ts';

type OfCard = { serial: string };

/** The card was never activated. */
export class CardInactive extends Rejection<OfCard> {
  static readonly code = 'CARD_INACTIVE';
  readonly retryable = true;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is not activated yet: activate it first.`, data);
  }
}

/** The card was taken out of service. */
export class CardDeactivated extends Rejection<OfCard> {
  static readonly code = 'CARD_DEACTIVATED';
  readonly retryable = true;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is deactivated: activate it again first.`, data);
  }
}

/** The card's validity and grace are over and its balance is, or is about to be, forfeited; or it was redeemed. */
export class CardClosed extends Rejection<OfCard> {
  static readonly code = 'CARD_CLOSED';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(
      `Card ${data.serial} is closed: its validity and grace are over, or it was redeemed. Use another card.`,
      data,
    );
  }
}

/** The card's validity is over, or its last date of first use, and a recharge of its batch does not change that. */
export class CardInGrace extends Rejection<OfCard & { neverUsed: boolean | null }> {
  static readonly code = 'CARD_IN_GRACE';
  readonly retryable = false;
  /** @param data.neverUsed null in answers that were stored before it was recorded */
  constructor(data: OfCard & { neverUsed: boolean | null }) {
    const why = data.neverUsed
      ? 'was never used and is past its last date of first use, which no recharge extends'
      : 'is past its validity, and recharges of its batch do not extend it';
    super(`Card ${data.serial} ${why}: move the balance to another card.`, data);
  }
}

/** The card is locked already. */
export class CardAlreadyLocked extends Rejection<OfCard & { reason: string }> {
  static readonly code = 'CARD_ALREADY_LOCKED';
  readonly retryable = true;
  constructor(data: OfCard & { reason: string }) {
    super(`Card ${data.serial} is locked already (${data.reason}): unlock it before locking it anew.`, data);
  }
}

/** There is no lock to remove. */
export class CardNotLocked extends Rejection<OfCard> {
  static readonly code = 'CARD_NOT_LOCKED';
  readonly retryable = true;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is not locked.`, data);
  }
}

/** The card is locked, and the operation needs it unlocked. */
export class CardLocked extends Rejection<OfCard> {
  static readonly code = 'CARD_LOCKED';
  readonly retryable = true;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is locked: unlock it first.`, data);
  }
}

/** Only a closed card can be reopened. */
export class CardNotClosed extends Rejection<OfCard> {
  static readonly code = 'CARD_NOT_CLOSED';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is not closed: there is nothing to reopen.`, data);
  }
}

/** The card was not closed by the end of its time: its value was redeemed or used. */
export class CardNotReopenable extends Rejection<OfCard> {
  static readonly code = 'CARD_NOT_REOPENABLE';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(
      `Card ${data.serial} was not closed by the end of its validity: it was redeemed or used up. Use another card.`,
      data,
    );
  }
}

/** The card is in service already, so there is nothing to activate. */
export class CardAlreadyActive extends Rejection<OfCard> {
  static readonly code = 'CARD_ALREADY_ACTIVE';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is active already.`, data);
  }
}

/** The card's balance, less what is held for calls, does not cover the amount to be taken. */
export class InsufficientBalance extends Rejection<OfCard & { available: string; currency: string }> {
  static readonly code = 'INSUFFICIENT_BALANCE';
  readonly retryable = true;
  constructor(data: OfCard & { available: string; currency: string }) {
    super(
      `Card ${data.serial} has ${data.available} ${data.currency} available: take no more than that.`,
      data,
    );
  }
}

/** One refusal for every failed authentication, so that a guesser learns nothing. */
export class AuthenticationRefused extends Rejection<Record<string, never>> {
  static readonly code = 'AUTHENTICATION_REFUSED';
  readonly retryable = true;
  constructor() {
    super('No usable card matches these credentials.', {});
  }
}

/** The request names more cards than it may. */
export class TooManyCards extends Rejection<{ count: number; limit: number }> {
  static readonly code = 'TOO_MANY_CARDS';
  readonly retryable = false;
  constructor(data: { count: number; limit: number }) {
    super(
      `${counted(data.count, 'card is', 'cards are')} more than the ${data.limit} of one request: split it by serial range.`,
      data,
    );
  }
}
