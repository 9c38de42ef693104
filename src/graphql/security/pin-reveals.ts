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

registerRejection(
  reveals.PinRevealsExhausted,
  'The maximum number of PINs has been requested in the last 24 hours.',
  {
    allowed: { type: 'Int', description: 'The maximum number of cards.' },
    inAll: { type: 'Boolean', description: 'Whether the limit is the one shared by all administrators.' },
  },
);

export const PinReveal = builder.drizzleObject('pinReveals', {
  name: 'PinReveal',
  description:
    'The record of a request for the PIN of a card, or for the print file of a batch in use. It does not contain PINs.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id of the object.',
      resolve: ({ id }) => toGlobalId('PinReveal', id),
    }),
    reason: t.exposeString('reason', { description: 'Why.' }),
    requestedBy: t.exposeString('requestedBy', {
      description:
        'The key, or the person at the identity provider, that made the request, as in the audit trail.',
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When the call was requested.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When the request expires: it can no longer be approved or shown.',
    }),
    approvedBy: t.exposeString('approvedBy', { nullable: true, description: 'The approver.' }),
    approvedAt: t.expose('approvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the request was approved.',
    }),
    revealedAt: t.expose('revealedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the PIN was shown.',
    }),
    card: t.relation('card', {
      nullable: true,
      description: 'The card. Null if the request is for a batch.',
    }),
    batch: t.relation('batch', {
      nullable: true,
      description: 'The batch whose print file was requested. Null if the request is for a card.',
    }),
  }),
});

const PinRevealConnection = builder.connectionObject(
  { type: PinReveal, name: 'PinRevealConnection', description: 'A page of PIN requests.' },
  { name: 'PinRevealEdge', description: 'A request, with its cursor.' },
);

builder.queryField('pinReveals', (t) =>
  t.drizzleConnection(
    {
      type: PinReveal,
      description: 'PIN requests, with requester, card and reason, newest first.',
      resolve: (query, _root, _args, { database }) =>
        database.drizzle.query.pinReveals.findMany(query({ orderBy: { id: 'desc' } })),
    },
    PinRevealConnection,
  ),
);

const RevealPinInput = builder.inputType('RevealPinInput', {
  description: 'The card and the reason.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card.' }),
    reason: t.string({
      required: true,
      description: 'Why the PIN must be shown. Up to 500 characters, with no run of six or more digits.',
    }),
  }),
});

const RevealPinPayload = builder.objectRef<Revealed>('RevealPinPayload').implement({
  description: 'The PIN, or the request that awaits approval.',
  fields: (t) => ({
    pin: t.exposeString('pin', {
      nullable: true,
      description:
        'The PIN. Null if another administrator must approve the request first; call revealPin again after approval, and it is shown once.',
    }),
    request: t.drizzleField({
      type: PinReveal,
      description: 'The record of the request.',
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
      'Shows the PIN of a card, for exceptional cases: the reason is recorded, the security desk is alerted, and the number per day is limited. If the operator requires it, another administrator must approve first. For a lost card, prefer replaceCard.',
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        reveals.PinRevealsExhausted,
      ],
      union: {
        description: 'The PIN or the pending request, or the reason why it was refused.',
      },
    },
    args: { input: t.arg({ type: RevealPinInput, required: true, description: 'The card and the reason.' }) },
    resolve: async (_root, { input: { card, reason } }, context) =>
      context.reveals.reveal({
        cardId: await resolveCard(card, context),
        requester: context.viewer,
        reason: textWithoutPin('reason', reason),
      }),
  }),
);

const ApprovePinRevealPayload = builder.objectRef<{ id: string }>('ApprovePinRevealPayload').implement({
  description: 'The request in its current state.',
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
      "Approves another administrator's request, with a key that is older than the request. The PIN is shown only to the requester, not to the approver.",
    errors: {
      types: [input.NotFound, access.NotAllowed],
      union: { description: 'The approved request, or the reason why it was not approved.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The global id of the request.' }) },
    resolve: async (_root, { id: globalId }, { reveals: pinReveals, viewer }) => {
      const id = fromGlobalId('PinReveal', String(globalId));
      await pinReveals.approve({ id, requester: viewer });
      return { id };
    },
  }),
);
