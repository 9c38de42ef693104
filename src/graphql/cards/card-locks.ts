import type { Card as CardRow } from '../../domain/cards/card.ts';
import * as access from '../../domain/rejections/access.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
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
      description: 'The reason. FAILED_ATTEMPTS can be set only by the system.',
    }),
    unlockAt: t.field({
      type: 'DateTime',
      description: 'When the lock ends automatically. If omitted, only unlockCard ends it.',
    }),
    note: t.string({ description: 'A note for colleagues, up to 500 characters.' }),
  }),
});

const UnlockCardInput = builder.inputType('UnlockCardInput', {
  description: 'The unlock.',
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
  bindings.AmbiguousPhoneNumber,
  cards.CardClosed,
  commands.Overloaded,
] as const;

builder.mutationField('lockCard', (t) =>
  t.field({
    type: LockCardPayload,
    description:
      'Locks a card: its caller is rejected immediately on every access number. The card can still receive money but cannot spend it. This lock replaces a FAILED_ATTEMPTS lock.',
    errors: {
      types: [...common, cards.CardAlreadyLocked],
      union: { description: 'The locked card, or the reason why it was not locked.' },
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
    description: 'Unlocks a card and clears the count of wrong PINs entered with its serial.',
    errors: {
      types: [...common, cards.CardNotLocked, access.NotAllowed],
      union: { description: 'The unlocked card, or the reason why it was not unlocked.' },
    },
    args: { input: t.arg({ type: UnlockCardInput, required: true, description: 'The unlock.' }) },
    resolve: async (_root, { input: { card, note } }, context) =>
      context.writer.run(
        unlockCommand(actorOf(context.viewer), {
          cardId: await resolveCard(card, context),
          note: optionalTextWithoutPin('note', note),
        }),
      ),
  }),
);
