import { brandWithType } from '@pothos/core';
import { serialKey } from '../../domain/cards/serial.ts';
import * as batches from '../../domain/rejections/batches.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import type { Rejection } from '../../domain/rejections/rejection.ts';
import { type BulkResult, changeCards, LISTED_REFUSALS } from '../../store/cards/bulk-change.ts';
import type { CardSelection } from '../../store/cards/card-selection.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { ErrorInterface } from '../core/errors.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { BULK } from './bulk-rows.ts';

const SerialRangeInput = builder.inputType('SerialRangeInput', {
  description:
    'A range of serials, inclusive at both ends. Neither case nor blanks nor hyphens distinguish serials: without them both must have the same length.',
  fields: (t) => ({
    from: t.string({ required: true, description: 'The first serial.' }),
    to: t.string({ required: true, description: 'The last serial.' }),
  }),
});

const CardSelectionInput = builder.inputType('CardSelection', {
  description: 'Selects the cards, at most 100,000 per request. Exactly one field must be set.',
  isOneOf: true,
  fields: (t) => ({
    batchId: t.id({ description: 'All cards of a batch, which must be READY.' }),
    serials: t.field({ type: SerialRangeInput, description: 'A range of serials.' }),
    ids: t.idList({ description: 'Cards by global id, at most 1,000.' }),
  }),
});

const CardRefusal = builder.objectRef<{ serial: string; why: Rejection }>('CardRefusal').implement({
  description: 'A card that was not changed, and the reason.',
  fields: (t) => ({
    serial: t.exposeString('serial', { description: 'The card.' }),
    error: t.field({ type: ErrorInterface, description: 'Why.', resolve: ({ why }) => asData(why) }),
  }),
});

function bulkPayload(name: string, counted: string, description: string) {
  return builder.objectRef<BulkResult>(name).implement({
    description,
    fields: (t) => ({
      [counted]: t.int({ description: 'The number of changed cards.', resolve: ({ changed }) => changed }),
      refused: t.exposeInt('refused', { description: 'The number of cards that were not changed.' }),
      refusals: t.field({
        type: [CardRefusal],
        extensions: { longestList: LISTED_REFUSALS },
        description: 'The cards that were not changed with the reasons, at most the first 1,000.',
        resolve: ({ refusals }) => refusals,
      }),
    }),
  });
}

const types = [
  input.InvalidInput,
  input.NotFound,
  batches.BatchNotFinished,
  cards.TooManyCards,
  commands.Overloaded,
];

builder.mutationField('activateCards', (t) =>
  t.field({
    extensions: BULK,
    type: bulkPayload('ActivateCardsPayload', 'activated', 'The results for the cards.'),
    description:
      'Puts cards into service: inactive cards, which receive their face value, and deactivated cards, which do not receive it again. Processed in chunks; a card that cannot be activated does not affect the others.',
    errors: { types, union: { description: 'The results for the cards.' } },
    args: { cards: t.arg({ type: CardSelectionInput, required: true, description: 'Selects the cards.' }) },
    resolve: (_root, { cards: selection }, context) => change('activate', selection, context),
  }),
);

builder.mutationField('deactivateCards', (t) =>
  t.field({
    extensions: BULK,
    type: bulkPayload('DeactivateCardsPayload', 'deactivated', 'The results for the cards.'),
    description:
      'Takes cards out of service, for example when lost, stolen or returned. Their balance stays; activateCards puts them back into service.',
    errors: { types, union: { description: 'The results for the cards.' } },
    args: { cards: t.arg({ type: CardSelectionInput, required: true, description: 'Selects the cards.' }) },
    resolve: (_root, { cards: selection }, context) => change('deactivate', selection, context),
  }),
);

function change(
  what: 'activate' | 'deactivate',
  given: typeof CardSelectionInput.$inferInput,
  context: GraphContext,
): Promise<BulkResult> {
  const { database, writer, viewer, deadline } = context;
  const selection = read(given);
  const services = { sql: database.sql, writer, refuseLate: () => deadline?.refuseLate() };
  return changeCards(services, actorOf(viewer), what, selection);
}

function read({ batchId, serials, ids }: typeof CardSelectionInput.$inferInput): CardSelection {
  if (batchId) return { batchId: fromGlobalId('CardBatch', batchId) };
  if (serials) {
    const [from, to] = [serialKey(serials.from), serialKey(serials.to)];
    if (from.length !== to.length || from > to) {
      throw new input.InvalidInput({
        field: 'serials',
        problem: 'must go from a serial to a later one of its kind.',
      });
    }
    return { fromSerial: serials.from, toSerial: serials.to };
  }
  if (!ids || ids.length === 0)
    throw new input.InvalidInput({ field: 'cards', problem: 'must name some cards.' });
  if (ids.length > 1_000) throw new cards.TooManyCards({ count: ids.length, limit: 1_000 });
  return { ids: ids.map((id) => fromGlobalId('Card', id)) };
}

/** A rejection as a plain value: GraphQL treats an Error returned by a field as the field's failure. */
function asData({ name, code, message, retryable, isOutcome, data }: Rejection): Rejection {
  const plain = { name, code, message, retryable, isOutcome, data };
  brandWithType(plain, `${name}Error` as never);
  return plain;
}
