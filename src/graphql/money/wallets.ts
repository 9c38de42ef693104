import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import { optionalText } from '../../domain/values/text.ts';
import { walletCommand } from '../../store/writer/commands/wallets.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { MoneyInput, moneyField, readPayment } from '../core/money.ts';
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
        description: "The amount, in the wallet's currency.",
      }),
      reason: t.string({
        description: 'The reason, such as a bank reference or an invoice. Up to 500 characters.',
      }),
      idempotencyKey: t.id({
        required: true,
        description: `A client-generated key, unique for each transfer. Resending it returns the same result without a second effect. ${KEY_RULE}`,
      }),
    }),
  });

const walletPayload = (name: string, description: string) =>
  builder.objectRef<PostedTransfer>(name).implement({
    description,
    fields: (t) => ({
      transfer: t.field({ type: Transfer, description: 'The transfer.', resolve: (transfer) => transfer }),
      balance: t.field(
        moneyField(
          ({ walletBalanceAfter }: PostedTransfer) => walletBalanceAfter ?? 0n,
          "The wallet's balance after the transfer.",
        ),
      ),
    }),
  });

const REFUSALS = [
  input.InvalidAmount,
  input.InvalidInput,
  input.NotFound,
  recharges.BalanceTooLarge,
  input.CurrencyMismatch,
  recharges.InsufficientFunds,
  commands.IdempotencyKeyReused,
  commands.Overloaded,
];

const TopUpPartnerInput = walletInput('TopUpPartnerInput', 'The input for topUpPartner.');
const WithdrawFromPartnerInput = walletInput(
  'WithdrawFromPartnerInput',
  'The input for withdrawFromPartner.',
);

builder.mutationField('topUpPartner', (t) =>
  t.field({
    type: walletPayload('TopUpPartnerPayload', 'The result of the top-up.'),
    description:
      "Puts money into a partner's wallet: money that the operator received or, if a partner calls it, money from its own wallet for a partner below it.",
    errors: {
      types: [...REFUSALS, partners.DailyLimitReached],
      union: { description: 'The result of the top-up, or the reason why it was refused.' },
    },
    args: { input: t.arg({ type: TopUpPartnerInput, required: true, description: 'The top-up.' }) },
    resolve: (_root, args, context) => change('topUpPartner', args.input, context),
  }),
);

builder.mutationField('withdrawFromPartner', (t) =>
  t.field({
    type: walletPayload('WithdrawFromPartnerPayload', 'The result of the withdrawal.'),
    description:
      "Takes money out of a partner's wallet, at most its balance: paid out by the operator or, if a partner calls it, moved from a partner below it back to its own wallet.",
    errors: {
      types: REFUSALS,
      union: { description: 'The result of the withdrawal, or the reason why it was refused.' },
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
  const { micros, currency } = readPayment(amount);
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
