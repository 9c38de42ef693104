import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import { rechargeCommand } from '../../store/writer/commands/recharges.ts';
import {
  BULK,
  countDone,
  LIST_KEY,
  ROW_KEY,
  ROWS,
  type RowOutcome,
  resultOf,
  runBulkRows,
} from '../cards/bulk-rows.ts';
import { CardReferenceValue } from '../cards/card-reference.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { Money, MoneyInput, readPayment } from '../core/money.ts';
import { inSlices } from '../core/sliced-list.ts';
import { RECHARGE_ERRORS } from './recharges.ts';
import { Transfer } from './transfers.ts';

const RechargeRow = builder.inputType('RechargeRow', {
  description: 'One recharge in the list.',
  fields: (t) => ({
    key: t.id({ required: true, description: ROW_KEY }),
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to recharge.' }),
    amount: t.field({ type: MoneyInput, required: true, description: "The amount, in the card's currency." }),
  }),
});

const RechargeCardsInput = builder.inputType('RechargeCardsInput', {
  description: 'A list of recharges.',
  fields: (t) => ({
    idempotencyKey: t.id({ required: true, description: LIST_KEY }),
    rows: t.field({ type: [RechargeRow], required: true, description: ROWS }),
  }),
});

const RechargedCard = builder.objectRef<PostedTransfer>('RechargedCard').implement({
  description: 'The result of one recharge of the list.',
  fields: (t) => ({
    transfer: t.field({ type: Transfer, description: 'The transfer.', resolve: (transfer) => transfer }),
    balance: t.field({
      type: Money,
      description:
        "The card's balance immediately after the transfer. Repeating the request returns the same balance.",
      resolve: ({ cardBalanceAfter, currency }) => ({ micros: cardBalanceAfter ?? 0n, currency }),
    }),
  }),
});

const RechargeRowOutcome = builder.objectRef<RowOutcome<PostedTransfer>>('RechargeRowOutcome').implement({
  description: 'The result of one row.',
  fields: (t) => ({
    key: t.exposeID('key', { description: 'The key of the row.' }),
    result: t.field({
      type: RechargedCard,
      description: 'The result of the recharge, or the reason why it was refused.',
      errors: {
        types: RECHARGE_ERRORS,
        union: { description: 'The result of the recharge, or the reason why it was refused.' },
      },
      resolve: resultOf,
    }),
  }),
});

const RechargeCardsPayload = builder
  .objectRef<readonly RowOutcome<PostedTransfer>[]>('RechargeCardsPayload')
  .implement({
    description: 'The results of the list.',
    fields: (t) => ({
      recharged: t.int({ description: 'The number of recharged cards.', resolve: countDone }),
      refused: t.int({
        description: 'The number of refused rows.',
        resolve: (outcomes) => outcomes.length - countDone(outcomes),
      }),
      outcomes: t.field({
        type: [RechargeRowOutcome],
        description: 'The result of each row, in input order.',
        resolve: inSlices,
      }),
    }),
  });

builder.mutationField('rechargeCards', (t) =>
  t.field({
    extensions: BULK,
    type: RechargeCardsPayload,
    description:
      'Recharges the cards of a list, each like rechargeCard. Each row has its own result: a refused row does not affect the others, and stays refused under its key. A row with the result OVERLOADED was not processed; send the same list again.',
    errors: {
      types: [input.InvalidInput, commands.IdempotencyKeyReused, commands.Overloaded],
      union: { description: 'The results of the rows, or the reason why the list was refused.' },
    },
    args: { input: t.arg({ type: RechargeCardsInput, required: true, description: 'The list.' }) },
    resolve: (_root, { input: { idempotencyKey, rows } }, context) => {
      const askedOf = ({ amount: { amount, currency } }: (typeof rows)[number]) => [amount, currency];
      return runBulkRows(
        { operation: 'rechargeCards', idempotencyKey, asked: [], askedOf, rows },
        context,
        async (card, { amount }, rowKey) => {
          const { micros, currency } = readPayment(amount);
          const request = { card, amount: micros, currency, idempotencyKey: rowKey };
          const command = rechargeCommand(actorOf(context.viewer), request);
          const { transfer } = await context.writer.run({ ...command, class: 'BULK' });
          return transfer;
        },
      );
    },
  }),
);
