import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { Money } from '../core/money.ts';
import { isInReach } from '../core/visibility-check.ts';
import { Transfer, TransferKindEnum } from '../money/transfers.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, moneyIn, moneyOf, textIn } from './live-event.ts';
import { deliver, watchArgs } from './watching.ts';

export const RechargeMade = builder.objectRef<Delivered>('RechargeMade').implement({
  description: 'Money that was put on a card: from a wallet, against cash, or by a voucher.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    kind: t.field({
      type: TransferKindEnum,
      description: 'RECHARGE, or VOUCHER.',
      resolve: ({ event }) => event.payload.kind as typeof TransferKindEnum.$inferType,
    }),
    amount: t.field({
      type: Money,
      description: 'How much.',
      resolve: ({ event }) => moneyOf(event, String(event.payload.change)),
    }),
    transferId: t.id({
      description: 'The global id of the movement, for reverseRecharge.',
      resolve: ({ event }) => toGlobalId('Transfer', String(event.payload.transferId)),
    }),
    payerId: t.id({
      nullable: true,
      description: 'The partner whose wallet paid. Null: none of yours.',
      resolve: ({ event }, _args, { viewer }) => {
        const payerId = textIn(event, 'payerId');
        return payerId !== null && isInReach(viewer, payerId) ? toGlobalId('Partner', payerId) : null;
      },
    }),
    walletBalanceAfter: t.field({
      type: Money,
      nullable: true,
      description: "The payer's wallet right after it. Null: the wallet is none of yours.",
      resolve: ({ event }, _args, { viewer }) =>
        isInReach(viewer, textIn(event, 'payerId')) ? moneyIn(event, 'walletBalance') : null,
    }),
    transfer: t.drizzleField({
      type: Transfer,
      nullable: true,
      description: 'The movement, looked up for each event that asks for it.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.transfers.findFirst(
          query({ where: { id: String(event.payload.transferId) } }),
        ),
    }),
  }),
});

export const RECHARGES_MADE: EventKind = { types: ['CARD_RECHARGED', 'VOUCHER_REDEEMED'] };

builder.subscriptionField('rechargeMade', (t) =>
  t.field({
    type: RechargeMade,
    description: 'Every recharge of the cards you watch, by money or by voucher.',
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, RECHARGES_MADE, context),
    resolve: (delivered) => delivered as Delivered,
  }),
);
