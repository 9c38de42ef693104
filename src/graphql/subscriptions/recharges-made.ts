import type { LoggedEvent } from '../../domain/event.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { Money } from '../core/money.ts';
import { isInReach } from '../core/visibility-check.ts';
import { Transfer, TransferKindEnum } from '../money/transfers.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, money, moneyIn, payloadValue } from './live-event.ts';

type RechargeEvent = LoggedEvent<'CARD_RECHARGED' | 'VOUCHER_REDEEMED'>;

export const RECHARGES_MADE: EventKind<RechargeEvent> = { types: ['CARD_RECHARGED', 'VOUCHER_REDEEMED'] };

export const RechargeMade = builder.objectRef<Delivered<RechargeEvent>>('RechargeMade').implement({
  description: 'Money put on a card: from a wallet, against cash, or by a voucher.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    kind: t.field({
      type: TransferKindEnum,
      description: 'RECHARGE or VOUCHER.',
      resolve: ({ event }) => event.payload.kind,
    }),
    amount: t.field({
      type: Money,
      description: 'The amount.',
      resolve: ({ event: { payload } }) => money(payload.change, payload.card.currency),
    }),
    transferId: t.id({
      description: 'The global id of the transfer, for reverseRecharge.',
      resolve: ({ event }) => toGlobalId('Transfer', event.payload.transferId),
    }),
    payerId: t.id({
      nullable: true,
      description: 'The partner whose wallet paid. Null if there is none that you can see.',
      resolve: ({ event }, _args, { viewer }) => {
        const payerId = payloadValue(event, 'payerId');
        return payerId !== null && isInReach(viewer, payerId) ? toGlobalId('Partner', payerId) : null;
      },
    }),
    walletBalanceAfter: t.field({
      type: Money,
      nullable: true,
      description:
        "The balance of the payer's wallet immediately after the recharge. Null if you cannot see the wallet.",
      resolve: ({ event }, _args, { viewer }) =>
        isInReach(viewer, payloadValue(event, 'payerId')) ? moneyIn(event, 'walletBalance') : null,
    }),
    transfer: t.drizzleField({
      type: Transfer,
      nullable: true,
      description: 'The transfer, loaded for each event if selected.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.transfers.findFirst(query({ where: { id: event.payload.transferId } })),
    }),
  }),
});
