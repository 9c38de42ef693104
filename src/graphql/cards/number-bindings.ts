import { isOperator } from '../../domain/access/role.ts';
import type { NumberBinding as Binding } from '../../domain/decision.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import * as vouchers from '../../domain/rejections/vouchers.ts';
import { readAnyLine, readLine } from '../../domain/values/line.ts';
import { bindCommand, moveCommand, unbindCommand } from '../../store/writer/commands/bindings.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext, spender } from '../core/context.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { nullIfNotFound } from '../core/not-found.ts';
import { CALLER_NUMBER_FORM, callerReading, PhoneNumberFormEnum } from '../core/number-reading.ts';
import { ownRows } from '../core/visibility-check.ts';
import { CardReferenceValue, resolveCard } from './card-reference.ts';
import { Card, NumberBindingConnection } from './cards.ts';

function bindingInput(name: string, description: string, card: string) {
  return builder.inputType(name, {
    description,
    fields: (t) => ({
      card: t.field({ type: CardReferenceValue, required: true, description: card }),
      number: t.field({
        type: 'PhoneNumber',
        required: true,
        description: 'The number, in any common form.',
      }),
      country: t.string({
        description:
          "ISO 3166-1 alpha-2 code of the country in which a national number is interpreted. If omitted, the server's default.",
      }),
      numberForm: t.field({ type: PhoneNumberFormEnum, description: CALLER_NUMBER_FORM }),
    }),
  });
}

const BindNumberInput = bindingInput(
  'BindNumberInput',
  'The input for bindNumber.',
  'The card to bind the number to.',
);
const UnbindNumberInput = bindingInput(
  'UnbindNumberInput',
  'The input for unbindNumber.',
  'The card that the number is bound to.',
);
const MoveNumberInput = bindingInput(
  'MoveNumberInput',
  'The input for moveNumber.',
  'The card to bind the number to.',
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
const UnbindNumberPayload = bindingPayload('UnbindNumberPayload', 'The removed binding.');
const MoveNumberPayload = bindingPayload('MoveNumberPayload', 'The new binding.');

const common = [
  input.InvalidInput,
  input.NotFound,
  bindings.InvalidPhoneNumber,
  bindings.AmbiguousPhoneNumber,
  commands.Overloaded,
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
      'Binds a telephone number to a card, so that callers from it need no PIN. The number must be in use in its numbering plan, and must not be one that networks send for withheld numbers. Attempts with numbers that are bound to cards of others are rate-limited.',
    errors: {
      types: [...common, ...bindable, bindings.TooManyBindingAttempts],
      union: { description: 'The binding, or the reason why it was not created.' },
    },
    args: { input: t.arg({ type: BindNumberInput, required: true, description: 'The binding.' }) },
    resolve: async (_root, { input: request }, context) => {
      const { viewer, writer, bindingAttempts } = context;
      const command = bindCommand(actorOf(viewer), await read(request, context, readLine));
      // The operator's roles see all bindings.
      if (isOperator(viewer.role)) return writer.run(command);
      return bindingAttempts.spend(spender(context), () => writer.run(command));
    },
  }),
);

builder.mutationField('unbindNumber', (t) =>
  t.field({
    type: UnbindNumberPayload,
    description: 'Removes a binding, whatever the state of the card.',
    errors: {
      types: [...common, bindings.NumberNotBound],
      union: { description: 'The removed binding, or the reason why none was removed.' },
    },
    args: { input: t.arg({ type: UnbindNumberInput, required: true, description: 'The binding.' }) },
    resolve: async (_root, { input: request }, context) =>
      context.writer.run(unbindCommand(actorOf(context.viewer), await read(request, context, readAnyLine))),
  }),
);

builder.mutationField('moveNumber', (t) =>
  t.field({
    type: MoveNumberPayload,
    description: 'Moves a number from one card to another in one step.',
    errors: {
      types: [...common, ...bindable, bindings.NumberNotBound],
      union: { description: 'The new binding, or the reason why the number was not moved.' },
    },
    args: { input: t.arg({ type: MoveNumberInput, required: true, description: 'The move.' }) },
    resolve: async (_root, { input: request }, context) => {
      const { cardId, number } = await read(request, context, readLine);
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
      description: 'Bound numbers in ascending order.',
      args: { cardId: t.arg.id({ description: 'Numbers bound to this card.' }) },
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
  { card, number, country, numberForm: form }: typeof BindNumberInput.$inferInput,
  context: GraphContext,
  readAs: typeof readLine,
): Promise<{ cardId: string; number: string }> {
  const line = readAs(number, callerReading({ country, form }, context));
  return { cardId: await resolveCard(card, context), number: line };
}
