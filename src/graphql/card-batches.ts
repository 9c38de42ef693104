import { DEFAULT_PIN_FORMAT } from '../domain/pin-format.ts';
import * as batches from '../domain/rejections/batches.ts';
import * as input from '../domain/rejections/input.ts';
import * as partners from '../domain/rejections/partners.ts';
import * as recharges from '../domain/rejections/recharges.ts';
import { cancelCardBatch, createCardBatch } from '../store/card-batches.ts';
import { builder } from './builder.ts';
import { CardBatch, CardBatchConnection } from './card-batch-type.ts';
import { CardTypeEnum } from './card-type.ts';
import { MaintenanceFeeInput, readFee } from './fees.ts';
import { fromGlobalId, optionalGlobalId } from './global-id.ts';
import { MoneyInput, readMoney } from './money.ts';
import { ReplacementPolicyInput } from './replacement-policy.ts';
import { ownRows } from './visibility.ts';

builder.queryField('cardBatches', (t) =>
  t.drizzleConnection(
    {
      type: 'cardBatches',
      description: 'Batches of cards, newest first. A partner sees its own.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.cardBatches.findMany(
          query({ where: ownRows(viewer), orderBy: { id: 'desc' } }),
        ),
    },
    CardBatchConnection,
  ),
);

const PinFormatInput = builder.inputType('PinFormatInput', {
  description:
    'How PINs look: prefix, random characters, check digit, suffix. A format is refused when one random guess would hit a live card with a chance of a millionth or more.',
  fields: (t) => ({
    length: t.int({
      defaultValue: DEFAULT_PIN_FORMAT.length,
      required: true,
      description: 'Characters in all, 6 to 32.',
    }),
    alphabet: t.string({
      defaultValue: DEFAULT_PIN_FORMAT.alphabet,
      required: true,
      description: 'The characters drawn from: 2 to 36 different ones of 0-9 and A-Z.',
    }),
    prefix: t.string({ defaultValue: '', required: true, description: 'What every PIN begins with.' }),
    suffix: t.string({ defaultValue: '', required: true, description: 'What every PIN ends with.' }),
    checkDigit: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether a Luhn check character follows the random ones, against typing errors.',
    }),
  }),
});

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
    maxCallMinutes: t.int({ description: 'Minutes one call may last. Left out: the rate group says.' }),
    dayMinutes: t.int({ description: 'Minutes of all calls of a day. Left out: no limit.' }),
    monthMinutes: t.int({ description: 'Minutes of all calls of a month. Left out: no limit.' }),
    overflowRateGroupId: t.id({
      description:
        'The rate group by which calls beyond fair use, or to other destinations, are paid from the balance. Left out: they are refused.',
    }),
  }),
});

const CreateCardBatchInput = builder.inputType('CreateCardBatchInput', {
  description:
    'A batch to be made. Its terms never change afterwards, but for `lowBalanceThreshold`: see updateCardBatch.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, up to 200 characters.' }),
    type: t.field({
      type: CardTypeEnum,
      required: true,
      description: 'How its cards are spent and refilled.',
    }),
    quantity: t.int({ required: true, description: 'How many cards, 1 to 10,000,000.' }),
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
    pinFormat: t.field({ type: PinFormatInput, description: 'How its PINs look. Left out: 14 digits.' }),
    serialPrefix: t.string({
      defaultValue: '',
      required: true,
      description: 'What its serials begin with, up to 8 of A-Z, 0-9 and "-"; ten digits follow.',
    }),
  }),
});

export function batchPayload(name: string, description: string) {
  return builder.objectRef<{ id: string }>(name).implement({
    description,
    fields: (t) => ({
      cardBatch: t.drizzleField({
        type: CardBatch,
        description: 'The batch.',
        resolve: (query, { id }, _args, { database }) =>
          database.drizzle.query.cardBatches.findFirst(query({ where: { id } })) as never,
      }),
    }),
  });
}

const CreateCardBatchPayload = batchPayload('CreateCardBatchPayload', 'The batch, its cards being made.');
const CancelCardBatchPayload = batchPayload('CancelCardBatchPayload', 'The batch, cancelled.');

builder.mutationField('createCardBatch', (t) =>
  t.field({
    type: CreateCardBatchPayload,
    description:
      'Orders a batch. Answers at once; the cards are made in the background, inactive. Watch cardBatchProgress, or read `made`.',
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        recharges.CurrencyMismatch,
        batches.PinFormatTooDense,
        partners.RateGroupNotAllowed,
      ],
      union: { name: 'CreateCardBatchResult', description: 'The batch, or why there is none.' },
    },
    args: { input: t.arg({ type: CreateCardBatchInput, required: true, description: 'The batch to make.' }) },
    resolve: async (_root, { input: order }, { database, viewer, batchOrdered }) => {
      const {
        faceValue,
        recharge,
        maintenanceFee,
        replacement,
        rateGroupId,
        partnerId,
        pinFormat,
        callSurcharge,
        lowBalanceThreshold,
        plan,
        ...terms
      } = order;
      const { micros, currency } = readMoney(faceValue);
      const limit = (amount: string | null | undefined) =>
        typeof amount === 'string' ? readMoney({ amount, currency }).micros : null;
      const seconds = (minutes: number | null | undefined) =>
        typeof minutes === 'number' ? minutes * 60 : null;
      const id = await createCardBatch(
        database.sql,
        {
          ...terms,
          currency,
          faceValue: micros,
          rateGroupId: fromGlobalId('RateGroup', rateGroupId),
          partnerId: optionalGlobalId('Partner', partnerId),
          validityDays: terms.validityDays ?? null,
          firstUseBy: terms.firstUseBy ?? null,
          callSurcharge: limit(callSurcharge) ?? 0n,
          maxCallSeconds: seconds(plan?.maxCallMinutes),
          fairUseDaySeconds: seconds(plan?.dayMinutes),
          fairUseMonthSeconds: seconds(plan?.monthMinutes),
          overflowRateGroupId: optionalGlobalId('RateGroup', plan?.overflowRateGroupId),
          rechargeMin: limit(recharge?.min),
          rechargeMax: limit(recharge?.max),
          rechargeExtendsDays: recharge?.extendsValidityDays ?? null,
          firstUseFee: readFee(terms.firstUseFee, currency),
          maintenanceFee: readFee(maintenanceFee?.amount, currency),
          maintenanceEveryDays: maintenanceFee?.everyDays ?? null,
          replacementAllowed: replacement?.allowed ?? true,
          replacementFee: readFee(replacement?.fee, currency),
          lowBalanceThreshold: limit(lowBalanceThreshold),
          pinFormat: pinFormat ?? DEFAULT_PIN_FORMAT,
        },
        viewer.actorId,
      );
      batchOrdered();
      return { id };
    },
  }),
);

builder.mutationField('cancelCardBatch', (t) =>
  t.field({
    type: CancelCardBatchPayload,
    description: 'Stops a batch while its cards are being made. Those made until then stay.',
    errors: {
      types: [input.NotFound, batches.BatchAlreadyFinished],
      union: { name: 'CancelCardBatchResult', description: 'The batch, or why it was not cancelled.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The batch.' }) },
    resolve: async (_root, { id: globalId }, { database, viewer }) => {
      const id = fromGlobalId('CardBatch', globalId);
      await cancelCardBatch(database.sql, id, viewer.actorId);
      return { id };
    },
  }),
);
