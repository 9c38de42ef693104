import { densityOf, type FormatInUse } from '../../domain/security/guess-budget.ts';
import type { BudgetState } from '../../store/security/guess-budget-state.ts';
import { readGuessBudgets } from '../../store/security/guess-budget-state.ts';
import { builder } from '../core/builder.ts';

const PinFormatInUse = builder.objectRef<FormatInUse>('PinFormatInUse').implement({
  description: 'A PIN format and how densely it is populated with cards.',
  fields: (t) => ({
    format: t.exposeString('format', {
      description: 'The length, alphabet, prefix and suffix, and whether there is a check digit.',
    }),
    cards: t.exposeFloat('cards', {
      description: 'The number of cards, existing or ordered, with PINs of this format, in any state.',
    }),
    possible: t.field({
      type: 'Decimal',
      description: 'The number of possible PINs.',
      resolve: ({ possible }) => possible.toString(),
    }),
    density: t.float({
      description: 'The probability that a random guess in this format hits a card.',
      resolve: densityOf,
    }),
  }),
});

const GuessAllowance = builder.objectRef<BudgetState>('GuessAllowance').implement({
  description: 'The system-wide budget of wrong PINs in the current window.',
  fields: (t) => ({
    allowed: t.exposeInt('allowed', {
      description: 'The number of comparisons that may fail in the window.',
    }),
    share: t.exposeInt('share', {
      description:
        'The part of the budget that one credential, or one partner with those below it, can use; the rest is reserved for others. Keys rotated from each other count as one.',
    }),
    used: t.exposeInt('used', { description: 'The number of comparisons that have failed in the window.' }),
    reserved: t.exposeInt('reserved', {
      description:
        'Additional comparisons that instances have reserved. `used` plus `reserved` never exceeds `allowed`.',
    }),
    since: t.expose('since', { type: 'DateTime', description: 'When the window started.' }),
    until: t.expose('until', {
      type: 'DateTime',
      description: 'When the window ends and a new budget starts.',
    }),
    trippedAt: t.expose('trippedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the budget was used up; no more comparisons of this kind are made in the window after that. Null if it is not used up.',
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
    'The number of wrong PINs that the whole system accepts before it stops comparing. It is set so that the expected number of cards found by guessing is less than a hundredth, whatever the batch sizes.',
  fields: (t) => ({
    formats: t.field({
      type: [PinFormatInUse],
      description: 'The PIN formats in use.',
      resolve: ({ formats }) => formats,
    }),
    pin: t.field({
      type: GuessAllowance,
      description:
        'For PINs alone, each compared with all cards. When it is used up, only numbers from which the PIN was entered correctly before are compared, with their own cards.',
      resolve: ({ pin }) => pin,
    }),
    voucher: t.field({
      type: GuessAllowance,
      description: 'For PINs entered for `redeemVoucher`, each compared with all vouchers.',
      resolve: ({ voucher }) => voucher,
    }),
    serialAndPin: t.field({
      type: GuessAllowance,
      description: 'For PINs compared with a single card, identified by its serial or by a known number.',
      resolve: ({ serialAndPin }) => serialAndPin,
    }),
  }),
});

builder.queryField('guessBudget', (t) =>
  t.field({
    type: GuessBudget,
    description: 'The current state of the protection against PIN guessing.',
    resolve: (_root, _args, { database, defense }) => readGuessBudgets(database.sql, defense.limits),
  }),
);
