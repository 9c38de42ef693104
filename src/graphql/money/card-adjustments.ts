import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import * as vouchers from '../../domain/rejections/vouchers.ts';
import { textWithoutPin } from '../../domain/values/text.ts';
import { adjustmentCommand } from '../../store/writer/commands/cards.ts';
import { CardReferenceValue, toCardReference } from '../cards/card-reference.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { MoneyInput, readMoney } from '../core/money.ts';
import { movedMoneyPayload } from './card-transfer-payload.ts';

const AdjustCardBalanceInput = builder.inputType('AdjustCardBalanceInput', {
  description: 'A correction by hand.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to correct.' }),
    amount: t.field({ type: MoneyInput, required: true, description: 'Positive gives, negative takes.' }),
    reason: t.string({ required: true, description: 'Why, for the statement. Up to 500 characters.' }),
    idempotencyKey: t.id({
      required: true,
      description: 'Yours, unique for each correction. Up to 255 characters.',
    }),
  }),
});

const AdjustCardBalancePayload = movedMoneyPayload('AdjustCardBalancePayload', 'What the correction did.');

builder.mutationField('adjustCardBalance', (t) =>
  t.field({
    type: AdjustCardBalancePayload,
    description:
      "Corrects a card's balance by hand, with a reason. Takes at most what is available, and gives nothing to a voucher.",
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        recharges.BalanceTooLarge,
        recharges.CurrencyMismatch,
        vouchers.CardIsVoucher,
        cards.CardClosed,
        cards.CardInactive,
        replacements.CardReplaced,
        cards.InsufficientBalance,
        recharges.IdempotencyKeyReused,
        recharges.Overloaded,
      ],
      union: {
        name: 'AdjustCardBalanceResult',
        description: 'What the correction did, or why it was refused.',
      },
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
