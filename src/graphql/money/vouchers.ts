import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import * as vouchers from '../../domain/rejections/vouchers.ts';
import { redeemEnteredVoucher } from '../../store/cards/voucher-redemption.ts';
import { CardReferenceValue, toCardReference } from '../cards/card-reference.ts';
import { ACCESS_NUMBER, CALLER_NUMBER, NUMBER_COUNTRY, pinAttempt } from '../cards/pin-attempt.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { registerRejection, serial } from '../core/errors.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { CALLER_NUMBER_FORM, PhoneNumberFormEnum } from '../core/number-reading.ts';
import { movedMoneyPayload } from './card-transfer-payload.ts';

registerRejection(
  vouchers.VoucherRefused,
  'The uniform response to every PIN that does not belong to a usable voucher. It does not reveal the reason.',
);
registerRejection(
  vouchers.CardIsVoucher,
  'The card is a recharge voucher, and the operation is only for cards that make calls.',
  { serial },
);

const RedeemVoucherInput = builder.inputType('RedeemVoucherInput', {
  description: 'The voucher to redeem.',
  fields: (t) => ({
    card: t.field({
      type: CardReferenceValue,
      required: true,
      description: 'The card that receives the value.',
    }),
    voucherPin: t.string({
      required: true,
      description: 'The PIN of the voucher. Spaces and dashes are ignored.',
    }),
    callerNumber: t.field({ type: 'PhoneNumber', description: CALLER_NUMBER }),
    accessNumber: t.field({ type: 'PhoneNumber', description: ACCESS_NUMBER }),
    country: t.string({ description: NUMBER_COUNTRY }),
    callerNumberForm: t.field({ type: PhoneNumberFormEnum, description: CALLER_NUMBER_FORM }),
    idempotencyKey: t.id({
      required: true,
      description: `A client-generated key, unique for each attempt. Resending it with the same PIN returns the same result without a second effect. Up to 255 characters. ${KEY_RULE}`,
    }),
  }),
});

const RedeemVoucherPayload = movedMoneyPayload('RedeemVoucherPayload', 'The result of the redemption.');

builder.mutationField('redeemVoucher', (t) =>
  t.field({
    type: RedeemVoucherPayload,
    description:
      "Moves the whole value of a recharge voucher to a card and closes the voucher, in one transaction. The card's validity is extended as by a recharge. A partner's vouchers can be redeemed only for its own cards, the operator's for all. Every PIN that does not belong to a usable voucher returns the same error, VOUCHER_REFUSED, including when the source has failed too often.",
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        recharges.CardNotRechargeable,
        cards.CardInactive,
        cards.CardDeactivated,
        cards.CardInGrace,
        replacements.CardReplaced,
        cards.CardClosed,
        vouchers.VoucherRefused,
        recharges.BalanceTooLarge,
        input.CurrencyMismatch,
        commands.IdempotencyKeyReused,
        commands.Overloaded,
      ],
      union: { description: 'The result of the redemption, or the reason why it was refused.' },
    },
    args: { input: t.arg({ type: RedeemVoucherInput, required: true, description: 'The voucher.' }) },
    resolve: async (_root, { input: { card, voucherPin, idempotencyKey, ...numbers } }, context) => {
      const { database, pinKeys, writer, defense, viewer } = context;
      const means = { sql: database.sql, writer, defense, references: pinKeys };
      const { transfer } = await redeemEnteredVoucher(means, actorOf(viewer), {
        card: await toCardReference(card, context),
        voucherPin,
        idempotencyKey,
        attempt: pinAttempt('REDEEM_VOUCHER', numbers, context),
      });
      return transfer;
    },
  }),
);
