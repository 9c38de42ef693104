import type { Partner as PartnerRow } from '../domain/partner.ts';
import * as input from '../domain/rejections/input.ts';
import * as recharges from '../domain/rejections/recharges.ts';
import { optionalText } from '../domain/text.ts';
import type { PostedTransfer } from '../domain/transfer.ts';
import { topUpCommand } from '../store/commands/wallets.ts';
import { createPartner } from '../store/partners.ts';
import { ApiKeyConnection } from './api-keys.ts';
import { builder } from './builder.ts';
import { CardBatchConnection } from './card-batch-type.ts';
import { giver } from './context.ts';
import { fromGlobalId } from './global-id.ts';
import { Money, MoneyInput, readMoney } from './money.ts';
import { Transfer, TransferConnection } from './transfers.ts';
import { ownRow } from './visibility.ts';

export const Partner = builder.drizzleNode('partners', {
  name: 'Partner',
  description: 'A reseller of cards, with a prepaid wallet from which it pays for recharges.',
  id: { column: (partner) => partner.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique.' }),
    balance: t.field({
      type: Money,
      description: 'What is in the wallet.',
      resolve: ({ balance, currency }) => ({ micros: balance, currency }),
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
    apiKeys: t.relatedConnection(
      'apiKeys',
      {
        description: 'Its API keys, newest first.',
        query: { orderBy: { id: 'desc' } },
      },
      ApiKeyConnection,
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

export const PartnerConnection = builder.connectionObject(
  { type: Partner, name: 'PartnerConnection', description: 'A page of partners.' },
  { name: 'PartnerEdge', description: 'One of the partners, with its place in the list.' },
);

builder.queryField('partners', (t) =>
  t.drizzleConnection(
    {
      type: 'partners',
      description: 'Partners, newest first. A partner sees itself.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.partners.findMany(query({ where: ownRow(viewer), orderBy: { id: 'desc' } })),
    },
    PartnerConnection,
  ),
);

const CreatePartnerInput = builder.inputType('CreatePartnerInput', {
  description: 'A partner to be created.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, unique, up to 200 characters.' }),
    currency: t.field({
      type: 'CurrencyCode',
      required: true,
      description: 'The currency of its wallet, for ever.',
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
    description: 'Creates a partner with an empty wallet. Give it a key with createApiKey.',
    errors: {
      types: [input.InvalidInput, input.NameTaken],
      union: { name: 'CreatePartnerResult', description: 'The partner, or why there is none.' },
    },
    args: {
      input: t.arg({ type: CreatePartnerInput, required: true, description: 'The partner to create.' }),
    },
    resolve: (_root, { input: { name, currency } }, { database, viewer }) =>
      createPartner(database.sql, { name, currency, actorId: viewer.actorId }),
  }),
);

const TopUpPartnerInput = builder.inputType('TopUpPartnerInput', {
  description: 'Money received from a partner.',
  fields: (t) => ({
    partnerId: t.id({ required: true, description: 'The partner.' }),
    amount: t.field({ type: MoneyInput, required: true, description: "How much, in the wallet's currency." }),
    reason: t.string({ description: 'What it was for: a bank reference, an invoice. Up to 500 characters.' }),
    idempotencyKey: t.id({
      required: true,
      description:
        'Yours, unique for each top-up: sent again it has no second effect and gets the same answer.',
    }),
  }),
});

const TopUpPartnerPayload = builder.objectRef<PostedTransfer>('TopUpPartnerPayload').implement({
  description: 'What the top-up did.',
  fields: (t) => ({
    transfer: t.field({ type: Transfer, description: 'The movement.', resolve: (transfer) => transfer }),
    balance: t.field({
      type: Money,
      description: "The wallet's balance after it.",
      resolve: ({ walletBalanceAfter, currency }) => ({ micros: walletBalanceAfter ?? 0n, currency }),
    }),
  }),
});

builder.mutationField('topUpPartner', (t) =>
  t.field({
    type: TopUpPartnerPayload,
    description: "Puts money the operator received into a partner's wallet.",
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        recharges.CurrencyMismatch,
        recharges.IdempotencyKeyReused,
        recharges.Overloaded,
      ],
      union: { name: 'TopUpPartnerResult', description: 'What the top-up did, or why it was refused.' },
    },
    args: { input: t.arg({ type: TopUpPartnerInput, required: true, description: 'The top-up.' }) },
    resolve: async (_root, { input: { partnerId, amount, reason, idempotencyKey } }, { writer, viewer }) => {
      const { micros, currency } = readMoney(amount);
      const { transfer } = await writer.run(
        topUpCommand(giver(viewer), {
          partnerId: fromGlobalId('Partner', partnerId),
          amount: micros,
          currency,
          reason: optionalText('reason', reason),
          idempotencyKey,
        }),
      );
      return transfer;
    },
  }),
);
