import type { Rejection, RejectionData } from '../rejection.ts';
import { CardClosed, CardDeactivated, CardInactive, CardInGrace, InsufficientBalance } from './cards.ts';
import { InvalidAmount, NotFound } from './input.ts';
import {
  AlreadyReversed,
  CardNotRechargeable,
  CurrencyMismatch,
  InsufficientFunds,
  NothingToReverse,
  RechargeOutOfRange,
} from './recharges.ts';
import { CardIsVoucher, VoucherRefused } from './vouchers.ts';

/** Every rejection a command with an idempotency key may end in: its answer is kept, so it must be told again. */
const replayable = {
  CARD_INACTIVE: CardInactive,
  CARD_DEACTIVATED: CardDeactivated,
  CARD_CLOSED: CardClosed,
  CARD_IN_GRACE: CardInGrace,
  INSUFFICIENT_BALANCE: InsufficientBalance,
  INVALID_AMOUNT: InvalidAmount,
  NOT_FOUND: NotFound,
  CARD_NOT_RECHARGEABLE: CardNotRechargeable,
  RECHARGE_OUT_OF_RANGE: RechargeOutOfRange,
  CURRENCY_MISMATCH: CurrencyMismatch,
  INSUFFICIENT_FUNDS: InsufficientFunds,
  ALREADY_REVERSED: AlreadyReversed,
  NOTHING_TO_REVERSE: NothingToReverse,
  CARD_IS_VOUCHER: CardIsVoucher,
  VOUCHER_REFUSED: VoucherRefused,
} as const;

/** The refusal that was given under a key, word for word, from what was stored of it. */
export function replayRejection(code: string, data: RejectionData): Rejection {
  const Replayed = (replayable as Record<string, new (data: never) => Rejection>)[code];
  if (!Replayed) throw new Error(`No rejection ${code} can be replayed: add it to replayable.ts.`);
  return new Replayed(data as never);
}
