import * as vouchers from '../../domain/rejections/vouchers.ts';
import { registerRejection, serial } from '../core/errors.ts';

registerRejection(
  vouchers.VoucherRefused,
  'The uniform response to every PIN that does not belong to a usable voucher. It does not reveal the reason.',
);
registerRejection(
  vouchers.CardIsVoucher,
  'The card is a recharge voucher, and the operation is only for cards that make calls.',
  { serial },
);
