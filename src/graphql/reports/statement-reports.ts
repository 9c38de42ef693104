import type { PostedTransfer } from '../../domain/transfer.ts';
import type { Statement } from '../../store/reports/statements.ts';
import { Money, type MoneyValue } from '../core/money.ts';
import { Transfer } from '../money/transfers.ts';
import { reportField } from './report-field.ts';
import { CardStatementFilter, WalletStatementFilter } from './report-filters.ts';
import type { ReportConnection } from './report-page.ts';

const balance = (end: 'opening' | 'closing', description: string) => ({
  type: Money,
  description,
  resolve: ({ page }: ReportConnection<PostedTransfer>): MoneyValue => {
    const { [end]: micros, currency } = page as Statement;
    return { micros, currency };
  },
});

const BALANCES = {
  opening: balance('opening', 'The balance at the beginning of the period.'),
  closing: balance('closing', 'The balance at the end of the period.'),
};

reportField('cardStatement', {
  description: 'The statement of a card over a period.',
  row: Transfer,
  prefix: 'CardStatement',
  page: 'The movements of a card in a period, oldest first, between two balances.',
  edge: 'One of the movements, with its place in the statement.',
  filter: { type: CardStatementFilter, required: true, description: 'Of which card, and of when.' },
  fields: BALANCES,
});

reportField('walletStatement', {
  description: 'The statement of the wallet of a partner over a period.',
  row: Transfer,
  prefix: 'WalletStatement',
  page: 'The movements of a wallet in a period, oldest first, between two balances.',
  edge: 'One of the movements, with its place in the statement.',
  filter: { type: WalletStatementFilter, required: true, description: 'Of which wallet, and of when.' },
  fields: BALANCES,
});
