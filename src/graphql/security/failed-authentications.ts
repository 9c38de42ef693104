import type { AuthenticationFailure, KeyedOperation } from '../../domain/security/guessing.ts';
import { builder } from '../core/builder.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';

const REASONS: Record<AuthenticationFailure, { description: string }> = {
  UNKNOWN_PIN: { description: 'No card has the PIN.' },
  UNKNOWN_SERIAL: { description: 'No card has the serial.' },
  WRONG_PIN: { description: 'The card with the serial has another PIN.' },
  INACTIVE: { description: 'The PIN is right, the card was not activated.' },
  LOCKED: { description: 'The PIN is right, the card is locked.' },
  IN_GRACE: { description: 'The PIN is right, the validity is over.' },
  EXPIRED: { description: 'The PIN is right, validity and grace are over.' },
  DEACTIVATED: { description: 'The PIN is right, the card is out of service.' },
  CLOSED: { description: 'The PIN is right, the card is closed or redeemed.' },
  NOT_FOR_THIS: {
    description: 'The PIN is right, but of a voucher where a card is asked for, or the other way round.',
  },
  SERIAL_BLOCKED: { description: 'Not compared: too many failures of the same credential with the serial.' },
  SOURCE_DELAYED: {
    description: 'Not compared: the source failed too often, or with too many serials, and was in its delay.',
  },
  BREAKER_TRIPPED: {
    description: 'Not compared: the guess budget, or the share of it of whoever asked, was spent.',
  },
};

const AuthenticationFailureEnum = builder.enumType('AuthenticationFailure', {
  description: 'The true reason for a refused PIN, which the caller is never told.',
  values: REASONS,
});

const OPERATIONS: Record<KeyedOperation, { description: string }> = {
  AUTHENTICATE_CARD: { description: '`authenticateCard`.' },
  AUTHORIZE_CALL: { description: '`authorizeCall`.' },
  REDEEM_VOUCHER: { description: '`redeemVoucher`.' },
};

const KeyedOperationEnum = builder.enumType('KeyedOperation', {
  description: 'What a PIN was keyed for.',
  values: OPERATIONS,
});

const FailedAuthentication = builder.drizzleObject('failedAuthentications', {
  name: 'FailedAuthentication',
  description: 'Refused PINs that are alike, of one minute. The PINs themselves are kept nowhere.',
  fields: (t) => ({
    reason: t.expose('reason', { type: AuthenticationFailureEnum, description: 'The true reason.' }),
    operation: t.expose('operation', {
      type: KeyedOperationEnum,
      description: 'What the PIN was keyed for.',
    }),
    attempts: t.exposeInt('attempts', { description: 'How many.' }),
    minute: t.expose('minute', { type: 'DateTime', description: 'The minute they fell in.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When the last of them was.' }),
    callerNumber: t.expose('callerNumber', {
      type: 'PhoneNumber',
      nullable: true,
      description: 'The number the caller called from. Null: withheld, or nothing was compared.',
    }),
    accessNumber: t.expose('accessNumber', {
      type: 'PhoneNumber',
      nullable: true,
      description: 'The number the caller dialled to reach you. Null: not told, or nothing was compared.',
    }),
    credential: t.exposeString('actorId', {
      description: 'Who asked: the key, or the person at the identity provider, as the audit trail names it.',
    }),
    address: t.exposeString('address', { description: 'The IP address that asked; of IPv6 its network.' }),
    serial: t.exposeString('serial', {
      nullable: true,
      description: 'The serial that was given, when a card has it.',
    }),
    card: t.relation('card', {
      nullable: true,
      description: 'The card with that serial, or with that PIN.',
    }),
  }),
});

const FailedAuthenticationConnection = builder.connectionObject(
  {
    type: FailedAuthentication,
    name: 'FailedAuthenticationConnection',
    description: 'A page of refused PINs.',
  },
  { name: 'FailedAuthenticationEdge', description: 'Some of them, with their place in the list.' },
);

const FailedAuthenticationFilter = builder.inputType('FailedAuthenticationFilter', {
  description: 'Which refused PINs. What is left out does not limit.',
  fields: (t) => ({
    reason: t.field({ type: AuthenticationFailureEnum, description: 'For this reason.' }),
    cardId: t.id({ description: 'Of this card.' }),
    callerNumber: t.string({ description: 'From this number, in international form such as +390655501234.' }),
    accessNumber: t.string({ description: 'Over this access number, in international form.' }),
    credential: t.string({ description: 'Asked by this key or person, as the list names it.' }),
    address: t.string({ description: 'Asked from this address, as the list names it.' }),
    from: t.field({ type: 'DateTime', description: 'At or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
  }),
});

builder.queryField('failedAuthentications', (t) =>
  t.drizzleConnection(
    {
      type: FailedAuthentication,
      description: 'Refused PINs with the true reasons and where they came from, newest first.',
      args: { filter: t.arg({ type: FailedAuthenticationFilter, description: 'Which of them.' }) },
      resolve: (query, _root, { filter }, { database }) =>
        database.drizzle.query.failedAuthentications.findMany(
          query({
            where: {
              AND: [
                when(filter?.reason, (reason) => ({ reason })),
                when(filter?.cardId, (id) => ({ cardId: fromGlobalId('Card', id) })),
                when(filter?.callerNumber, (callerNumber) => ({ callerNumber })),
                when(filter?.accessNumber, (accessNumber) => ({ accessNumber })),
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

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NONE = { attempts: -1 };
