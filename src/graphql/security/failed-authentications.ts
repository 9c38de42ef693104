import { Rejection } from '../../domain/rejections/rejection.ts';
import type { AuthenticationFailure, PinOperation } from '../../domain/security/guessing.ts';
import { readAnyLine } from '../../domain/values/line.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { callerReading } from '../core/number-reading.ts';

const REASONS: Record<AuthenticationFailure, { description: string }> = {
  UNKNOWN_PIN: { description: 'No card has the PIN.' },
  UNKNOWN_SERIAL: { description: 'No card has the serial.' },
  WRONG_PIN: { description: 'The card with the serial has another PIN.' },
  INACTIVE: { description: 'The PIN is correct, but the card has never been activated.' },
  LOCKED: { description: 'The PIN is correct, but the card is locked.' },
  IN_GRACE: { description: 'The PIN is correct, but the validity has ended.' },
  EXPIRED: { description: 'The PIN is correct, but the validity and grace period have ended.' },
  DEACTIVATED: { description: 'The PIN is correct, but the card is out of service.' },
  CLOSED: { description: 'The PIN is correct, but the card is closed or redeemed.' },
  NOT_FOR_THIS: {
    description: 'The PIN is correct, but it belongs to a voucher where a card is expected, or the reverse.',
  },
  SERIAL_BLOCKED: { description: 'Not compared: the same credential failed too often with this serial.' },
  SOURCE_DELAYED: {
    description: 'Not compared: the source failed too often, or with too many serials, and is in its delay.',
  },
  BREAKER_TRIPPED: {
    description: "Not compared: the guess budget, or the requester's share of it, is used up.",
  },
};

const AuthenticationFailureEnum = builder.enumType('AuthenticationFailure', {
  description: 'The actual reason for a refused PIN, which is never disclosed to the caller.',
  values: REASONS,
});

const OPERATIONS: Record<PinOperation, { description: string }> = {
  AUTHENTICATE_CARD: { description: '`authenticateCard`.' },
  AUTHORIZE_CALL: { description: '`authorizeCall`.' },
  REDEEM_VOUCHER: { description: '`redeemVoucher`.' },
};

const PinOperationEnum = builder.enumType('PinOperation', {
  description: 'The operation for which a PIN was entered.',
  values: OPERATIONS,
});

const FailedAuthentication = builder.drizzleObject('failedAuthentications', {
  name: 'FailedAuthentication',
  description: 'Refused PINs with the same properties within one minute. The PINs themselves are not stored.',
  fields: (t) => ({
    reason: t.expose('reason', { type: AuthenticationFailureEnum, description: 'The actual reason.' }),
    operation: t.expose('operation', {
      type: PinOperationEnum,
      description: 'The operation for which the PIN was entered.',
    }),
    attempts: t.exposeInt('attempts', { description: 'The number of recharges.' }),
    minute: t.expose('minute', { type: 'DateTime', description: 'The minute of the attempts.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When the last failure occurred.' }),
    callerNumber: t.expose('callerNumber', {
      type: 'PhoneNumber',
      nullable: true,
      description: 'The number that the caller called from. Null if it was withheld or nothing was compared.',
    }),
    accessNumber: t.expose('accessNumber', {
      type: 'PhoneNumber',
      nullable: true,
      description:
        'The access number that the caller dialed. Null if it was not reported or nothing was compared.',
    }),
    credential: t.exposeString('actorId', {
      description:
        'The key, or the person at the identity provider, that made the request, as in the audit trail.',
    }),
    address: t.exposeString('address', {
      description: 'The IP address of the request; for IPv6, its network.',
    }),
    serial: t.exposeString('serial', {
      nullable: true,
      description: 'The given serial, if a card has it.',
    }),
    card: t.relation('card', {
      nullable: true,
      description: 'The card with the given serial or PIN.',
    }),
  }),
});

const FailedAuthenticationConnection = builder.connectionObject(
  {
    type: FailedAuthentication,
    name: 'FailedAuthenticationConnection',
    description: 'A page of refused PINs.',
  },
  { name: 'FailedAuthenticationEdge', description: 'A group of refused PINs, with its cursor.' },
);

const FailedAuthenticationFilter = builder.inputType('FailedAuthenticationFilter', {
  description: 'Filters refused PINs. Omitted fields do not filter.',
  fields: (t) => ({
    reason: t.field({ type: AuthenticationFailureEnum, description: 'Refused for this reason.' }),
    cardId: t.id({ description: 'Calls of this card.' }),
    callerNumber: t.string({
      description: 'From this calling number, such as +390655501234.',
    }),
    accessNumber: t.string({ description: 'Through this access number.' }),
    credential: t.string({
      description: 'Requested by this key or person, in the form that the list returns.',
    }),
    address: t.string({ description: 'Requested from this address, in the form that the list returns.' }),
    from: t.field({ type: 'DateTime', description: 'Entries at or after this time.' }),
    to: t.field({ type: 'DateTime', description: 'Entries before this time.' }),
  }),
});

builder.queryField('failedAuthentications', (t) =>
  t.drizzleConnection(
    {
      type: FailedAuthentication,
      description: 'Refused PINs with their actual reasons and sources, newest first.',
      args: { filter: t.arg({ type: FailedAuthenticationFilter, description: 'Filters the refused PINs.' }) },
      resolve: (query, _root, { filter }, context) =>
        context.database.drizzle.query.failedAuthentications.findMany(
          query({
            where: {
              AND: [
                when(filter?.reason, (reason) => ({ reason })),
                when(filter?.cardId, (id) => ({ cardId: fromGlobalId('Card', id) })),
                when(filter?.callerNumber, (number) => ({ callerNumber: recorded(number, context) })),
                when(filter?.accessNumber, (number) => ({ accessNumber: recorded(number, context) })),
                when(filter?.credential, (id) => (UUID.test(id) ? { actorId: id } : NONE)),
                when(filter?.address, (address) => ({ address })),
                when(filter?.from, (from) => ({ lastAt: { gte: from } })),
                when(filter?.to, (to) => ({ lastAt: { lt: to } })),
              ],
            },
            orderBy: { id: 'desc' },
          }),
        ),
    },
    FailedAuthenticationConnection,
  ),
);

/** A number as it is recorded; what can't be read as one was never recorded, and is found nowhere. */
function recorded(written: string, context: GraphContext): string {
  try {
    return readAnyLine(written, callerReading({}, context));
  } catch (error) {
    if (error instanceof Rejection) return written;
    throw error;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NONE = { attempts: -1 };
