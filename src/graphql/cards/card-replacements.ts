import type { CardReplacement } from '../../domain/cards/replacement.ts';
import * as access from '../../domain/rejections/access.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import { textWithoutPin } from '../../domain/values/text.ts';
import { replaceLostCard } from '../../store/cards/card-replacement.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { moneyField } from '../core/money.ts';
import { CardReferenceValue, toCardReference } from './card-reference.ts';
import { Card } from './cards.ts';

const ReplaceCardInput = builder.inputType('ReplaceCardInput', {
  description: 'A card to be replaced.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card that was lost.' }),
    newCard: t.field({
      type: CardReferenceValue,
      description:
        'The card in its place: never used, INACTIVE or ACTIVE, of the same currency and partner. Left out: any INACTIVE card of the same batch.',
    }),
    reason: t.string({ required: true, description: 'Why, for the statements. Up to 500 characters.' }),
    idempotencyKey: t.id({
      required: true,
      description: 'Yours, unique for each replacement. Up to 255 characters.',
    }),
  }),
});

const ReplaceCardPayload = builder.objectRef<CardReplacement>('ReplaceCardPayload').implement({
  description: 'What the replacement did.',
  fields: (t) => ({
    card: t.drizzleField({
      type: Card,
      description: 'The card that was lost, as it is now.',
      resolve: (query, { cardId }, _args, { database }) =>
        database.drizzle.query.cards.findFirst(query({ where: { id: cardId } })) as never,
    }),
    newCard: t.drizzleField({
      type: Card,
      description: 'The card in its place, as it is now: the same card in every repetition.',
      resolve: (query, { newCardId }, _args, { database }) =>
        database.drizzle.query.cards.findFirst(query({ where: { id: newCardId } })) as never,
    }),
    moved: t.field(
      moneyField('moved', 'What went from the one card to the other: the same in every repetition.'),
    ),
    fee: t.field(moneyField('fee', 'What the lost card paid for it before: the same in every repetition.')),
  }),
});

builder.mutationField('replaceCard', (t) =>
  t.field({
    type: ReplaceCardPayload,
    description:
      'Puts a new card in the place of one that was lost, in one transaction: the balance (less the fee of the batch), the validity and the bound numbers become those of the new card, which gets no face value for it. The lost card is out of service for good. A card that was locked from above a partner is not its to replace.',
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        access.NotAllowed,
        bindings.InvalidPhoneNumber,
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
        recharges.CurrencyMismatch,
        replacements.CardAlreadyUsed,
        replacements.FirstUseOver,
        bindings.TooManyBindings,
        recharges.IdempotencyKeyReused,
        recharges.Overloaded,
      ],
      union: { name: 'ReplaceCardResult', description: 'What the replacement did, or why it was refused.' },
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
