import { available } from '../../domain/cards/card.ts';
import { type CardState, cardState, isLocked } from '../../domain/cards/card-state.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { moneyField, nullableMoneyField } from '../core/money.ts';

export const CardStateEnum = builder.enumType('CardState', {
  description: 'The current state of a card, derived from its stored status, its lock and the time.',
  values: {
    INACTIVE: { description: 'In stock, not activated: no balance.' },
    ACTIVE: { description: 'In service.' },
    LOCKED: {
      description:
        'Its caller is rejected; it can receive money but not spend it. Ends by unlockCard or automatically.',
    },
    IN_GRACE: {
      description: 'The validity has ended: no calls, but the balance is kept until the grace period ends.',
    },
    EXPIRED: {
      description:
        'The validity and grace period have ended; the card is about to be closed. No operation is permitted.',
    },
    DEACTIVATED: {
      description: 'Taken out of service. The only permitted operation is to activate it again.',
    },
    CLOSED: { description: 'Final: the balance was forfeited or, for a voucher, redeemed.' },
  } satisfies Record<CardState, { description: string }>,
});

export const LockReasonEnum = builder.enumType('LockReason', {
  description: 'Why a card is locked.',
  values: {
    OPERATOR: { description: 'By an operator, for another reason.' },
    SUSPECTED_FRAUD: { description: 'By the fraud desk.' },
    REPORTED_LOST: { description: 'Reported lost by its holder.' },
    FAILED_ATTEMPTS: {
      description:
        'Too many wrong PINs with its serial. Set only by the system. It blocks callers who enter the PIN, but not those identified otherwise: by a bound number, by a token, or by a number from which the PIN was entered correctly before.',
    },
  } as const,
});

export const Card = builder.drizzleNode('cards', {
  name: 'Card',
  description: 'A prepaid card. Its PIN is not available as a field.',
  id: { column: (card) => card.id, description: 'The global id.' },
  // Never select the PIN's columns, whatever the query.
  select: {
    columns: {
      id: true,
      batchId: true,
      partnerId: true,
      rechargedOn: true,
      rechargedToday: true,
      serial: true,
      batchIndex: true,
      faceValue: true,
      ownValidityDays: true,
      ownGraceDays: true,
      ownMaxBoundNumbers: true,
      ownMaxConcurrentCalls: true,
      currency: true,
      status: true,
      balance: true,
      held: true,
      version: true,
      callsInProgress: true,
      usageDay: true,
      usageDaySeconds: true,
      usageMonthSeconds: true,
      activatedAt: true,
      firstUsedAt: true,
      validUntil: true,
      graceUntil: true,
      lockedAt: true,
      lockReason: true,
      unlockAt: true,
      lockedById: true,
      nextFeeAt: true,
      dueAt: true,
      closedAt: true,
      replacedById: true,
      replacesId: true,
      createdAt: true,
    },
  },
  // Resolved instead of exposed: an exposed column is read again when the row did not come from a planned query, and a
  // row that a mutation has just written needs no second read.
  fields: (t) => ({
    serial: t.string({
      description: 'The public number printed on the card.',
      resolve: ({ serial }) => serial,
    }),
    state: t.field({
      type: CardStateEnum,
      description: 'The current state.',
      resolve: (card) => cardState(card, new Date()),
    }),
    balance: t.field(moneyField('balance', 'The balance, including amounts held for calls.')),
    faceValue: t.field(
      nullableMoneyField(
        'faceValue',
        "For an imported card, the amount that it receives at its first activation instead of its batch's face value. Null if the batch's face value applies.",
      ),
    ),
    ownValidityDays: t.int({
      nullable: true,
      description:
        "For a card that was sold under other terms than its batch's: the days of validity from the first use. 0 if the first use begins none, because the card has an end of its own or none. Null if the batch's apply.",
      resolve: ({ ownValidityDays }) => ownValidityDays,
    }),
    ownGraceDays: t.int({
      nullable: true,
      description: "The card's own days of grace. Null if the batch's apply.",
      resolve: ({ ownGraceDays }) => ownGraceDays,
    }),
    ownMaxBoundNumbers: t.int({
      nullable: true,
      description: "The card's own maximum of bound numbers. Null if the batch's applies.",
      resolve: ({ ownMaxBoundNumbers }) => ownMaxBoundNumbers,
    }),
    ownMaxConcurrentCalls: t.int({
      nullable: true,
      description: "The card's own maximum of concurrent calls. Null if the batch's applies.",
      resolve: ({ ownMaxConcurrentCalls }) => ownMaxConcurrentCalls,
    }),
    held: t.field(moneyField('held', 'The amount held for calls in progress.')),
    available: t.field(moneyField(available, 'The balance minus the held amount.')),
    callsInProgress: t.int({
      description: 'The number of authorized calls that have not ended.',
      resolve: ({ callsInProgress }) => callsInProgress,
    }),
    version: t.int({
      description: 'Increases by one with every change of the card.',
      resolve: ({ version }) => version,
    }),
    activatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the card was first activated and received its face value.',
      resolve: ({ activatedAt }) => activatedAt,
    }),
    firstUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a switch first authenticated the card, which started its validity.',
      resolve: ({ firstUsedAt }) => firstUsedAt,
    }),
    closedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the card was closed: at the end of its grace period, when redeemed, or after the only call of a DISPOSABLE card.',
      resolve: ({ closedAt }) => closedAt,
    }),
    validUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'The end of the validity; before the first use, the last date of first use. Null if there is no end.',
      resolve: ({ validUntil }) => validUntil,
    }),
    graceUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the remaining balance is forfeited. Null if never.',
      resolve: ({ graceUntil }) => graceUntil,
    }),
    nextFeeAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the current maintenance fee period ends; the fee is charged then only if the card is ACTIVE. Null before the first use and if the batch has no maintenance fee.',
      resolve: ({ nextFeeAt }) => nextFeeAt,
    }),
    lock: t.field({
      type: CardLock,
      nullable: true,
      description: 'The current lock.',
      resolve: ({ lockedAt, lockReason, unlockAt }) =>
        lockedAt && lockReason && isLocked({ lockedAt, unlockAt }, new Date())
          ? { lockedAt, reason: lockReason, unlockAt }
          : null,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the card was created.',
      resolve: ({ createdAt }) => createdAt,
    }),
    replacedBy: t.relation('replacedBy', {
      nullable: true,
      description: 'The card that replaced this one after it was lost.',
    }),
    replaces: t.relation('replaces', {
      nullable: true,
      description: 'The lost card that this one replaced.',
    }),
    batch: t.relation('batch', {
      description: "The batch, which defines the card's terms.",
    }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner that sells the cards.',
    }),
    numberBindings: t.relatedConnection(
      'numbers',
      {
        description: 'The telephone numbers bound to the card.',
        query: { orderBy: { number: 'asc' } },
      },
      NumberBindingConnection,
    ),
  }),
});

interface Lock {
  readonly lockedAt: Date;
  readonly reason: typeof LockReasonEnum.$inferType;
  readonly unlockAt: Date | null;
}

const CardLock = builder.objectRef<Lock>('CardLock').implement({
  description: 'A lock on a card.',
  fields: (t) => ({
    lockedAt: t.expose('lockedAt', { type: 'DateTime', description: 'When the card was locked.' }),
    reason: t.expose('reason', { type: LockReasonEnum, description: 'Why.' }),
    unlockAt: t.expose('unlockAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the lock ends automatically. Null if only unlockCard ends it.',
    }),
  }),
});

export const NumberBinding = builder.drizzleObject('numberBindings', {
  name: 'NumberBinding',
  description: 'A telephone number bound to a card. Callers from this number need no PIN.',
  fields: (t) => ({
    number: t.expose('number', { type: 'PhoneNumber', description: 'The number in E.164 form.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the number was bound.' }),
    card: t.relation('card', { description: 'The card that the number is bound to.' }),
  }),
});

export const NumberBindingConnection = connectionOf(NumberBinding, 'bound numbers');
export const CardConnection = connectionOf(Card, 'cards');
