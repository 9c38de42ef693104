import { numberFor } from '../../domain/access/number-mask.ts';
import type { CallRefusalReason, CallState, GrantLimit } from '../../domain/calls/call.ts';
import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import type { RatingColumn } from '../../store/schema/calls.ts';
import { readRating } from '../../store/writer/call-rows.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Money, moneyField } from '../core/money.ts';
import { TransferConnection } from '../money/transfers.ts';

export const CallStateEnum = builder.enumType('CallState', {
  description: 'The state of a call.',
  values: {
    REFUSED: { description: 'Refused; see `refusal`.' },
    AUTHORIZED: { description: 'In progress: a quota is granted and its cost is held.' },
    COMPLETED: { description: 'Ended and charged.' },
    CANCELLED: { description: 'Never answered: the hold was released and nothing was charged.' },
    ABANDONED: {
      description:
        'The switch stopped reporting: the last reported usage was charged. A late completeCall posts the difference.',
    },
  } satisfies Record<CallState, { description: string }>,
});

export const CallRefusalReasonEnum = builder.enumType('CallRefusalReason', {
  description: 'Why a call was refused, and so which prompt to play to the caller.',
  values: {
    NO_RATE: { description: 'The rate group has no rate for the destination.' },
    DESTINATION_BLOCKED: { description: 'The rate group blocks the destination.' },
    ACCESS_NUMBER_DIALED: {
      description: 'The dialed number is an access number: the call would come back to the system.',
    },
    INSUFFICIENT_BALANCE: { description: 'The balance does not cover the first increment.' },
    TOO_MANY_CALLS: { description: 'The card has reached its maximum number of concurrent calls.' },
    FAIR_USE_REACHED: { description: "The plan's minutes for the day or month are used up." },
    CARD_INACTIVE: { description: 'The card was never activated.' },
    CARD_LOCKED: { description: 'The card is locked.' },
    CARD_IN_GRACE: { description: "The card's validity has ended, but its balance is still kept." },
    CARD_EXPIRED: { description: "The card's validity and grace period have ended." },
    CARD_DEACTIVATED: { description: 'The card has been taken out of service.' },
    CARD_CLOSED: { description: 'The card is closed.' },
  } satisfies Record<CallRefusalReason, { description: string }>,
});

export const GrantLimitEnum = builder.enumType('GrantLimit', {
  description:
    'What limits a grant. After SLICE, the switch requests more time; after any other limit, the call ends.',
  values: {
    SLICE: { description: 'The end of a slice; request more with extendCall.' },
    BALANCE: { description: 'The balance is used up.' },
    VALIDITY: { description: "The card's validity ends." },
    CALL_SECONDS: { description: 'The maximum duration of a call.' },
    CALL_CHARGE: { description: 'The maximum charge of a call.' },
    FAIR_USE: { description: "The plan's minutes for the day or month are used up." },
    TERMINATED: { description: 'An operator terminated the call.' },
    CARD_STATE: { description: 'The card was locked or taken out of service during the call.' },
    ENDED: { description: 'The call has already ended.' },
  } satisfies Record<GrantLimit, { description: string }>,
});

interface RatingValue {
  readonly rating: RatingColumn;
  readonly currency: string;
}

const CallRating = builder.objectRef<RatingValue>('CallRating').implement({
  description:
    'How a call is rated, fixed when it is authorized. Charge = max(minimum charge, connection fee + pricePerMinute × billed seconds / 60), rounded up once to a millionth. Billed seconds exclude the free ones and are rounded up to the initial increment and then to whole increments.',
  fields: (t) => ({
    prefix: t.string({
      description: 'The dialing prefix that matched.',
      resolve: ({ rating }) => rating.prefix,
    }),
    destination: t.string({
      description: 'The country or region and the operator.',
      resolve: ({ rating }) => rating.destination,
    }),
    timeBand: t.string({
      nullable: true,
      description: 'The time band in which the call started. Null if none.',
      resolve: ({ rating }) => rating.timeBand,
    }),
    included: t.boolean({
      description: "Whether the card's plan includes the call, which is then free.",
      resolve: ({ rating }) => rating.included,
    }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description: 'The price per minute in units of the currency, including time band and access surcharge.',
      resolve: ({ rating }) => formatRatePer1e8Minute(BigInt(rating.ratePer1e8Minute)),
    }),
    connectionFee: t.field(
      moneyField(
        ({ rating }: RatingValue) => BigInt(rating.connectionFee),
        'Charged once if the call is answered.',
      ),
    ),
    initialIncrement: t.int({
      description: 'The initial increment in seconds, always billed in full.',
      resolve: ({ rating }) => rating.initialIncrementSeconds,
    }),
    increment: t.int({
      description: 'The increment in seconds, in which the rest of the call is billed, rounded up.',
      resolve: ({ rating }) => rating.incrementSeconds,
    }),
    freeSeconds: t.int({
      description: 'Seconds at the start that are not billed.',
      resolve: ({ rating }) => rating.freeSeconds,
    }),
    minimumCharge: t.field(
      moneyField(
        ({ rating }: RatingValue) => BigInt(rating.minimumCharge),
        'The minimum charge if the call is answered.',
      ),
    ),
    surcharge: t.field(
      moneyField(
        ({ rating }: RatingValue) => readRating(rating).surcharge,
        "The batch's surcharge for an answered call, posted as a separate transfer.",
      ),
    ),
  }),
});

export const Call = builder.drizzleNode('calls', {
  name: 'Call',
  description: 'A call that a switch requested.',
  id: { column: (call) => call.id, description: 'The global id.' },
  select: { columns: { fingerprint: false } },
  // Resolved instead of exposed, as for Card: a row that a mutation has just written needs no second read.
  fields: (t) => ({
    switchCallId: t.string({
      description: "The switch's own id for the call.",
      resolve: ({ switchCallId }) => switchCallId,
    }),
    state: t.field({ type: CallStateEnum, description: 'The state.', resolve: ({ state }) => state }),
    refusal: t.field({
      type: CallRefusalReasonEnum,
      nullable: true,
      description: 'Why the call was refused.',
      resolve: ({ refusal }) => refusal as CallRefusalReason | null,
    }),
    number: t.field({
      type: 'PhoneNumber',
      description: 'The dialed number in E.164 form. Masked for partners, and for everyone after erasure.',
      resolve: ({ number }, _args, { viewer }) => numberFor(viewer.role, number),
    }),
    accessNumber: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description: 'The access number that the caller dialed.',
      resolve: ({ accessNumber }) => accessNumber,
    }),
    destination: t.string({
      nullable: true,
      description: 'The rated destination. Null if the call was refused before rating.',
      resolve: ({ destination }) => destination,
    }),
    rating: t.field({
      type: CallRating,
      nullable: true,
      description: 'The rate that applies, as it was when the call started.',
      resolve: ({ rating, currency }) => rating && { rating, currency },
    }),
    grantedSeconds: t.int({
      description: 'The total duration granted, in seconds from the answer.',
      resolve: ({ grantedSeconds }) => grantedSeconds,
    }),
    usedSeconds: t.int({
      description: 'Seconds since the answer, as last reported.',
      resolve: ({ usedSeconds }) => usedSeconds,
    }),
    held: t.field(moneyField('held', 'The amount held on the card for the call.')),
    charge: t.field({
      type: Money,
      description: 'The amount charged, including the surcharge.',
      resolve: ({ charge, surchargePosted, currency }) => ({ micros: charge + surchargePosted, currency }),
    }),
    uncollected: t.field(
      moneyField(
        'uncollected',
        'The cost that the card could not cover because the switch let the call exceed its grant.',
      ),
    ),
    terminating: t.boolean({
      description: 'Whether an operator has terminated the call, so that its next extension is final.',
      resolve: ({ terminating }) => terminating,
    }),
    authorizedAt: t.field({
      type: 'DateTime',
      description: 'When the call was requested.',
      resolve: ({ authorizedAt }) => authorizedAt,
    }),
    answeredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the call was answered, as reported by the switch.',
      resolve: ({ answeredAt }) => answeredAt,
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the call ended, as reported by the switch; otherwise when the end was recorded.',
      resolve: ({ endedAt }) => endedAt,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the call is treated as abandoned unless the switch reports. Null after the end.',
      resolve: ({ expiresAt }) => expiresAt,
    }),
    hangupCause: t.string({
      nullable: true,
      description: 'The hangup cause reported by the switch.',
      resolve: ({ hangupCause }) => hangupCause,
    }),
    card: t.relation('card', { description: 'The card that pays for the call.' }),
    transfers: t.relatedConnection(
      'transfers',
      {
        description: 'The transfers posted for the call, newest first.',
        query: { orderBy: { id: 'desc' } },
      },
      TransferConnection,
    ),
  }),
});

export const CallConnection = connectionOf(Call, 'calls');
