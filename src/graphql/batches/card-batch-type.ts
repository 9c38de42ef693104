import { CardTypeEnum } from '../cards/card-type.ts';
import { CardConnection } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { moneyField, nullableMoneyField } from '../core/money.ts';
import { MaintenanceFee } from '../money/fees.ts';
import { ReplacementPolicy } from './replacement-policy.ts';

export const BatchStateEnum = builder.enumType('CardBatchState', {
  description: 'The state of a batch.',
  values: {
    PENDING: { description: 'Accepted; no card has been created yet.' },
    GENERATING: { description: 'The cards are being created.' },
    READY: { description: 'All cards have been created.' },
    CANCELLED: { description: 'Cancelled while running. The cards created before that remain.' },
    FAILED: { description: 'The cards could not be created; see `failure`.' },
  } as const,
});

interface PlanTerms {
  readonly maxCallSeconds: number | null;
  readonly fairUseDaySeconds: number | null;
  readonly fairUseMonthSeconds: number | null;
}

const Plan = builder.objectRef<PlanTerms>('Plan').implement({
  description:
    'The allowance of an UNLIMITED card: calls to the destinations of its rate group are free within these limits.',
  fields: (t) => ({
    maxCallSeconds: t.exposeInt('maxCallSeconds', {
      nullable: true,
      description: "The maximum duration of one call, in seconds. Null if the rate group's limit applies.",
    }),
    fairUseDaySeconds: t.exposeInt('fairUseDaySeconds', {
      nullable: true,
      description: 'Total seconds of calls per day. Null if unlimited.',
    }),
    fairUseMonthSeconds: t.exposeInt('fairUseMonthSeconds', {
      nullable: true,
      description: 'Total seconds of calls per month. Null if unlimited.',
    }),
  }),
});

interface RechargeTerms {
  readonly rechargeMin: bigint | null;
  readonly rechargeMax: bigint | null;
  readonly rechargeExtendsDays: number | null;
  readonly currency: string;
}

const RechargeRules = builder.objectRef<RechargeTerms>('RechargeRules').implement({
  description: 'How the cards of a batch can be recharged.',
  fields: (t) => ({
    min: t.field(
      nullableMoneyField('rechargeMin', 'The smallest amount of one recharge. Null if there is no limit.'),
    ),
    max: t.field(
      nullableMoneyField('rechargeMax', 'The largest amount of one recharge. Null if there is no limit.'),
    ),
    extendsValidityDays: t.exposeInt('rechargeExtendsDays', {
      nullable: true,
      description:
        'Days that a recharge adds to the validity, counted from now or from the current end, whichever is later. Null if recharges do not extend it.',
    }),
  }),
});

export const CardBatch = builder.drizzleNode('cardBatches', {
  name: 'CardBatch',
  description: 'Cards that were created together and share the same terms.',
  id: { column: (batch) => batch.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name.' }),
    type: t.expose('type', { type: CardTypeEnum, description: 'How the cards can be spent and recharged.' }),
    state: t.expose('state', { type: BatchStateEnum, description: 'The state.' }),
    quantity: t.exposeInt('quantity', { description: 'The number of cards ordered.' }),
    imported: t.exposeBoolean('isImported', {
      description: 'Whether the cards were imported from another system with their own serials.',
    }),
    made: t.exposeInt('made', { description: 'The number of cards created so far.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'The reason for the failure.' }),
    faceValue: t.field(
      moneyField('faceValue', 'The amount that each card receives at its first activation.'),
    ),
    validityDays: t.exposeInt('validityDays', {
      nullable: true,
      description: 'Validity from the first use, in days of 24 hours. Null if it never ends.',
    }),
    graceDays: t.exposeInt('graceDays', {
      description: 'Days of 24 hours for which the balance is kept after the validity ends.',
    }),
    firstUseBy: t.expose('firstUseBy', {
      type: 'DateTime',
      nullable: true,
      description: 'The last date of first use; for vouchers, of redemption. Null if there is none.',
    }),
    maxConcurrentCalls: t.exposeInt('maxConcurrentCalls', {
      description: 'The maximum number of concurrent calls per card.',
    }),
    callSurcharge: t.field(
      moneyField('callSurcharge', 'Charged for each answered call in addition to its rate.'),
    ),
    plan: t.field({
      type: Plan,
      nullable: true,
      description: 'The allowance of an UNLIMITED card. Null for other types.',
      resolve: (batch) => (batch.type === 'UNLIMITED' ? batch : null),
    }),
    lowBalanceThreshold: t.field(
      nullableMoneyField(
        'lowBalanceThreshold',
        'The balance below which lowBalance notifies for a card. Null if there is no notification.',
      ),
    ),
    maxBoundNumbers: t.exposeInt('maxBoundNumbers', {
      description: 'The maximum number of telephone numbers bound to one card.',
    }),
    language: t.exposeString('language', { description: 'The language of the prompts (BCP 47).' }),
    recharge: t.field({
      type: RechargeRules,
      description: 'How the cards can be recharged.',
      resolve: (batch) => batch,
    }),
    firstUseFee: t.field(
      nullableMoneyField(
        'firstUseFee',
        'The fee that a card pays at its first use, or its whole balance if that is less. Null if there is no fee.',
      ),
    ),
    maintenanceFee: t.field({
      type: MaintenanceFee,
      nullable: true,
      description: 'The fee that a card pays for each period after its first use. Null if there is no fee.',
      resolve: ({ maintenanceFee, maintenanceEveryDays: everyDays, currency }) =>
        maintenanceFee === null || everyDays === null
          ? null
          : { amount: { micros: maintenanceFee, currency }, everyDays },
    }),
    replacement: t.field({
      type: ReplacementPolicy,
      description: 'Whether and at what price lost cards can be replaced.',
      resolve: ({ replacementAllowed: allowed, replacementFee, currency }) => ({
        allowed,
        fee: replacementFee === null ? null : { micros: replacementFee, currency },
      }),
    }),
    serialPrefix: t.exposeString('serialPrefix', { description: 'The prefix of the serials.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was requested.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the first card was created.',
    }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    rateGroup: t.relation('rateGroup', { description: "The rate group that prices the cards' calls." }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner that sells the cards.',
    }),
    cards: t.relatedConnection(
      'cards',
      {
        description: 'The cards, by serial.',
        query: { orderBy: { id: 'asc' } },
      },
      CardConnection,
    ),
  }),
});

export const CardBatchConnection = connectionOf(CardBatch, 'batches');
