import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import type { TransferKind } from '../../domain/transfer.ts';
import { textWithoutPin } from '../../domain/values/text.ts';
import { transferRows } from '../../store/postgres/rows.ts';
import { rechargeCommand, reversalCommand } from '../../store/writer/commands/recharges.ts';
import { CardReferenceValue, toCardReference } from '../cards/card-reference.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { MoneyInput, readPayment } from '../core/money.ts';
import { isInReach, isVisible, ownRows } from '../core/visibility-check.ts';
import { movedMoneyPayload } from './card-transfer-payload.ts';
import { TransferConnection } from './transfers.ts';

const RechargeCardInput = builder.inputType('RechargeCardInput', {
  description: 'A recharge.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to recharge.' }),
    amount: t.field({ type: MoneyInput, required: true, description: "The amount, in the card's currency." }),
    idempotencyKey: t.id({
      required: true,
      description: `A client-generated key, unique for each recharge. Resending it at any time returns the same result without a second effect. Up to 255 characters. ${KEY_RULE}`,
    }),
  }),
});

const ReverseRechargeInput = builder.inputType('ReverseRechargeInput', {
  description: 'The recharge to reverse.',
  fields: (t) => ({
    rechargeId: t.id({ required: true, description: "The global id of the recharge's Transfer." }),
    amount: t.field({
      type: MoneyInput,
      description: 'The maximum amount to reverse. If omitted, the whole recharge.',
    }),
    reason: t.string({
      required: true,
      description: 'The reason, shown on the statement. Up to 500 characters.',
    }),
    idempotencyKey: t.id({
      required: true,
      description: `A client-generated key, unique for each reversal. Up to 255 characters. ${KEY_RULE}`,
    }),
  }),
});

const RechargeCardPayload = movedMoneyPayload('RechargeCardPayload', 'The result of the recharge.');
const ReverseRechargePayload = movedMoneyPayload('ReverseRechargePayload', 'The result of the reversal.');

/** The rejections of a recharge, alone or as a row of a list. */
export const RECHARGE_ERRORS = [
  input.InvalidAmount,
  input.InvalidInput,
  input.NotFound,
  bindings.InvalidPhoneNumber,
  bindings.AmbiguousPhoneNumber,
  recharges.BalanceTooLarge,
  input.CurrencyMismatch,
  recharges.CardNotRechargeable,
  cards.CardInactive,
  cards.CardDeactivated,
  cards.CardInGrace,
  replacements.CardReplaced,
  cards.CardClosed,
  recharges.RechargeOutOfRange,
  partners.BatchNotAllowed,
  partners.DailyLimitReached,
  recharges.InsufficientFunds,
  commands.Overloaded,
];

builder.mutationField('rechargeCard', (t) =>
  t.field({
    type: RechargeCardPayload,
    description:
      "Puts money on a card: from the partner's wallet if called with a partner's key, against the operator's cash if called by an administrator. The wallet and the card change in one transaction, and the response is sent once it is durable.",
    errors: {
      types: [...RECHARGE_ERRORS, commands.IdempotencyKeyReused],
      union: { description: 'The result of the recharge, or the reason why it was refused.' },
    },
    args: { input: t.arg({ type: RechargeCardInput, required: true, description: 'The recharge.' }) },
    resolve: async (_root, { input: { card, amount, idempotencyKey } }, context) => {
      const { micros, currency } = readPayment(amount);
      const reference = await toCardReference(card, context);
      const { transfer } = await context.writer.run(
        rechargeCommand(actorOf(context.viewer), {
          card: reference,
          amount: micros,
          currency,
          idempotencyKey,
        }),
      );
      return transfer;
    },
  }),
);

builder.mutationField('reverseRecharge', (t) =>
  t.field({
    type: ReverseRechargePayload,
    description:
      'Reverses a recharge, once: up to the requested amount, limited to what is left of it on the card, whose oldest money is spent first. The money returns to its source. A full reversal also reverts the extension of the validity.',
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        recharges.BalanceTooLarge,
        input.CurrencyMismatch,
        recharges.AlreadyReversed,
        recharges.NothingToReverse,
        recharges.RechargeTooOld,
        cards.CardClosed,
        commands.IdempotencyKeyReused,
        commands.Overloaded,
      ],
      union: { description: 'The result of the reversal, or the reason why it was refused.' },
    },
    args: { input: t.arg({ type: ReverseRechargeInput, required: true, description: 'The reversal.' }) },
    resolve: async (_root, { input: { rechargeId, amount, reason, idempotencyKey } }, context) => {
      const recharge = await findRecharge(rechargeId, context);
      const money = amount ? readPayment(amount) : null;
      if (money && money.currency !== recharge.currency) {
        throw new input.CurrencyMismatch({ expected: recharge.currency, given: money.currency });
      }
      const { transfer } = await context.writer.run(
        reversalCommand(actorOf(context.viewer), {
          recharge,
          amount: money?.micros ?? null,
          maxAgeDays: context.reversalDays,
          reason: textWithoutPin('reason', reason),
          idempotencyKey,
        }),
      );
      return transfer;
    },
  }),
);

/** A partner can reverse only recharges that it or a partner below it paid for; any other is not found. */
async function findRecharge(globalId: string, context: GraphContext) {
  const { database, viewer } = context;
  const recharge = await transferRows.find(database.sql, fromGlobalId('Transfer', globalId));
  if (recharge && recharge.kind !== 'RECHARGE' && (await isVisible('Transfer', recharge, context))) {
    throw new input.InvalidInput({ field: 'rechargeId', problem: notReversible(recharge.kind) });
  }
  if (recharge?.kind !== 'RECHARGE' || !isInReach(viewer, recharge.partnerId)) {
    throw new input.NotFound({ what: 'recharge', reference: globalId.slice(0, 100) });
  }
  return { ...recharge, cardId: recharge.cardId ?? '' };
}

/** What a transfer is that was taken for a recharge, and what to do instead. */
function notReversible(kind: TransferKind): string {
  const instead =
    kind === 'VOUCHER'
      ? "the redemption of a voucher: the voucher is used up. Correct the card's balance with adjustCardBalance"
      : kind === 'REVERSAL'
        ? 'a reversal itself: make a new recharge'
        : `a transfer of the kind ${kind}, not a recharge: correct the card's balance with adjustCardBalance`;
  return `is ${instead}.`;
}

const RechargeFilter = builder.inputType('RechargeFilter', {
  description: 'Filters recharges. Omitted fields do not filter.',
  fields: (t) => ({
    cardId: t.id({ description: 'Recharges of this card.' }),
    partnerId: t.id({ description: "Recharges paid from this partner's wallet." }),
    from: t.field({ type: 'DateTime', description: 'Recharges posted at or after this time.' }),
    to: t.field({ type: 'DateTime', description: 'Recharges posted before this time.' }),
  }),
});

builder.queryField('recharges', (t) =>
  t.drizzleConnection(
    {
      type: 'transfers',
      description: 'Recharges, newest first. A partner sees those paid from its wallet.',
      args: { filter: t.arg({ type: RechargeFilter, description: 'Filters the recharges.' }) },
      resolve: (query, _root, { filter }, { database, viewer }) =>
        database.drizzle.query.transfers.findMany(
          query({
            where: {
              AND: [
                { kind: 'RECHARGE' as const },
                ownRows(viewer, 'Transfer'),
                when(filter?.cardId, (id) => ({ cardId: fromGlobalId('Card', id) })),
                when(filter?.partnerId, (id) => ({ partnerId: fromGlobalId('Partner', id) })),
                filter?.from ? { createdAt: { gte: filter.from } } : {},
                filter?.to ? { createdAt: { lt: filter.to } } : {},
              ],
            },
            orderBy: { id: 'desc' },
          }),
        ),
    },
    TransferConnection,
  ),
);
