import { spendable } from '../../domain/money/wallet.ts';
import type { Partner as PartnerRow } from '../../domain/partners/partner.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import { createPartner } from '../../store/partners/partners.ts';
import { CardBatchConnection } from '../batches/card-batch-type.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { optionalGlobalId, toGlobalId } from '../core/global-id.ts';
import { moneyField, nullableMoneyField } from '../core/money.ts';
import { ownRows, partnerInReach } from '../core/visibility-check.ts';
import { TransferConnection } from '../money/transfers.ts';

export const Partner = builder.drizzleNode('partners', {
  name: 'Partner',
  description: 'A reseller of cards, with a prepaid wallet from which it pays for recharges.',
  id: { column: (partner) => partner.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Its name, unique among the partners right below the same one.',
    }),
    balance: t.field(moneyField('balance', 'What is in the wallet.')),
    available: t.field(moneyField(spendable, 'What it can pay: the balance and its credit.')),
    creditLimit: t.field(moneyField('creditLimit', 'How far below zero the wallet may go.')),
    discountPercent: t.field({
      type: 'Decimal',
      description: 'What of each of its recharges the operator pays, in per cent.',
      resolve: ({ discountBasisPoints }) => (discountBasisPoints / 100).toFixed(2),
    }),
    dailyLimit: t.field(
      nullableMoneyField(
        'dailyLimit',
        'What its recharges of one day (UTC), and what it puts into wallets below its own, may come to. Null: anything.',
      ),
    ),
    dailyCardLimit: t.field(
      nullableMoneyField(
        'dailyCardLimit',
        'What its recharges of each card on one day (UTC) may come to. Null: anything.',
      ),
    ),
    allowedBatchIds: t.idList({
      nullable: true,
      description: 'The batches whose cards it may recharge. Null: all of its branch.',
      resolve: ({ allowedBatchIds }) => allowedBatchIds?.map((id) => toGlobalId('CardBatch', id)) ?? null,
    }),
    allowedRateGroupIds: t.idList({
      nullable: true,
      description: 'The rate groups that batches of it may have. Null: all.',
      resolve: ({ allowedRateGroupIds }) =>
        allowedRateGroupIds?.map((id) => toGlobalId('RateGroup', id)) ?? null,
    }),
    suspendedAt: t.expose('suspendedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is suspended itself. Null: it is not; one above it may be.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    batches: t.relatedConnection(
      'batches',
      {
        description: 'Its batches, newest first.',
        query: { orderBy: { id: 'desc' } },
      },
      CardBatchConnection,
    ),
    statement: t.relatedConnection(
      'transfers',
      {
        description: 'All movements of the wallet, newest first, each with the balance after it.',
        query: { orderBy: { partnerVersion: 'desc' } },
      },
      TransferConnection,
    ),
  }),
});

export const PartnerConnection = connectionOf(Partner, 'partners');

builder.queryField('partners', (t) =>
  t.drizzleConnection(
    {
      type: 'partners',
      description: 'Partners, newest first. A partner sees its branch: itself and those below it.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.partners.findMany(
          query({ where: ownRows(viewer, 'Partner'), orderBy: { id: 'desc' } }),
        ),
    },
    PartnerConnection,
  ),
);

const CreatePartnerInput = builder.inputType('CreatePartnerInput', {
  description: 'A partner to be created.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Its name, unique among the partners right below the same one, up to 200 characters.',
    }),
    currency: t.field({
      type: 'CurrencyCode',
      required: true,
      description: 'The currency of its wallet, for ever.',
    }),
    parentId: t.id({
      description:
        "The partner above it. Left out: an operator's new partner has none, a partner's is below that partner.",
    }),
  }),
});

const CreatePartnerPayload = builder.objectRef<PartnerRow>('CreatePartnerPayload').implement({
  description: 'The new partner.',
  fields: (t) => ({
    partner: t.field({ type: Partner, description: 'The partner, its wallet empty.', resolve: (row) => row }),
  }),
});

builder.mutationField('createPartner', (t) =>
  t.field({
    type: CreatePartnerPayload,
    description:
      'Creates a partner with an empty wallet; a partner creates them in its own branch, with the limits of the one above. Give it a key with createApiKey.',
    errors: {
      types: [input.InvalidInput, input.NameTaken, input.NotFound, partners.PartnerMisplaced],
      union: { name: 'CreatePartnerResult', description: 'The partner, or why there is none.' },
    },
    args: {
      input: t.arg({ type: CreatePartnerInput, required: true, description: 'The partner to create.' }),
    },
    resolve: async (_root, { input: { name, currency, parentId } }, { database, viewer, partners: tree }) => {
      const above = optionalGlobalId('Partner', parentId) ?? viewer.partnerId;
      const partner = await createPartner(database.sql, {
        name,
        currency,
        parentId: above === null ? null : partnerInReach(viewer, above),
        limitedAs: viewer.partnerId === null ? null : above,
        actorId: viewer.actorId,
      });
      await tree.refresh();
      return partner;
    },
  }),
);
