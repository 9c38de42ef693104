import * as vouchers from '../../domain/rejections/vouchers.ts';
import { registerRejection, serial } from '../core/errors.ts';

registerRejection(
  vouchers.VoucherRefused,
  'The one answer to every PIN that is not that of a usable voucher: it tells nothing about why.',
);
registerRejection(
  vouchers.CardIsVoucher,
  'The card is a recharge voucher, and what was asked is for cards that make calls.',
  { serial },
);
