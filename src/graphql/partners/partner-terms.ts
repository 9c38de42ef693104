import type { Partner as PartnerRow } from '../../domain/partners/partner.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import { parseMicros } from '../../domain/values/money.ts';
import { type PartnerTerms, updatePartner } from '../../store/partners/partner-changes.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { Partner } from './partners.ts';

/** The maximum number of batches or rate groups in one partner's allow-list. */
const MOST_ALLOWED = 1_000;

const UpdatePartnerInput = builder.inputType('UpdatePartnerInput', {
  description: 'Changes to a partner. Omitted fields stay unchanged; null removes a limit.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The partner.' }),
    name: t.string({ description: 'The name, unique below one parent, up to 200 characters.' }),
    creditLimit: t.field({
      type: 'Decimal',
      description:
        'The credit limit: how far below zero the wallet may go, in units of its currency. Null if it may not.',
    }),
    discountPercent: t.field({
      type: 'Decimal',
      description:
        "The discount: the share of each of the partner's recharges that the operator pays, in percent with at most two decimals. A recharge of 10.00 at 5 percent puts 10.00 on the card and takes 9.50 from the wallet; the discount is rounded down to the micro-unit.",
    }),
    dailyLimit: t.field({
      type: 'Decimal',
      description:
        "The daily limit (UTC) for the sum of the partner's recharges and its top-ups of partners below it, in units of its currency.",
    }),
    dailyCardLimit: t.field({
      type: 'Decimal',
      description: "The daily limit (UTC) for the partner's recharges of each card.",
    }),
    allowedBatchIds: t.idList({
      description: 'The batches whose cards the partner may recharge, at most 1,000.',
    }),
    allowedRateGroupIds: t.idList({
      description: "The rate groups that the partner's batches may have, at most 1,000.",
    }),
  }),
});

const UpdatePartnerPayload = builder.objectRef<PartnerRow>('UpdatePartnerPayload').implement({
  description: 'The partner in its current state.',
  fields: (t) => ({
    partner: t.field({ type: Partner, description: 'The partner.', resolve: (row) => row }),
  }),
});

builder.mutationField('updatePartner', (t) =>
  t.field({
    type: UpdatePartnerPayload,
    description: 'Renames a partner, or sets its limits and terms.',
    errors: {
      types: [input.NotFound, input.NameTaken, input.InvalidAmount, input.InvalidInput, partners.CreditInUse],
      union: { description: 'The partner, or the reason why nothing changed.' },
    },
    args: { input: t.arg({ type: UpdatePartnerInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input: { id, ...changes } }, { database, viewer }) =>
      updatePartner(database.sql, fromGlobalId('Partner', id), readTerms(changes), viewer.actorId),
  }),
);

type Changes = Omit<typeof UpdatePartnerInput.$inferInput, 'id'>;

/** @throws InvalidAmount, InvalidInput, NotFound */
function readTerms(changes: Changes): PartnerTerms {
  const { name, creditLimit, discountPercent, dailyLimit, dailyCardLimit } = changes;
  const { allowedBatchIds, allowedRateGroupIds } = changes;
  return {
    ...(typeof name === 'string' && { name }),
    ...(creditLimit !== undefined && { creditLimit: amount('creditLimit', creditLimit ?? '0') }),
    ...(discountPercent !== undefined && { discountBasisPoints: basisPoints(discountPercent ?? '0') }),
    ...(dailyLimit !== undefined && { dailyLimit: dailyLimit && amount('dailyLimit', dailyLimit) }),
    ...(dailyCardLimit !== undefined && {
      dailyCardLimit: dailyCardLimit && amount('dailyCardLimit', dailyCardLimit),
    }),
    ...(allowedBatchIds !== undefined && { allowedBatchIds: ids('CardBatch', allowedBatchIds) }),
    ...(allowedRateGroupIds !== undefined && { allowedRateGroupIds: ids('RateGroup', allowedRateGroupIds) }),
  } as PartnerTerms;
}

function amount(field: string, text: string): bigint {
  const micros = parseMicros(text);
  if (micros < 0n) throw new input.InvalidInput({ field, problem: 'is below zero.' });
  return micros;
}

function basisPoints(text: string): number {
  if (!/^(100(\.00?)?|\d{1,2}(\.\d{1,2})?)$/.test(text)) {
    throw new input.InvalidInput({
      field: 'discountPercent',
      problem: 'is 0 to 100 with at most two decimals.',
    });
  }
  return Math.round(Number(text) * 100);
}

function ids(type: 'CardBatch' | 'RateGroup', globalIds: readonly string[] | null): string[] | null {
  if (globalIds === null) return null;
  if (globalIds.length > MOST_ALLOWED) {
    throw new input.InvalidInput({ field: `allowed${type}s`, problem: `names at most ${MOST_ALLOWED}.` });
  }
  return globalIds.map((id) => fromGlobalId(type, id));
}
