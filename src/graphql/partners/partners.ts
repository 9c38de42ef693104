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
  description: 'A reseller of cards, with a prepaid wallet that pays for recharges.',
  id: { column: (partner) => partner.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The name, unique among the partners with the same parent.',
    }),
    balance: t.field(moneyField('balance', 'The balance of the wallet.')),
    available: t.field(moneyField(spendable, 'The spendable amount: the balance plus the credit limit.')),
    creditLimit: t.field(
      moneyField('creditLimit', 'The credit limit: how far below zero the wallet may go.'),
    ),
    discountPercent: t.field({
      type: 'Decimal',
      description:
        "The discount: the share of each of the partner's recharges that the operator pays, in percent.",
      resolve: ({ discountBasisPoints }) => (discountBasisPoints / 100).toFixed(2),
    }),
    dailyLimit: t.field(
      nullableMoneyField(
        'dailyLimit',
        "The daily limit (UTC) for the sum of the partner's recharges and its top-ups of partners below it. Null if unlimited.",
      ),
    ),
    dailyCardLimit: t.field(
      nullableMoneyField(
        'dailyCardLimit',
        "The daily limit (UTC) for the partner's recharges of each card. Null if unlimited.",
      ),
    ),
    allowedBatchIds: t.idList({
      nullable: true,
      description:
        'The batches whose cards the partner may recharge. Null if all of its own and those of partners below it.',
      resolve: ({ allowedBatchIds }) => allowedBatchIds?.map((id) => toGlobalId('CardBatch', id)) ?? null,
    }),
    allowedRateGroupIds: t.idList({
      nullable: true,
      description: "The rate groups that the partner's batches may have. Null if all.",
      resolve: ({ allowedRateGroupIds }) =>
        allowedRateGroupIds?.map((id) => toGlobalId('RateGroup', id)) ?? null,
    }),
    suspendedAt: t.expose('suspendedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the partner was suspended. Null if it is not suspended itself; a partner above it may be.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the partner was created.' }),
    batches: t.relatedConnection(
      'batches',
      {
        description: "The partner's batches, newest first.",
        query: { orderBy: { id: 'desc' } },
      },
      CardBatchConnection,
    ),
    statement: t.relatedConnection(
      'transfers',
      {
        description: 'All transfers of the wallet, newest first, each with the balance after it.',
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
      description: 'Partners, newest first. A partner sees itself and those below it.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.partners.findMany(
          query({ where: ownRows(viewer, 'Partner'), orderBy: { id: 'desc' } }),
        ),
    },
    PartnerConnection,
  ),
);

const CreatePartnerInput = builder.inputType('CreatePartnerInput', {
  description: 'The input for createPartner.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'The name, unique among the partners with the same parent, up to 200 characters.',
    }),
    currency: t.field({
      type: 'CurrencyCode',
      required: true,
      description: 'The currency of the wallet, which cannot be changed later.',
    }),
    parentId: t.id({
      description:
        'The parent partner. If omitted, a partner created by the operator has none, and one created by a partner is below that partner.',
    }),
  }),
});

const CreatePartnerPayload = builder.objectRef<PartnerRow>('CreatePartnerPayload').implement({
  description: 'The new partner.',
  fields: (t) => ({
    partner: t.field({
      type: Partner,
      description: 'The partner, with an empty wallet.',
      resolve: (row) => row,
    }),
  }),
});

builder.mutationField('createPartner', (t) =>
  t.field({
    type: CreatePartnerPayload,
    description:
      'Creates a partner with an empty wallet. A partner can create others below itself, with the limits of their parent. Then create a key with createApiKey.',
    errors: {
      types: [input.InvalidInput, input.NameTaken, input.NotFound, partners.PartnerMisplaced],
      union: { description: 'The partner, or the reason why it was not created.' },
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
