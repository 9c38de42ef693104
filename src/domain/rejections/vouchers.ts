import { Rejection } from './rejection.ts';

/** One refusal for every PIN that is not a usable voucher's, so that a guesser learns nothing. */
export class VoucherRefused extends Rejection<Record<string, never>> {
  static readonly code = 'VOUCHER_REFUSED';
  readonly retryable = true;
  constructor() {
    super('No usable voucher matches this PIN.', {});
  }
}

/**
 * Looks the same to the client, for a PIN that was compared with no card, because its source was delayed or the budget
 * of guesses was spent. The voucher may be valid: the same key redeems it later.
 */
export class VoucherNotCompared extends VoucherRefused {
  override readonly isOutcome = false;
}

/** The card is a voucher, and the operation is for cards that make calls. */
export class CardIsVoucher extends Rejection<{ serial: string }> {
  static readonly code = 'CARD_IS_VOUCHER';
  readonly retryable = false;
  constructor(data: { serial: string }) {
    super(`Card ${data.serial} is a recharge voucher: name the card it is meant for.`, data);
  }
}
