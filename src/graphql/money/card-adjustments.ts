import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import * as vouchers from '../../domain/rejections/vouchers.ts';
import { textWithoutPin } from '../../domain/values/text.ts';
import { adjustmentCommand } from '../../store/writer/commands/cards.ts';
import { CardReferenceValue, toCardReference } from '../cards/card-reference.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { MoneyInput, readMoney } from '../core/money.ts';
import { movedMoneyPayload } from './card-transfer-payload.ts';

const AdjustCardBalanceInput = builder.inputType('AdjustCardBalanceInput', {
  description: 'A manual balance correction.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to correct.' }),
    amount: t.field({
      type: MoneyInput,
      required: true,
      description:
        'Positive adds to the balance, negative subtracts. It may have six decimals, as the charge of a call has.',
    }),
    reason: t.string({
      required: true,
      description: 'The reason, shown on the statement. Up to 500 characters.',
    }),
    idempotencyKey: t.id({
      required: true,
      description: `A client-generated key, unique for each correction. Up to 255 characters. ${KEY_RULE}`,
    }),
  }),
});

const AdjustCardBalancePayload = movedMoneyPayload(
  'AdjustCardBalancePayload',
  'The result of the correction.',
);

builder.mutationField('adjustCardBalance', (t) =>
  t.field({
    type: AdjustCardBalancePayload,
    description:
      "Corrects a card's balance manually, with a reason. It can subtract at most the available balance, and cannot add money to a voucher.",
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        recharges.BalanceTooLarge,
        input.CurrencyMismatch,
        vouchers.CardIsVoucher,
        cards.CardClosed,
        cards.CardInactive,
        replacements.CardReplaced,
        cards.InsufficientBalance,
        commands.IdempotencyKeyReused,
        commands.Overloaded,
      ],
      union: { description: 'The result of the correction, or the reason why it was refused.' },
    },
    args: { input: t.arg({ type: AdjustCardBalanceInput, required: true, description: 'The correction.' }) },
    resolve: async (_root, { input: { card, amount, reason, idempotencyKey } }, context) => {
      const { micros, currency } = readMoney(amount);
      const { transfer } = await context.writer.run(
        adjustmentCommand(actorOf(context.viewer), {
          card: await toCardReference(card, context),
          amount: micros,
          currency,
          reason: textWithoutPin('reason', reason),
          idempotencyKey,
        }),
      );
      return transfer;
    },
  }),
);
