import type { InputShapeFromFields } from '@pothos/core';
import { type BatchOrder, DEFAULT_MAX_BOUND_NUMBERS } from '../../domain/batches/batch-order.ts';
import { CardTypeEnum } from '../cards/card-type.ts';
import { type ApiTypes, builder } from '../core/builder.ts';
import { fromGlobalId, optionalGlobalId } from '../core/global-id.ts';
import { MoneyInput, readMoney, readPayment } from '../core/money.ts';
import { MaintenanceFeeInput, readFee } from '../money/fees.ts';
import { ReplacementPolicyInput } from './replacement-policy.ts';

const RechargeRulesInput = builder.inputType('RechargeRulesInput', {
  description: 'How the cards of a batch can be recharged.',
  fields: (t) => ({
    min: t.field({
      type: 'Decimal',
      description: "The smallest amount of one recharge, in the batch's currency.",
    }),
    max: t.field({
      type: 'Decimal',
      description: "The largest amount of one recharge, in the batch's currency.",
    }),
    extendsValidityDays: t.int({
      description:
        'Days that a recharge adds to the validity, counted from now or from the current end, whichever is later.',
    }),
  }),
});

const PlanInput = builder.inputType('PlanInput', {
  description:
    'The allowance of an UNLIMITED batch: calls to the destinations of its rate group are free within these limits.',
  fields: (t) => ({
    maxCallSeconds: t.int({
      description:
        "The maximum duration of one call, in seconds. If omitted, the rate group's limit applies.",
    }),
    fairUseDaySeconds: t.int({ description: 'Total seconds of calls per day. If omitted, no limit.' }),
    fairUseMonthSeconds: t.int({ description: 'Total seconds of calls per month. If omitted, no limit.' }),
    overflowRateGroupId: t.id({
      description:
        'The rate group that prices calls beyond fair use or to other destinations, charged to the balance. If omitted, such calls are refused.',
    }),
  }),
});

type InputFields = PothosSchemaTypes.InputFieldBuilder<ApiTypes, 'InputObject'>;

/** The terms of a new batch, whether its cards are created or imported. */
export const termFields = (t: InputFields) => ({
  name: t.string({ required: true, description: 'The name, up to 200 characters.' }),
  type: t.field({
    type: CardTypeEnum,
    required: true,
    description: 'How the cards can be spent and recharged.',
  }),
  faceValue: t.field({
    type: MoneyInput,
    required: true,
    description: 'The amount that each card receives at its first activation.',
  }),
  rateGroupId: t.id({
    required: true,
    description: "The rate group that prices the cards' calls. It must have the same currency.",
  }),
  partnerId: t.id({ description: 'The partner that sells the cards.' }),
  validityDays: t.int({
    description: 'Validity from the first use, in days of 24 hours. If omitted, the validity never ends.',
  }),
  graceDays: t.int({
    defaultValue: 0,
    required: true,
    description: 'Days for which the balance is kept after the validity ends.',
  }),
  firstUseBy: t.field({
    type: 'DateTime',
    description: 'The last date of first use; for vouchers, of redemption. If omitted, there is none.',
  }),
  maxConcurrentCalls: t.int({
    defaultValue: 1,
    required: true,
    description: 'The maximum number of concurrent calls per card.',
  }),
  callSurcharge: t.field({
    type: 'Decimal',
    description:
      "Charged for each answered call in addition to its rate, in the batch's currency. If omitted, nothing.",
  }),
  plan: t.field({ type: PlanInput, description: 'The allowance of an UNLIMITED batch.' }),
  maxBoundNumbers: t.int({
    defaultValue: DEFAULT_MAX_BOUND_NUMBERS,
    required: true,
    description: 'The maximum number of telephone numbers bound to one card.',
  }),
  language: t.string({
    defaultValue: 'en',
    required: true,
    description: 'The language of the prompts (BCP 47).',
  }),
  recharge: t.field({ type: RechargeRulesInput, description: 'How the cards can be recharged.' }),
  firstUseFee: t.field({
    type: MoneyInput,
    description:
      'The fee that a card pays at its first use, which must be greater than zero. If omitted, no fee.',
  }),
  maintenanceFee: t.field({
    type: MaintenanceFeeInput,
    description: 'The fee that a card pays for each period after its first use. If omitted, no fee.',
  }),
  replacement: t.field({
    type: ReplacementPolicyInput,
    description:
      'Whether and at what price lost cards can be replaced. If omitted, they can, free of charge.',
  }),
  lowBalanceThreshold: t.field({
    type: 'Decimal',
    description:
      "The balance, in the batch's currency, below which lowBalance notifies for a card. If omitted, no notification.",
  }),
});

/** The input that termFields defines. */
type GivenTerms = InputShapeFromFields<ReturnType<typeof termFields>>;

type ReadTerms = Omit<BatchOrder, 'quantity' | 'pinFormat' | 'serialPrefix'>;

/** @throws InvalidAmount, NotFound for a malformed id */
export function readTerms(given: GivenTerms): ReadTerms {
  const { faceValue, recharge, maintenanceFee, replacement, plan } = given;
  const { micros, currency } = readPayment(faceValue);
  const payable = (amount: string | null | undefined) =>
    typeof amount === 'string' ? readPayment({ amount, currency }).micros : null;
  const limit = (amount: string | null | undefined) =>
    typeof amount === 'string' ? readMoney({ amount, currency }).micros : null;
  return {
    name: given.name,
    type: given.type,
    currency,
    faceValue: micros,
    rateGroupId: fromGlobalId('RateGroup', given.rateGroupId),
    partnerId: optionalGlobalId('Partner', given.partnerId),
    validityDays: given.validityDays ?? null,
    graceDays: given.graceDays,
    firstUseBy: given.firstUseBy ?? null,
    maxConcurrentCalls: given.maxConcurrentCalls,
    maxBoundNumbers: given.maxBoundNumbers,
    language: given.language,
    callSurcharge: limit(given.callSurcharge) ?? 0n,
    maxCallSeconds: plan?.maxCallSeconds ?? null,
    fairUseDaySeconds: plan?.fairUseDaySeconds ?? null,
    fairUseMonthSeconds: plan?.fairUseMonthSeconds ?? null,
    overflowRateGroupId: optionalGlobalId('RateGroup', plan?.overflowRateGroupId),
    rechargeMin: payable(recharge?.min),
    rechargeMax: payable(recharge?.max),
    rechargeExtendsDays: recharge?.extendsValidityDays ?? null,
    firstUseFee: readFee(given.firstUseFee, currency),
    maintenanceFee: readFee(maintenanceFee?.amount, currency),
    maintenanceEveryDays: maintenanceFee?.everyDays ?? null,
    replacementAllowed: replacement?.allowed ?? true,
    replacementFee: readFee(replacement?.fee, currency),
    lowBalanceThreshold: limit(given.lowBalanceThreshold),
  };
}
