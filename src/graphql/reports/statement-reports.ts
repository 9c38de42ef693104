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
  opening: balance('opening', 'The balance at the start of the period.'),
  closing: balance('closing', 'The balance at the end of the period.'),
};

reportField('cardStatement', {
  description: 'The statement of a card over a period.',
  row: Transfer,
  prefix: 'CardStatement',
  page: 'The transfers of a card in a period, oldest first, with the opening and closing balances.',
  edge: 'A transfer, with its cursor in the statement.',
  filter: { type: CardStatementFilter, required: true, description: 'The card and the period.' },
  fields: BALANCES,
});

reportField('walletStatement', {
  description: "The statement of a partner's wallet over a period.",
  row: Transfer,
  prefix: 'WalletStatement',
  page: 'The transfers of a wallet in a period, oldest first, with the opening and closing balances.',
  edge: 'A transfer, with its cursor in the statement.',
  filter: { type: WalletStatementFilter, required: true, description: 'The wallet and the period.' },
  fields: BALANCES,
});
