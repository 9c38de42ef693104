import type { InputShapeFromFields } from '@pothos/core';
import type { BatchOrder } from '../../domain/batches/card-batch.ts';
import { CardTypeEnum } from '../cards/card-type.ts';
import { type ApiTypes, builder } from '../core/builder.ts';
import { fromGlobalId, optionalGlobalId } from '../core/global-id.ts';
import { MoneyInput, readMoney } from '../core/money.ts';
import { MaintenanceFeeInput, readFee } from '../money/fees.ts';
import { ReplacementPolicyInput } from './replacement-policy.ts';

const RechargeRulesInput = builder.inputType('RechargeRulesInput', {
  description: 'How cards may be recharged.',
  fields: (t) => ({
    min: t.field({ type: 'Decimal', description: "The least one recharge may be, in the batch's currency." }),
    max: t.field({ type: 'Decimal', description: "The most one recharge may be, in the batch's currency." }),
    extendsValidityDays: t.int({
      description: 'Days a recharge adds to the validity, from the later of now and its end.',
    }),
  }),
});

const PlanInput = builder.inputType('PlanInput', {
  description:
    'What the cards of an UNLIMITED batch include: calls to the destinations of their rate group cost nothing, within these limits.',
  fields: (t) => ({
    maxCallSeconds: t.int({ description: 'Seconds one call may last. Left out: the rate group says.' }),
    fairUseDaySeconds: t.int({ description: 'Seconds of all calls of a day. Left out: no limit.' }),
    fairUseMonthSeconds: t.int({ description: 'Seconds of all calls of a month. Left out: no limit.' }),
    overflowRateGroupId: t.id({
      description:
        'The rate group by which calls beyond fair use, or to other destinations, are paid from the balance. Left out: they are refused.',
    }),
  }),
});

type InputFields = PothosSchemaTypes.InputFieldBuilder<ApiTypes, 'InputObject'>;

/** The terms that a batch is ordered with, however its cards come about. */
export const termFields = (t: InputFields) => ({
  name: t.string({ required: true, description: 'Its name, up to 200 characters.' }),
  type: t.field({
    type: CardTypeEnum,
    required: true,
    description: 'How its cards are spent and refilled.',
  }),
  faceValue: t.field({
    type: MoneyInput,
    required: true,
    description: 'What each card gets at its first activation.',
  }),
  rateGroupId: t.id({
    required: true,
    description: 'The price list its cards call by, in the same currency.',
  }),
  partnerId: t.id({ description: 'The partner who sells it.' }),
  validityDays: t.int({ description: 'Days of 24 hours from the first use. Left out: no end.' }),
  graceDays: t.int({
    defaultValue: 0,
    required: true,
    description: 'Days the balance is kept after the validity.',
  }),
  firstUseBy: t.field({
    type: 'DateTime',
    description: 'The last date of first use, of vouchers of use. Left out: none.',
  }),
  maxConcurrentCalls: t.int({ defaultValue: 1, required: true, description: 'Calls of one card at once.' }),
  callSurcharge: t.field({
    type: 'Decimal',
    description:
      "Charged for each answered call on top of its rate, in the batch's currency. Left out: nothing.",
  }),
  plan: t.field({ type: PlanInput, description: 'Of an UNLIMITED batch.' }),
  maxBoundNumbers: t.int({
    defaultValue: 5,
    required: true,
    description: 'Numbers that may stand for one card.',
  }),
  language: t.string({
    defaultValue: 'en',
    required: true,
    description: 'The language of the prompts (BCP 47).',
  }),
  recharge: t.field({ type: RechargeRulesInput, description: 'How its cards may be recharged.' }),
  firstUseFee: t.field({
    type: MoneyInput,
    description: 'What a card shall pay at its first use: more than zero. Left out: nothing.',
  }),
  maintenanceFee: t.field({
    type: MaintenanceFeeInput,
    description: 'What a card shall pay in each period after its first use. Left out: nothing.',
  }),
  replacement: t.field({
    type: ReplacementPolicyInput,
    description: 'Whether its cards shall be replaced when they are lost. Left out: yes, without a fee.',
  }),
  lowBalanceThreshold: t.field({
    type: 'Decimal',
    description:
      "Whoever watches lowBalance is told of a card that falls below it, in the batch's currency. Left out: of none.",
  }),
});

/** What termFields gives. */
type GivenTerms = InputShapeFromFields<ReturnType<typeof termFields>>;

export type ReadTerms = Omit<BatchOrder, 'quantity' | 'pinFormat' | 'serialPrefix'>;

/** @throws InvalidAmount, NotFound for a malformed id */
export function readTerms(given: GivenTerms): ReadTerms {
  const { faceValue, recharge, maintenanceFee, replacement, plan } = given;
  const { micros, currency } = readMoney(faceValue);
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
    rechargeMin: limit(recharge?.min),
    rechargeMax: limit(recharge?.max),
    rechargeExtendsDays: recharge?.extendsValidityDays ?? null,
    firstUseFee: readFee(given.firstUseFee, currency),
    maintenanceFee: readFee(maintenanceFee?.amount, currency),
    maintenanceEveryDays: maintenanceFee?.everyDays ?? null,
    replacementAllowed: replacement?.allowed ?? true,
    replacementFee: readFee(replacement?.fee, currency),
    lowBalanceThreshold: limit(given.lowBalanceThreshold),
  };
}
