import type { CallRefusalReason, CallState, GrantLimit } from '../../domain/calls/call.ts';
import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import { numberFor } from '../../domain/values/phone-number.ts';
import type { RatingColumn } from '../../store/schema/calls.ts';
import { readRating } from '../../store/writer/call-rows.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Money, moneyField } from '../core/money.ts';
import { TransferConnection } from '../money/transfers.ts';

export const CallStateEnum = builder.enumType('CallState', {
  description: 'How far a call is.',
  values: {
    REFUSED: { description: 'It was not allowed; `refusal` says why.' },
    AUTHORIZED: { description: 'In progress: a quota is granted and what it costs is held.' },
    COMPLETED: { description: 'Ended and charged.' },
    CANCELLED: { description: 'Never answered: the hold was released, nothing charged.' },
    ABANDONED: {
      description:
        'Its switch fell silent: charged for its last reported use. A late completeCall posts the difference.',
    },
  } satisfies Record<CallState, { description: string }>,
});

export const CallRefusalReasonEnum = builder.enumType('CallRefusalReason', {
  description: 'Why a call may not be made: what the prompt to the caller should say.',
  values: {
    NO_RATE: { description: 'The rate group does not offer the destination.' },
    DESTINATION_BLOCKED: { description: 'The rate group blocks the destination.' },
    INSUFFICIENT_BALANCE: { description: 'The balance does not pay the first increment.' },
    TOO_MANY_CALLS: { description: 'The card has as many calls in progress as its batch allows.' },
    FAIR_USE_REACHED: { description: "The plan's minutes of the day or month are used." },
    CARD_INACTIVE: { description: 'The card was never activated.' },
    CARD_LOCKED: { description: 'The card is locked.' },
    CARD_IN_GRACE: { description: "The card's validity is over, its balance still kept." },
    CARD_EXPIRED: { description: "The card's validity and grace are over." },
    CARD_DEACTIVATED: { description: 'The card was taken out of service.' },
    CARD_CLOSED: { description: 'The card is closed.' },
  } satisfies Record<CallRefusalReason, { description: string }>,
});

export const GrantLimitEnum = builder.enumType('GrantLimit', {
  description: 'What ends a grant. After SLICE the switch asks for more; after any other the call ends.',
  values: {
    SLICE: { description: 'The end of a slice: ask for more with extendCall.' },
    BALANCE: { description: 'The money is used up.' },
    VALIDITY: { description: "The card's validity ends." },
    CALL_SECONDS: { description: 'The longest a call may last.' },
    CALL_CHARGE: { description: 'The most a call may cost.' },
    FAIR_USE: { description: "The plan's minutes of the day or month are used." },
    TERMINATED: { description: 'An operator asked for the end of the call.' },
    CARD_STATE: { description: 'The card was locked or taken out of service meanwhile.' },
    ENDED: { description: 'The call has ended already.' },
  } satisfies Record<GrantLimit, { description: string }>,
});

interface RatingValue {
  readonly rating: RatingColumn;
  readonly currency: string;
}

const CallRating = builder.objectRef<RatingValue>('CallRating').implement({
  description:
    'How a call is rated: fixed when it was authorised. Charge = max(minimum charge, connection fee + pricePerMinute × billed seconds / 60), rounded once, upwards, to a millionth; billed seconds are those after the free ones, in the initial increment and begun increments.',
  fields: (t) => ({
    prefix: t.string({
      description: 'The dialling prefix that matched.',
      resolve: ({ rating }) => rating.prefix,
    }),
    destination: t.string({
      description: 'The place and operator.',
      resolve: ({ rating }) => rating.destination,
    }),
    timeBand: t.string({
      nullable: true,
      description: 'The time band the call started in. Null: none.',
      resolve: ({ rating }) => rating.timeBand,
    }),
    included: t.boolean({
      description: "Whether the card's plan includes it: then it costs nothing.",
      resolve: ({ rating }) => rating.included,
    }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description: 'Price of a minute, time band and access surcharge included, in units of the currency.',
      resolve: ({ rating }) => formatRatePer1e8Minute(BigInt(rating.ratePer1e8Minute)),
    }),
    connectionFee: t.field(
      moneyField(
        ({ rating }: RatingValue) => BigInt(rating.connectionFee),
        'Charged once for the answered call.',
      ),
    ),
    initialIncrement: t.int({
      description: 'Seconds charged whole, however short the call.',
      resolve: ({ rating }) => rating.initialIncrementSeconds,
    }),
    increment: t.int({
      description: 'Seconds charged after that, each begun increment whole.',
      resolve: ({ rating }) => rating.incrementSeconds,
    }),
    freeSeconds: t.int({
      description: 'Seconds at the beginning that are not billed.',
      resolve: ({ rating }) => rating.freeSeconds,
    }),
    minimumCharge: t.field(
      moneyField(
        ({ rating }: RatingValue) => BigInt(rating.minimumCharge),
        'What the answered call costs at least.',
      ),
    ),
    surcharge: t.field(
      moneyField(
        ({ rating }: RatingValue) => readRating(rating).surcharge,
        "The batch's surcharge on the answered call, a movement of its own.",
      ),
    ),
  }),
});

export const Call = builder.drizzleNode('calls', {
  name: 'Call',
  description: 'One call that a switch asked for.',
  id: { column: (call) => call.id, description: 'The global id.' },
  select: { columns: { fingerprint: false } },
  // Not exposed but resolved, as for Card: what a mutation has just written needs no second look.
  fields: (t) => ({
    switchCallId: t.string({
      description: "The switch's own id of the call.",
      resolve: ({ switchCallId }) => switchCallId,
    }),
    state: t.field({ type: CallStateEnum, description: 'How far it is.', resolve: ({ state }) => state }),
    refusal: t.field({
      type: CallRefusalReasonEnum,
      nullable: true,
      description: 'Why it was refused.',
      resolve: ({ refusal }) => refusal as CallRefusalReason | null,
    }),
    number: t.field({
      type: 'PhoneNumber',
      description: 'The dialled number in E.164 form; masked for partners, and for all once it was erased.',
      resolve: ({ number }, _args, { viewer }) => numberFor(viewer.role, number),
    }),
    accessNumber: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description: 'The access number it came in by.',
      resolve: ({ accessNumber }) => accessNumber,
    }),
    destination: t.string({
      nullable: true,
      description: 'The rated destination. Null when it was refused before it was rated.',
      resolve: ({ destination }) => destination,
    }),
    rating: t.field({
      type: CallRating,
      nullable: true,
      description: 'The rate that is applied, as it was when the call began.',
      resolve: ({ rating, currency }) => rating && { rating, currency },
    }),
    grantedSeconds: t.int({
      description: 'Seconds it may run in all, counted from the answer.',
      resolve: ({ grantedSeconds }) => grantedSeconds,
    }),
    usedSeconds: t.int({
      description: 'Seconds since the answer, as last reported.',
      resolve: ({ usedSeconds }) => usedSeconds,
    }),
    held: t.field(moneyField('held', 'What is set aside for it on the card.')),
    charge: t.field({
      type: Money,
      description: 'What was charged, the surcharge included.',
      resolve: ({ charge, surchargePosted, currency }) => ({ micros: charge + surchargePosted, currency }),
    }),
    uncollected: t.field(
      moneyField(
        'uncollected',
        'What it cost beyond what the card had: its switch let it run past the grant.',
      ),
    ),
    terminating: t.boolean({
      description: 'Whether an operator asked for its end: its next extension is final.',
      resolve: ({ terminating }) => terminating,
    }),
    authorizedAt: t.field({
      type: 'DateTime',
      description: 'When it was asked for.',
      resolve: ({ authorizedAt }) => authorizedAt,
    }),
    answeredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was answered, as its switch says.',
      resolve: ({ answeredAt }) => answeredAt,
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it ended, as its switch says; else when that was noted.',
      resolve: ({ endedAt }) => endedAt,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is abandoned unless its switch reports. Null when it has ended.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
    hangupCause: t.string({
      nullable: true,
      description: "The switch's word for why it ended.",
      resolve: ({ hangupCause }) => hangupCause,
    }),
    card: t.relation('card', { description: 'The card it was made with.' }),
    transfers: t.relatedConnection(
      'transfers',
      {
        description: 'The movements posted for it, newest first.',
        query: { orderBy: { id: 'desc' } },
      },
      TransferConnection,
    ),
  }),
});

export const CallConnection = connectionOf(Call, 'calls');
