import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import { textWithoutPin } from '../../domain/values/text.ts';
import { reopenClosedCard } from '../../store/cards/card-reopening.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { CardReferenceValue, toCardReference } from './card-reference.ts';
import { Card } from './cards.ts';

const ReopenCardInput = builder.inputType('ReopenCardInput', {
  description: 'The card to reopen.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The closed card.' }),
    validUntil: t.field({
      type: 'DateTime',
      description:
        "The new end of its validity, followed by the batch's grace. If omitted, the end that it had, which must not be over.",
    }),
    reason: t.string({
      required: true,
      description: 'The reason, shown on the statement. Up to 500 characters.',
    }),
    idempotencyKey: t.id({
      required: true,
      description: `A client-generated key, unique for each reopening. Up to 255 characters. ${KEY_RULE}`,
    }),
  }),
});

const ReopenCardPayload = builder.objectRef<{ readonly id: string }>('ReopenCardPayload').implement({
  description: 'The reopened card.',
  fields: (t) => ({
    card: t.drizzleField({
      type: Card,
      description: 'The card, in its current state. Repeating the request returns the same card.',
      resolve: (query, { id }, _args, { database }) =>
        database.drizzle.query.cards.findFirst(query({ where: { id } })) as never,
    }),
  }),
});

builder.mutationField('reopenCard', (t) =>
  t.field({
    type: ReopenCardPayload,
    description:
      'Reopens a card that was closed at the end of its time by mistake, as by a clock that was wrong. Its forfeited balance returns in a transfer FORFEITURE_REVERSAL, and a lock that it had returns as well. A redeemed voucher, a used DISPOSABLE card and a replaced card stay closed.',
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        cards.CardNotClosed,
        cards.CardNotReopenable,
        replacements.CardReplaced,
        commands.IdempotencyKeyReused,
        commands.Overloaded,
      ],
      union: { name: 'ReopenCardResult', description: 'The card, or the reason why it was not reopened.' },
    },
    args: { input: t.arg({ type: ReopenCardInput, required: true, description: 'The card to reopen.' }) },
    resolve: async (_root, { input: { card, validUntil, reason, idempotencyKey } }, context) => {
      const { database, writer, viewer } = context;
      const id = await reopenClosedCard({ sql: database.sql, writer }, actorOf(viewer), {
        card: await toCardReference(card, context),
        validUntil: validUntil ?? null,
        reason: textWithoutPin('reason', reason),
        idempotencyKey,
      });
      return { id };
    },
  }),
);
