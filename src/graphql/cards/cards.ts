import { available } from '../../domain/cards/card.ts';
import { type CardState, cardState, isLocked } from '../../domain/cards/card-state.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { moneyField, nullableMoneyField } from '../core/money.ts';

export const CardStateEnum = builder.enumType('CardState', {
  description: 'What a card is at this instant: its stored status, its lock and the time taken together.',
  values: {
    INACTIVE: { description: 'Made and in stock, not activated: no money is on it.' },
    ACTIVE: { description: 'In service.' },
    LOCKED: {
      description: 'Refuses its caller; money may come in, none goes out. Ends by unlockCard or by itself.',
    },
    IN_GRACE: {
      description: 'Past its validity: no calls, the balance is kept until the grace period ends.',
    },
    EXPIRED: {
      description: 'Validity and grace are over; about to be closed. Nothing is permitted any more.',
    },
    DEACTIVATED: { description: 'Taken out of service. Nothing is permitted but activating it again.' },
    CLOSED: { description: 'Final: the balance was forfeited or, of a voucher, redeemed.' },
  } satisfies Record<CardState, { description: string }>,
});

export const LockReasonEnum = builder.enumType('LockReason', {
  description: 'Why a card is locked.',
  values: {
    OPERATOR: { description: 'By an operator, for a reason of his own.' },
    SUSPECTED_FRAUD: { description: 'By the fraud desk.' },
    REPORTED_LOST: { description: 'Its holder reported it lost.' },
    FAILED_ATTEMPTS: {
      description:
        'Too many wrong PINs with its serial. Set by the system alone. It keeps out who keys the PIN, and not who is known otherwise: by a bound number, a token, or a number from which the PIN was keyed before.',
    },
  } as const,
});

export const Card = builder.drizzleNode('cards', {
  name: 'Card',
  description: 'One prepaid card. Its PIN is never among its fields.',
  id: { column: (card) => card.id, description: 'The global id.' },
  // Never the PIN's columns, whatever is asked.
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
  // Not exposed but resolved: an exposed column is read again when the row did not come from a planned query, and what
  // a mutation has just written needs no second look.
  fields: (t) => ({
    serial: t.string({
      description: 'The public number printed on the card.',
      resolve: ({ serial }) => serial,
    }),
    state: t.field({
      type: CardStateEnum,
      description: 'What the card is now.',
      resolve: (card) => cardState(card, new Date()),
    }),
    balance: t.field(moneyField('balance', 'All the money on the card, what is held for calls included.')),
    faceValue: t.field(
      nullableMoneyField(
        'faceValue',
        "What an imported card gets at its first activation in place of its batch's face value. Null: that.",
      ),
    ),
    held: t.field(moneyField('held', 'Money set aside for calls in progress.')),
    available: t.field(moneyField(available, 'The balance less what is held.')),
    callsInProgress: t.int({
      description: 'Calls authorised and not yet ended.',
      resolve: ({ callsInProgress }) => callsInProgress,
    }),
    version: t.int({
      description: 'Grows by one with every change of the card.',
      resolve: ({ version }) => version,
    }),
    activatedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was first activated and got its face value.',
      resolve: ({ activatedAt }) => activatedAt,
    }),
    firstUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a switch first authenticated it, which started its validity.',
      resolve: ({ firstUsedAt }) => firstUsedAt,
    }),
    closedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was closed: at its end, redeemed, or after the one call of a DISPOSABLE card.',
      resolve: ({ closedAt }) => closedAt,
    }),
    validUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The end of the validity; before the first use, the last date of first use. Null: no end.',
      resolve: ({ validUntil }) => validUntil,
    }),
    graceUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When what is left on the card is forfeited. Null: never.',
      resolve: ({ graceUntil }) => graceUntil,
    }),
    nextFeeAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the present period of the maintenance fee ends; only a card that is ACTIVE then pays. Null before the first use, and when the batch takes none.',
      resolve: ({ nextFeeAt }) => nextFeeAt,
    }),
    lock: t.field({
      type: CardLock,
      nullable: true,
      description: 'The present lock.',
      resolve: ({ lockedAt, lockReason, unlockAt }) =>
        lockedAt && lockReason && isLocked({ lockedAt, unlockAt }, new Date())
          ? { lockedAt, reason: lockReason, unlockAt }
          : null,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the card was made.',
      resolve: ({ createdAt }) => createdAt,
    }),
    replacedBy: t.relation('replacedBy', {
      nullable: true,
      description: 'The card in its place, when it was lost and replaced.',
    }),
    replaces: t.relation('replaces', {
      nullable: true,
      description: 'The lost card in whose place it is.',
    }),
    batch: t.relation('batch', {
      description: 'The batch it was made in, with the terms it lives by.',
    }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner who sells it.',
    }),
    numberBindings: t.relatedConnection(
      'numbers',
      {
        description: 'The telephone numbers that stand for this card.',
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
    lockedAt: t.expose('lockedAt', { type: 'DateTime', description: 'Since when.' }),
    reason: t.expose('reason', { type: LockReasonEnum, description: 'Why.' }),
    unlockAt: t.expose('unlockAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself. Null: only unlockCard ends it.',
    }),
  }),
});

export const NumberBinding = builder.drizzleObject('numberBindings', {
  name: 'NumberBinding',
  description: 'A telephone number that stands for a card: a caller from it needs no PIN.',
  fields: (t) => ({
    number: t.expose('number', { type: 'PhoneNumber', description: 'The number in E.164 form.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was bound.' }),
    card: t.relation('card', { description: 'The card it stands for.' }),
  }),
});

export const NumberBindingConnection = connectionOf(NumberBinding, 'bound numbers');
export const CardConnection = connectionOf(Card, 'cards');
