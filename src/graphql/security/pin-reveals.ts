import * as access from '../../domain/rejections/access.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as input from '../../domain/rejections/input.ts';
import * as reveals from '../../domain/rejections/reveals.ts';
import { textWithoutPin } from '../../domain/values/text.ts';
import type { Revealed } from '../../store/pins/pin-reveals.ts';
import { CardReferenceValue, resolveCard } from '../cards/card-reference.ts';
import { builder } from '../core/builder.ts';
import { registerRejection } from '../core/errors.ts';
import { fromGlobalId, toGlobalId } from '../core/global-id.ts';

registerRejection(reveals.PinRevealsExhausted, 'As many PINs were asked for in 24 hours as may be.', {
  allowed: { type: 'Int', description: 'How many may be.' },
  inAll: { type: 'Boolean', description: 'Whether all administrators together asked for so many.' },
});

export const PinReveal = builder.drizzleObject('pinReveals', {
  name: 'PinReveal',
  description:
    'That somebody asked for the PIN of a card, or for the print file of a batch in use. No PIN is in it.',
  fields: (t) => ({
    id: t.id({ description: 'Its global id.', resolve: ({ id }) => toGlobalId('PinReveal', id) }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    requestedBy: t.exposeString('requestedBy', {
      description: 'Who asked: the key, or the person at the identity provider, as the audit trail names it.',
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it can no longer be approved or shown.',
    }),
    approvedBy: t.exposeString('approvedBy', { nullable: true, description: 'Who approved it.' }),
    approvedAt: t.expose('approvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was approved.',
    }),
    revealedAt: t.expose('revealedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the PIN was shown.',
    }),
    card: t.relation('card', { nullable: true, description: 'The card. Null: it was a batch.' }),
    batch: t.relation('batch', {
      nullable: true,
      description: 'The batch whose print file was asked for. Null: it was a card.',
    }),
  }),
});

const PinRevealConnection = builder.connectionObject(
  { type: PinReveal, name: 'PinRevealConnection', description: 'A page of requests for PINs.' },
  { name: 'PinRevealEdge', description: 'One of them, with its place in the list.' },
);

builder.queryField('pinReveals', (t) =>
  t.drizzleConnection(
    {
      type: PinReveal,
      description: 'Who asked for the PIN of which card and why, newest first.',
      resolve: (query, _root, _args, { database }) =>
        database.drizzle.query.pinReveals.findMany(query({ orderBy: { id: 'desc' } })),
    },
    PinRevealConnection,
  ),
);

const RevealPinInput = builder.inputType('RevealPinInput', {
  description: 'Whose PIN, and why.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card.' }),
    reason: t.string({
      required: true,
      description: 'Why its PIN must be seen, up to 500 characters, without six or more digits in a row.',
    }),
  }),
});

const RevealPinPayload = builder.objectRef<Revealed>('RevealPinPayload').implement({
  description: 'The PIN, or the request for it.',
  fields: (t) => ({
    pin: t.exposeString('pin', {
      nullable: true,
      description:
        'The PIN. Null: another administrator must approve the request; then ask again, and it is shown once.',
    }),
    request: t.drizzleField({
      type: PinReveal,
      description: 'What is kept of it.',
      resolve: async (query, { id }, _args, { database }) => {
        const kept = await database.drizzle.query.pinReveals.findFirst(query({ where: { id } }));
        if (!kept) throw new input.NotFound({ what: 'request', reference: id });
        return kept;
      },
    }),
  }),
});

builder.mutationField('revealPin', (t) =>
  t.field({
    type: RevealPinPayload,
    description:
      'Shows the PIN of one card, for the rare case that it must be seen: the reason is kept, the security desk is alerted, and few are shown a day. Where the operator has it so, another administrator approves first. A lost card is better replaced.',
    errors: {
      types: [input.InvalidInput, input.NotFound, bindings.InvalidPhoneNumber, reveals.PinRevealsExhausted],
      union: { name: 'RevealPinResult', description: 'The PIN or the request for it, or why neither.' },
    },
    args: { input: t.arg({ type: RevealPinInput, required: true, description: 'Whose PIN, and why.' }) },
    resolve: async (_root, { input: { card, reason } }, context) =>
      context.reveals.reveal({
        cardId: await resolveCard(card, context),
        asker: context.viewer,
        reason: textWithoutPin('reason', reason),
      }),
  }),
);

const ApprovePinRevealPayload = builder.objectRef<{ id: string }>('ApprovePinRevealPayload').implement({
  description: 'The request as it is now.',
  fields: (t) => ({
    request: t.drizzleField({
      type: PinReveal,
      description: 'The approved request.',
      resolve: async (query, { id }, _args, { database }) => {
        const kept = await database.drizzle.query.pinReveals.findFirst(query({ where: { id } }));
        if (!kept) throw new input.NotFound({ what: 'request', reference: id });
        return kept;
      },
    }),
  }),
});

builder.mutationField('approvePinReveal', (t) =>
  t.field({
    type: ApprovePinRevealPayload,
    description:
      'Approves what another administrator asked for, with a key that is older than the request. The PIN is shown to that one, not to this.',
    errors: {
      types: [input.NotFound, access.NotAllowed],
      union: { name: 'ApprovePinRevealResult', description: 'The approved request, or why it was not.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The global id of the request.' }) },
    resolve: async (_root, { id: globalId }, { reveals: pinReveals, viewer }) => {
      const id = fromGlobalId('PinReveal', String(globalId));
      await pinReveals.approve({ id, asker: viewer });
      return { id };
    },
  }),
);
