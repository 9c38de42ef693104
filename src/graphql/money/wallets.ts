import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import { optionalText } from '../../domain/values/text.ts';
import { walletCommand } from '../../store/writer/commands/wallets.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { MoneyInput, moneyField, readMoney } from '../core/money.ts';
import { partnerBelow } from '../core/visibility-check.ts';
import { Transfer } from './transfers.ts';

const walletInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      partnerId: t.id({ required: true, description: 'The partner.' }),
      amount: t.field({
        type: MoneyInput,
        required: true,
        description: "How much, in the wallet's currency.",
      }),
      reason: t.string({
        description: 'What it was for: a bank reference, an invoice. Up to 500 characters.',
      }),
      idempotencyKey: t.id({
        required: true,
        description:
          'Yours, unique for each movement: sent again it has no second effect and gets the same answer.',
      }),
    }),
  });

const walletPayload = (name: string, description: string) =>
  builder.objectRef<PostedTransfer>(name).implement({
    description,
    fields: (t) => ({
      transfer: t.field({ type: Transfer, description: 'The movement.', resolve: (transfer) => transfer }),
      balance: t.field(
        moneyField(
          ({ walletBalanceAfter }: PostedTransfer) => walletBalanceAfter ?? 0n,
          "The partner's balance after it.",
        ),
      ),
    }),
  });

const REFUSALS = [
  input.InvalidAmount,
  input.InvalidInput,
  input.NotFound,
  recharges.BalanceTooLarge,
  recharges.CurrencyMismatch,
  recharges.InsufficientFunds,
  recharges.IdempotencyKeyReused,
  recharges.Overloaded,
];

const TopUpPartnerInput = walletInput('TopUpPartnerInput', 'Money for a partner.');
const WithdrawFromPartnerInput = walletInput('WithdrawFromPartnerInput', 'Money out of a wallet.');

builder.mutationField('topUpPartner', (t) =>
  t.field({
    type: walletPayload('TopUpPartnerPayload', 'What the top-up did.'),
    description:
      "Puts money into a partner's wallet: what the operator received, or, for a partner, out of its own wallet into that of one below it.",
    errors: {
      types: [...REFUSALS, partners.DailyLimitReached],
      union: { name: 'TopUpPartnerResult', description: 'What the top-up did, or why it was refused.' },
    },
    args: { input: t.arg({ type: TopUpPartnerInput, required: true, description: 'The top-up.' }) },
    resolve: (_root, args, context) => change('topUpPartner', args.input, context),
  }),
);

builder.mutationField('withdrawFromPartner', (t) =>
  t.field({
    type: walletPayload('WithdrawFromPartnerPayload', 'What the withdrawal did.'),
    description:
      "Takes money out of a partner's wallet, never more than is in it: paid out by the operator, or, for a partner, back from one below it into its own wallet.",
    errors: {
      types: REFUSALS,
      union: { name: 'WithdrawFromPartnerResult', description: 'What it did, or why it was refused.' },
    },
    args: {
      input: t.arg({ type: WithdrawFromPartnerInput, required: true, description: 'The withdrawal.' }),
    },
    resolve: (_root, args, context) => change('withdrawFromPartner', args.input, context),
  }),
);

async function change(
  kind: 'topUpPartner' | 'withdrawFromPartner',
  { partnerId, amount, reason, idempotencyKey }: typeof TopUpPartnerInput.$inferInput,
  { writer, viewer }: GraphContext,
): Promise<PostedTransfer> {
  const { micros, currency } = readMoney(amount);
  const { transfer } = await writer.run(
    walletCommand(kind, actorOf(viewer), {
      partnerId: partnerBelow(viewer, fromGlobalId('Partner', partnerId)),
      amount: micros,
      currency,
      reason: optionalText('reason', reason),
      idempotencyKey,
    }),
  );
  return transfer;
}
