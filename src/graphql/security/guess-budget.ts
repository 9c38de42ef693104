import { densityOf, type FormatInUse } from '../../domain/security/guess-budget.ts';
import type { BudgetState } from '../../store/security/guess-budget-state.ts';
import { readGuessBudgets } from '../../store/security/guess-budget-state.ts';
import { builder } from '../core/builder.ts';

const PinFormatInUse = builder.objectRef<FormatInUse>('PinFormatInUse').implement({
  description: 'A format of PINs, and how thinly the cards are spread in it.',
  fields: (t) => ({
    format: t.exposeString('format', {
      description: 'Its length, characters, prefix and suffix, and whether it has a check digit.',
    }),
    cards: t.exposeFloat('cards', { description: 'Cards there are or will be in it, in whatever state.' }),
    possible: t.field({
      type: 'Decimal',
      description: 'PINs there can be.',
      resolve: ({ possible }) => possible.toString(),
    }),
    density: t.float({
      description: 'The chance that a guess in the format hits one of its cards.',
      resolve: densityOf,
    }),
  }),
});

const GuessAllowance = builder.objectRef<BudgetState>('GuessAllowance').implement({
  description: 'Wrong PINs that the whole system takes in one window.',
  fields: (t) => ({
    allowed: t.exposeInt('allowed', { description: 'Comparisons that may fail in the window.' }),
    share: t.exposeInt('share', {
      description:
        "How many of them one credential, or one partner with its branch, may cause: the others' are left to them. Rotated keys count as one.",
    }),
    used: t.exposeInt('used', { description: 'Comparisons that failed in it.' }),
    reserved: t.exposeInt('reserved', {
      description:
        'Drawn by instances beyond those, for comparisons to come. `allowed` is never exceeded by both.',
    }),
    since: t.expose('since', { type: 'DateTime', description: 'When the window began.' }),
    until: t.expose('until', { type: 'DateTime', description: 'When it ends and a new budget begins.' }),
    trippedAt: t.expose('trippedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the breaker tripped, since when no comparison of this kind is made in the window. Null: it did not.',
    }),
  }),
});

interface Budgets {
  readonly formats: readonly FormatInUse[];
  readonly pin: BudgetState;
  readonly voucher: BudgetState;
  readonly serialAndPin: BudgetState;
}

const GuessBudget = builder.objectRef<Budgets>('GuessBudget').implement({
  description:
    'How many wrong PINs the whole system takes before it stops comparing: so few that less than a hundredth of a card is found by chance, whatever the batch sizes.',
  fields: (t) => ({
    formats: t.field({
      type: [PinFormatInUse],
      description: 'The formats of PINs there are.',
      resolve: ({ formats }) => formats,
    }),
    pin: t.field({
      type: GuessAllowance,
      description:
        'Of PINs alone, each compared with all cards. Spent: only numbers from which the PIN was keyed with success before are compared, with their cards.',
      resolve: ({ pin }) => pin,
    }),
    voucher: t.field({
      type: GuessAllowance,
      description: 'Of PINs keyed for `redeemVoucher`, each compared with all vouchers.',
      resolve: ({ voucher }) => voucher,
    }),
    serialAndPin: t.field({
      type: GuessAllowance,
      description: 'Of PINs that are compared with one card, whose serial or whose known number is given.',
      resolve: ({ serialAndPin }) => serialAndPin,
    }),
  }),
});

builder.queryField('guessBudget', (t) =>
  t.field({
    type: GuessBudget,
    description: 'What stands between guessers and your cards, in figures.',
    resolve: (_root, _args, { database, defence }) => readGuessBudgets(database.sql, defence.limits),
  }),
);
