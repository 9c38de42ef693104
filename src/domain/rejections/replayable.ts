import { NotAllowed } from './access.ts';
import { TooManyBindings } from './bindings.ts';
import {
  CardAlreadyActive,
  CardAlreadyLocked,
  CardClosed,
  CardDeactivated,
  CardInactive,
  CardInGrace,
  CardLocked,
  CardNotLocked,
  InsufficientBalance,
} from './cards.ts';
import { InvalidAmount, InvalidInput, NotFound } from './input.ts';
import { BatchNotAllowed, DailyLimitReached } from './partners.ts';
import {
  AlreadyReversed,
  CardNotRechargeable,
  CurrencyMismatch,
  InsufficientFunds,
  NothingToReverse,
  RechargeOutOfRange,
} from './recharges.ts';
import type { Rejection, RejectionData } from './rejection.ts';
import {
  CallsInProgress,
  CardAlreadyUsed,
  CardReplaced,
  FirstUseOver,
  NoSpareCard,
  PartnerMismatch,
  ReplacementNotAllowed,
} from './replacements.ts';
import { CardIsVoucher, VoucherRefused } from './vouchers.ts';

/** Every rejection a command with an idempotency key may end in: its answer is kept, so it must be told again. */
const replayable = {
  CARD_INACTIVE: CardInactive,
  CARD_DEACTIVATED: CardDeactivated,
  CARD_CLOSED: CardClosed,
  CARD_IN_GRACE: CardInGrace,
  CARD_LOCKED: CardLocked,
  CARD_ALREADY_ACTIVE: CardAlreadyActive,
  CARD_ALREADY_LOCKED: CardAlreadyLocked,
  CARD_NOT_LOCKED: CardNotLocked,
  NOT_ALLOWED: NotAllowed,
  BATCH_NOT_ALLOWED: BatchNotAllowed,
  DAILY_LIMIT_REACHED: DailyLimitReached,
  INSUFFICIENT_BALANCE: InsufficientBalance,
  INVALID_AMOUNT: InvalidAmount,
  INVALID_INPUT: InvalidInput,
  NOT_FOUND: NotFound,
  CARD_NOT_RECHARGEABLE: CardNotRechargeable,
  RECHARGE_OUT_OF_RANGE: RechargeOutOfRange,
  CURRENCY_MISMATCH: CurrencyMismatch,
  INSUFFICIENT_FUNDS: InsufficientFunds,
  ALREADY_REVERSED: AlreadyReversed,
  NOTHING_TO_REVERSE: NothingToReverse,
  CARD_IS_VOUCHER: CardIsVoucher,
  VOUCHER_REFUSED: VoucherRefused,
  TOO_MANY_BINDINGS: TooManyBindings,
  REPLACEMENT_NOT_ALLOWED: ReplacementNotAllowed,
  CALLS_IN_PROGRESS: CallsInProgress,
  CARD_REPLACED: CardReplaced,
  NO_SPARE_CARD: NoSpareCard,
  CARD_ALREADY_USED: CardAlreadyUsed,
  FIRST_USE_OVER: FirstUseOver,
  PARTNER_MISMATCH: PartnerMismatch,
} as const;

/** The refusal that was given under a key, word for word, from what was stored of it. */
export function replayRejection(code: string, data: RejectionData): Rejection {
  const Replayed = (replayable as Record<string, new (data: never) => Rejection>)[code];
  if (!Replayed) throw new Error(`No rejection ${code} can be replayed: add it to replayable.ts.`);
  return new Replayed(data as never);
}
