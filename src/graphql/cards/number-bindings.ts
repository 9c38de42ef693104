import { isOperator } from '../../domain/access/role.ts';
import type { NumberBinding as Binding } from '../../domain/decision.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import * as vouchers from '../../domain/rejections/vouchers.ts';
import { normalisePhoneNumber } from '../../domain/values/phone-number.ts';
import { bindCommand, moveCommand, unbindCommand } from '../../store/writer/commands/bindings.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext, spender } from '../core/context.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { nullIfNotFound } from '../core/not-found.ts';
import { ownRows } from '../core/visibility-check.ts';
import { CardReferenceValue, resolveCard } from './card-reference.ts';
import { Card, NumberBindingConnection } from './cards.ts';

function bindingInput(name: string, description: string, card: string) {
  return builder.inputType(name, {
    description,
    fields: (t) => ({
      card: t.field({ type: CardReferenceValue, required: true, description: card }),
      number: t.field({ type: 'PhoneNumber', required: true, description: 'The number, in any usual form.' }),
      country: t.string({
        description:
          "ISO 3166-1 alpha-2 code of the country whose plan a national number is in. Left out: the server's.",
      }),
    }),
  });
}

const BindNumberInput = bindingInput(
  'BindNumberInput',
  'A number to be bound.',
  'The card it shall stand for.',
);
const UnbindNumberInput = bindingInput(
  'UnbindNumberInput',
  'A binding to be ended.',
  'The card it stands for.',
);
const MoveNumberInput = bindingInput(
  'MoveNumberInput',
  'A number to be moved.',
  'The card it shall stand for.',
);

function bindingPayload(name: string, description: string) {
  return builder.objectRef<Binding>(name).implement({
    description,
    fields: (t) => ({
      number: t.expose('number', { type: 'PhoneNumber', description: 'The number in E.164 form.' }),
      card: t.drizzleField({
        type: Card,
        description: 'The card.',
        resolve: (query, { cardId }, _args, { database }) =>
          database.drizzle.query.cards.findFirst(query({ where: { id: cardId } })) as never,
      }),
    }),
  });
}

const BindNumberPayload = bindingPayload('BindNumberPayload', 'The new binding.');
const UnbindNumberPayload = bindingPayload('UnbindNumberPayload', 'The binding that was ended.');
const MoveNumberPayload = bindingPayload('MoveNumberPayload', 'The new binding.');

const common = [
  input.InvalidInput,
  input.NotFound,
  bindings.InvalidPhoneNumber,
  recharges.Overloaded,
] as const;
const bindable = [
  vouchers.CardIsVoucher,
  cards.CardInactive,
  cards.CardDeactivated,
  cards.CardLocked,
  replacements.CardReplaced,
  cards.CardClosed,
  bindings.NumberAlreadyBound,
  bindings.TooManyBindings,
] as const;

builder.mutationField('bindNumber', (t) =>
  t.field({
    type: BindNumberPayload,
    description:
      "Makes a telephone number stand for a card, so that a caller from it needs no PIN. How often you may try numbers that are bound to others' cards is bounded.",
    errors: {
      types: [...common, ...bindable, bindings.TooManyBindingAttempts],
      union: { name: 'BindNumberResult', description: 'The binding, or why there is none.' },
    },
    args: { input: t.arg({ type: BindNumberInput, required: true, description: 'The binding.' }) },
    resolve: async (_root, { input: request }, context) => {
      const { viewer, writer, bindingAttempts } = context;
      const command = bindCommand(actorOf(viewer), await read(request, context));
      // The operator's people see all bindings.
      if (isOperator(viewer.role)) return writer.run(command);
      return bindingAttempts.spend(spender(context), () => writer.run(command));
    },
  }),
);

builder.mutationField('unbindNumber', (t) =>
  t.field({
    type: UnbindNumberPayload,
    description: 'Ends a binding, whatever the state of the card.',
    errors: {
      types: [...common, bindings.NumberNotBound],
      union: { name: 'UnbindNumberResult', description: 'The binding that was ended, or why none was.' },
    },
    args: { input: t.arg({ type: UnbindNumberInput, required: true, description: 'The binding.' }) },
    resolve: async (_root, { input: request }, context) =>
      context.writer.run(unbindCommand(actorOf(context.viewer), await read(request, context))),
  }),
);

builder.mutationField('moveNumber', (t) =>
  t.field({
    type: MoveNumberPayload,
    description: 'Makes a number that stands for one card stand for another, in one step.',
    errors: {
      types: [...common, ...bindable, bindings.NumberNotBound],
      union: { name: 'MoveNumberResult', description: 'The new binding, or why the number was not moved.' },
    },
    args: { input: t.arg({ type: MoveNumberInput, required: true, description: 'The move.' }) },
    resolve: async (_root, { input: request }, context) => {
      const { cardId, number } = await read(request, context);
      const { branch } = context.viewer;
      const fromCardId = await nullIfNotFound(() => context.cards.byNumber(number, branch));
      if (fromCardId === null) throw new bindings.NumberNotBound({ number });
      return context.writer.run(moveCommand(actorOf(context.viewer), { cardId, number, fromCardId }));
    },
  }),
);

builder.queryField('numberBindings', (t) =>
  t.drizzleConnection(
    {
      type: 'numberBindings',
      description: 'Bound numbers, in their order.',
      args: { cardId: t.arg.id({ description: 'Of this card only.' }) },
      resolve: (query, _root, { cardId }, { database, viewer }) =>
        database.drizzle.query.numberBindings.findMany(
          query({
            where: {
              AND: [
                when(cardId, (id) => ({ cardId: fromGlobalId('Card', id) })),
                viewer.branch === null ? {} : { card: ownRows(viewer, 'Card') },
              ],
            },
            orderBy: { number: 'asc' },
          }),
        ),
    },
    NumberBindingConnection,
  ),
);

async function read(
  { card, number, country }: typeof BindNumberInput.$inferInput,
  context: GraphContext,
): Promise<{ cardId: string; number: string }> {
  const normal = normalisePhoneNumber(number, country ?? context.defaultCountry);
  return { cardId: await resolveCard(card, context), number: normal };
}
