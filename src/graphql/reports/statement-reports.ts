import type { PostedTransfer } from '../../domain/transfer.ts';
import type { Statement } from '../../store/reports/statements.ts';
import { builder } from '../core/builder.ts';
import { Money, type MoneyValue } from '../core/money.ts';
import { Transfer } from '../money/transfers.ts';
import { CardStatementFilter, WalletStatementFilter } from './report-filters.ts';
import { AFTER, AS_OF, FIRST, type ReportConnection, reportPage } from './report-page.ts';

function balanceOf(connection: object, end: 'opening' | 'closing'): MoneyValue {
  const { page } = connection as ReportConnection<PostedTransfer>;
  const { [end]: micros, currency } = page as Statement;
  return { micros, currency };
}

const CardStatementConnection = builder.connectionObject(
  {
    type: Transfer,
    name: 'CardStatementConnection',
    description: 'The movements of a card in a period, oldest first, between two balances.',
    fields: (t) => ({
      asOf: t.field(AS_OF),
      opening: t.field({
        type: Money,
        description: 'The balance at the beginning of the period.',
        resolve: (connection) => balanceOf(connection, 'opening'),
      }),
      closing: t.field({
        type: Money,
        description: 'The balance at the end of the period.',
        resolve: (connection) => balanceOf(connection, 'closing'),
      }),
    }),
  },
  { name: 'CardStatementEdge', description: 'One of the movements, with its place in the statement.' },
);

builder.queryField('cardStatementReport', (t) =>
  t.field({
    type: CardStatementConnection,
    description: 'The statement of a card over a period.',
    args: {
      filter: t.arg({
        type: CardStatementFilter,
        required: true,
        description: 'Of which card, and of when.',
      }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<PostedTransfer>('cardStatement', { filter: filter ?? {}, page }, context),
  }),
);

const WalletStatementConnection = builder.connectionObject(
  {
    type: Transfer,
    name: 'WalletStatementConnection',
    description: 'The movements of a wallet in a period, oldest first, between two balances.',
    fields: (t) => ({
      asOf: t.field(AS_OF),
      opening: t.field({
        type: Money,
        description: 'The balance at the beginning of the period.',
        resolve: (connection) => balanceOf(connection, 'opening'),
      }),
      closing: t.field({
        type: Money,
        description: 'The balance at the end of the period.',
        resolve: (connection) => balanceOf(connection, 'closing'),
      }),
    }),
  },
  { name: 'WalletStatementEdge', description: 'One of the movements, with its place in the statement.' },
);

builder.queryField('walletStatementReport', (t) =>
  t.field({
    type: WalletStatementConnection,
    description: 'The statement of the wallet of a partner over a period.',
    args: {
      filter: t.arg({
        type: WalletStatementFilter,
        required: true,
        description: 'Of which wallet, and of when.',
      }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<PostedTransfer>('walletStatement', { filter: filter ?? {}, page }, context),
  }),
);
