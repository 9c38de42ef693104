import type { Card as CardRow } from '../../domain/cards/card.ts';
import * as access from '../../domain/rejections/access.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { optionalTextWithoutPin } from '../../domain/values/text.ts';
import { lockCommand, unlockCommand } from '../../store/writer/commands/cards.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { CardReferenceValue, resolveCard } from './card-reference.ts';
import { Card, LockReasonEnum } from './cards.ts';

const LockCardInput = builder.inputType('LockCardInput', {
  description: 'A lock.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to lock.' }),
    reason: t.field({
      type: LockReasonEnum,
      required: true,
      description: 'Why. FAILED_ATTEMPTS is set by the system alone.',
    }),
    unlockAt: t.field({
      type: 'DateTime',
      description: 'When it ends by itself. Left out: by unlockCard only.',
    }),
    note: t.string({ description: 'A note for colleagues, up to 500 characters.' }),
  }),
});

const UnlockCardInput = builder.inputType('UnlockCardInput', {
  description: 'The end of a lock.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to unlock.' }),
    note: t.string({ description: 'A note for colleagues, up to 500 characters.' }),
  }),
});

function lockPayload(name: string, description: string) {
  return builder.objectRef<CardRow>(name).implement({
    description,
    fields: (t) => ({
      card: t.field({ type: Card, description: 'The card after the change.', resolve: (card) => card }),
    }),
  });
}

const LockCardPayload = lockPayload('LockCardPayload', 'The locked card.');
const UnlockCardPayload = lockPayload('UnlockCardPayload', 'The unlocked card.');

const common = [
  input.InvalidInput,
  input.NotFound,
  bindings.InvalidPhoneNumber,
  cards.CardClosed,
  recharges.Overloaded,
] as const;

builder.mutationField('lockCard', (t) =>
  t.field({
    type: LockCardPayload,
    description:
      'Locks a card: its caller is refused at once, on every access. Money may still come in, none goes out. A lock for FAILED_ATTEMPTS gives way to this one.',
    errors: {
      types: [...common, cards.CardAlreadyLocked],
      union: { name: 'LockCardResult', description: 'The locked card, or why it was not locked.' },
    },
    args: { input: t.arg({ type: LockCardInput, required: true, description: 'The lock.' }) },
    resolve: async (_root, { input: { card, reason, unlockAt, note } }, context) =>
      context.writer.run(
        lockCommand(actorOf(context.viewer), {
          cardId: await resolveCard(card, context),
          reason,
          unlockAt: unlockAt ?? null,
          note: optionalTextWithoutPin('note', note),
        }),
      ),
  }),
);

builder.mutationField('unlockCard', (t) =>
  t.field({
    type: UnlockCardPayload,
    description:
      'Takes the lock of a card away, and forgets the wrong PINs that were counted with its serial.',
    errors: {
      types: [...common, cards.CardNotLocked, access.NotAllowed],
      union: { name: 'UnlockCardResult', description: 'The unlocked card, or why it was not unlocked.' },
    },
    args: { input: t.arg({ type: UnlockCardInput, required: true, description: 'The end of the lock.' }) },
    resolve: async (_root, { input: { card, note } }, context) =>
      context.writer.run(
        unlockCommand(actorOf(context.viewer), {
          cardId: await resolveCard(card, context),
          note: optionalTextWithoutPin('note', note),
        }),
      ),
  }),
);
