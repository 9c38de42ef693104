import { CardTypeEnum } from '../cards/card-type.ts';
import { CardConnection } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { moneyField, nullableMoneyField } from '../core/money.ts';
import { MaintenanceFee } from '../money/fees.ts';
import { ReplacementPolicy } from './replacement-policy.ts';

export const BatchStateEnum = builder.enumType('CardBatchState', {
  description: 'How far a batch is.',
  values: {
    PENDING: { description: 'Accepted; no card is made yet.' },
    GENERATING: { description: 'Its cards are being made.' },
    READY: { description: 'All its cards are made.' },
    CANCELLED: { description: 'Cancelled while it ran. The cards made until then stay.' },
    FAILED: { description: 'Its cards could not be made; `failure` says why.' },
  } as const,
});

interface PlanTerms {
  readonly maxCallSeconds: number | null;
  readonly fairUseDaySeconds: number | null;
  readonly fairUseMonthSeconds: number | null;
}

const Plan = builder.objectRef<PlanTerms>('Plan').implement({
  description:
    'What an UNLIMITED card includes: calls to the destinations of its rate group, within these limits.',
  fields: (t) => ({
    maxCallSeconds: t.exposeInt('maxCallSeconds', {
      nullable: true,
      description: 'Seconds one call may last. Null: the rate group says.',
    }),
    fairUseDaySeconds: t.exposeInt('fairUseDaySeconds', {
      nullable: true,
      description: 'Seconds of all calls of a day. Null: no limit.',
    }),
    fairUseMonthSeconds: t.exposeInt('fairUseMonthSeconds', {
      nullable: true,
      description: 'Seconds of all calls of a month. Null: no limit.',
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
  description: 'How cards may be recharged.',
  fields: (t) => ({
    min: t.field(nullableMoneyField('rechargeMin', 'The least one recharge may be. Null: no limit.')),
    max: t.field(nullableMoneyField('rechargeMax', 'The most one recharge may be. Null: no limit.')),
    extendsValidityDays: t.exposeInt('rechargeExtendsDays', {
      nullable: true,
      description: 'Days a recharge adds to the validity, from the later of now and its end. Null: none.',
    }),
  }),
});

export const CardBatch = builder.drizzleNode('cardBatches', {
  name: 'CardBatch',
  description: 'Cards that were made together and live by the same terms.',
  id: { column: (batch) => batch.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    type: t.expose('type', { type: CardTypeEnum, description: 'How its cards are spent and refilled.' }),
    state: t.expose('state', { type: BatchStateEnum, description: 'How far it is.' }),
    quantity: t.exposeInt('quantity', { description: 'How many cards it is to have.' }),
    imported: t.exposeBoolean('isImported', {
      description: 'Whether its cards come from another system, with serials of their own.',
    }),
    made: t.exposeInt('made', { description: 'How many are made.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why it failed.' }),
    faceValue: t.field(moneyField('faceValue', 'What each card gets at its first activation.')),
    validityDays: t.exposeInt('validityDays', {
      nullable: true,
      description: 'Days of 24 hours from the first use to the end of validity. Null: no end.',
    }),
    graceDays: t.exposeInt('graceDays', {
      description: 'Days of 24 hours after the validity during which the balance is kept.',
    }),
    firstUseBy: t.expose('firstUseBy', {
      type: 'DateTime',
      nullable: true,
      description: 'The last date of first use, of vouchers of use. Null: none.',
    }),
    maxConcurrentCalls: t.exposeInt('maxConcurrentCalls', { description: 'Calls of one card at once.' }),
    callSurcharge: t.field(moneyField('callSurcharge', 'Charged for each answered call on top of its rate.')),
    plan: t.field({
      type: Plan,
      nullable: true,
      description: 'What an UNLIMITED card includes. Null for other types.',
      resolve: (batch) => (batch.type === 'UNLIMITED' ? batch : null),
    }),
    lowBalanceThreshold: t.field(
      nullableMoneyField(
        'lowBalanceThreshold',
        'Whoever watches lowBalance is told of a card that falls below it. Null: of none.',
      ),
    ),
    maxBoundNumbers: t.exposeInt('maxBoundNumbers', { description: 'Numbers that may stand for one card.' }),
    language: t.exposeString('language', { description: 'The language of the prompts (BCP 47).' }),
    recharge: t.field({
      type: RechargeRules,
      description: 'How its cards may be recharged.',
      resolve: (batch) => batch,
    }),
    firstUseFee: t.field(
      nullableMoneyField(
        'firstUseFee',
        'What a card pays at its first use, or all it has when that is less. Null: nothing.',
      ),
    ),
    maintenanceFee: t.field({
      type: MaintenanceFee,
      nullable: true,
      description: 'What a card pays in each period after its first use. Null: nothing.',
      resolve: ({ maintenanceFee, maintenanceEveryDays: everyDays, currency }) =>
        maintenanceFee === null || everyDays === null
          ? null
          : { amount: { micros: maintenanceFee, currency }, everyDays },
    }),
    replacement: t.field({
      type: ReplacementPolicy,
      description: 'Whether its cards are replaced when they are lost, and for what.',
      resolve: ({ replacementAllowed: allowed, replacementFee, currency }) => ({
        allowed,
        fee: replacementFee === null ? null : { micros: replacementFee, currency },
      }),
    }),
    serialPrefix: t.exposeString('serialPrefix', { description: 'What its serials begin with.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was ordered.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its first card was made.',
    }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    rateGroup: t.relation('rateGroup', { description: 'The price list its cards call by.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner who sells it.',
    }),
    cards: t.relatedConnection(
      'cards',
      {
        description: 'Its cards, in the order of their serials.',
        query: { orderBy: { id: 'asc' } },
      },
      CardConnection,
    ),
  }),
});

export const CardBatchConnection = connectionOf(CardBatch, 'batches');
