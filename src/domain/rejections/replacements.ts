import { Rejection } from './rejection.ts';

type OfCard = { serial: string };

/** The batch's terms don't allow its cards to be replaced. */
export class ReplacementNotAllowed extends Rejection<OfCard> {
  static readonly code = 'REPLACEMENT_NOT_ALLOWED';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is of a batch whose cards are not replaced.`, data);
  }
}

/** Money is held for calls in progress on the card. */
export class CallsInProgress extends Rejection<OfCard & { held: string; currency: string }> {
  static readonly code = 'CALLS_IN_PROGRESS';
  readonly retryable = true;
  constructor(data: OfCard & { held: string; currency: string }) {
    super(
      `Card ${data.serial} has ${data.held} ${data.currency} held for calls in progress: wait until they have ended.`,
      data,
    );
  }
}

/** Another card has replaced this one, for good. */
export class CardReplaced extends Rejection<OfCard> {
  static readonly code = 'CARD_REPLACED';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(`Card ${data.serial} was replaced: use the card that replaced it.`, data);
  }
}

/** No card was named, and the batch has none in stock. */
export class NoSpareCard extends Rejection<OfCard> {
  static readonly code = 'NO_SPARE_CARD';
  readonly retryable = true;
  constructor(data: OfCard) {
    super(`No inactive card of the batch of card ${data.serial} is left: name the new card.`, data);
  }
}

/** The card that is to replace another has been used by a caller. */
export class CardAlreadyUsed extends Rejection<OfCard> {
  static readonly code = 'CARD_ALREADY_USED';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(`Card ${data.serial} was used already, or replaces another card: name one that is new.`, data);
  }
}

/** The last date of first use of a card that was never used has passed. */
export class FirstUseOver extends Rejection<OfCard> {
  static readonly code = 'FIRST_USE_OVER';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(`Card ${data.serial} is past its last date of first use: take another.`, data);
  }
}

/** Two cards that must belong to the same partner do not. */
export class PartnerMismatch extends Rejection<OfCard> {
  static readonly code = 'PARTNER_MISMATCH';
  readonly retryable = false;
  constructor(data: OfCard) {
    super(
      `Card ${data.serial} is another partner's than the card it shall replace: name one of the same.`,
      data,
    );
  }
}
