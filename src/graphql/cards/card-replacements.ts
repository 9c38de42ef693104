import type { CardReplacement } from '../../domain/cards/replacement.ts';
import * as access from '../../domain/rejections/access.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import { textWithoutPin } from '../../domain/values/text.ts';
import { replaceLostCard } from '../../store/cards/card-replacement.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { moneyField } from '../core/money.ts';
import { CardReferenceValue, toCardReference } from './card-reference.ts';
import { Card } from './cards.ts';

const ReplaceCardInput = builder.inputType('ReplaceCardInput', {
  description: 'The input for replaceCard.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The lost card.' }),
    newCard: t.field({
      type: CardReferenceValue,
      description:
        'The new card: never used, INACTIVE or ACTIVE, with the same currency and partner. If omitted, any INACTIVE card of the same batch.',
    }),
    reason: t.string({
      required: true,
      description: 'The reason, shown on the statements. Up to 500 characters.',
    }),
    idempotencyKey: t.id({
      required: true,
      description: `A client-generated key, unique for each replacement. Up to 255 characters. ${KEY_RULE}`,
    }),
  }),
});

const ReplaceCardPayload = builder.objectRef<CardReplacement>('ReplaceCardPayload').implement({
  description: 'The result of the replacement.',
  fields: (t) => ({
    card: t.drizzleField({
      type: Card,
      description: 'The lost card, in its current state.',
      resolve: (query, { cardId }, _args, { database }) =>
        database.drizzle.query.cards.findFirst(query({ where: { id: cardId } })) as never,
    }),
    newCard: t.drizzleField({
      type: Card,
      description: 'The new card, in its current state. Repeating the request returns the same card.',
      resolve: (query, { newCardId }, _args, { database }) =>
        database.drizzle.query.cards.findFirst(query({ where: { id: newCardId } })) as never,
    }),
    moved: t.field(
      moneyField(
        'moved',
        'The amount moved from the lost card to the new one. Repeating the request returns the same amount.',
      ),
    ),
    fee: t.field(
      moneyField(
        'fee',
        'The replacement fee that the lost card paid first. Repeating the request returns the same amount.',
      ),
    ),
  }),
});

builder.mutationField('replaceCard', (t) =>
  t.field({
    type: ReplaceCardPayload,
    description:
      "Replaces a lost card with a new one in a single transaction: the balance (minus the batch's replacement fee), the validity and the bound numbers move to the new card, which receives no face value. The lost card is permanently out of service. A partner cannot replace a card that the operator or a parent partner locked.",
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        access.NotAllowed,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        cards.CardInactive,
        cards.CardDeactivated,
        cards.CardLocked,
        cards.CardClosed,
        replacements.CardReplaced,
        replacements.ReplacementNotAllowed,
        replacements.CallsInProgress,
        replacements.NoSpareCard,
        replacements.PartnerMismatch,
        recharges.BalanceTooLarge,
        input.CurrencyMismatch,
        replacements.CardAlreadyUsed,
        replacements.FirstUseOver,
        bindings.TooManyBindings,
        commands.IdempotencyKeyReused,
        commands.Overloaded,
      ],
      union: { description: 'The result of the replacement, or the reason why it was refused.' },
    },
    args: { input: t.arg({ type: ReplaceCardInput, required: true, description: 'The replacement.' }) },
    resolve: async (_root, { input: { card, newCard, reason, idempotencyKey } }, context) => {
      const { database, writer, viewer } = context;
      return replaceLostCard({ sql: database.sql, writer }, actorOf(viewer), {
        card: await toCardReference(card, context),
        newCard: newCard ? await toCardReference(newCard, context) : null,
        reason: textWithoutPin('reason', reason),
        idempotencyKey,
      });
    },
  }),
);
