import * as access from '../../domain/rejections/access.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import {
  type CardChange,
  type ChangedCard,
  cardChange,
  changeCommand,
} from '../../store/writer/commands/bulk.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { toGlobalId } from '../core/global-id.ts';
import { countDone, LIST_KEY, ROW_KEY, ROWS, type RowOutcome, resultOf, runBulkRows } from './bulk-rows.ts';
import { CardReferenceValue } from './card-reference.ts';
import { CardStateEnum, LockReasonEnum } from './cards.ts';

const CardChangeEnum = builder.enumType('CardChange', {
  description: 'What is done to the cards of a list.',
  values: {
    LOCK: { description: 'As lockCard.' },
    UNLOCK: { description: 'As unlockCard.' },
    ACTIVATE: { description: 'As activateCards.' },
    DEACTIVATE: { description: 'As deactivateCards.' },
  } satisfies Record<CardChange['kind'], { description: string }>,
});

const CardChangeRow = builder.inputType('CardChangeRow', {
  description: 'One card of a list.',
  fields: (t) => ({
    key: t.id({ required: true, description: ROW_KEY }),
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to change.' }),
  }),
});

const ChangeCardsInput = builder.inputType('ChangeCardsInput', {
  description: 'A list of cards whose state is to change, all in the same way.',
  fields: (t) => ({
    idempotencyKey: t.id({ required: true, description: LIST_KEY }),
    change: t.field({ type: CardChangeEnum, required: true, description: 'What is done to them.' }),
    lockReason: t.field({ type: LockReasonEnum, description: 'Why: required with LOCK, and only then.' }),
    unlockAt: t.field({
      type: 'DateTime',
      description: 'With LOCK only: when the locks end by themselves. Left out: by UNLOCK only.',
    }),
    note: t.string({
      description: 'With LOCK and UNLOCK only: a note for colleagues, up to 500 characters.',
    }),
    rows: t.field({ type: [CardChangeRow], required: true, description: ROWS }),
  }),
});

const ChangedCardType = builder.objectRef<ChangedCard>('ChangedCard').implement({
  description: 'What became of one card of a list: the same in every repetition.',
  fields: (t) => ({
    cardId: t.id({
      description: 'The global id of the card.',
      resolve: ({ cardId }) => toGlobalId('Card', cardId),
    }),
    serial: t.exposeString('serial', { description: 'Its serial.' }),
    state: t.field({
      type: CardStateEnum,
      description: 'Its state right after the change.',
      resolve: ({ state }) => state,
    }),
  }),
});

const CardChangeOutcome = builder.objectRef<RowOutcome<ChangedCard>>('CardChangeOutcome').implement({
  description: 'What one row came to.',
  fields: (t) => ({
    key: t.exposeID('key', { description: 'Of the row.' }),
    result: t.field({
      type: ChangedCardType,
      description: 'The changed card, or why it was not changed.',
      errors: {
        types: [
          input.InvalidInput,
          input.NotFound,
          bindings.InvalidPhoneNumber,
          cards.CardAlreadyActive,
          cards.CardAlreadyLocked,
          cards.CardClosed,
          cards.CardDeactivated,
          cards.CardNotLocked,
          replacements.CardReplaced,
          replacements.FirstUseOver,
          access.NotAllowed,
          recharges.Overloaded,
        ],
        union: { name: 'CardChangeResult', description: 'The changed card, or why it was not changed.' },
      },
      resolve: resultOf,
    }),
  }),
});

const ChangeCardsPayload = builder
  .objectRef<readonly RowOutcome<ChangedCard>[]>('ChangeCardsPayload')
  .implement({
    description: 'What became of the list.',
    fields: (t) => ({
      changed: t.int({ description: 'How many cards were changed.', resolve: countDone }),
      refused: t.int({
        description: 'How many rows were refused.',
        resolve: (outcomes) => outcomes.length - countDone(outcomes),
      }),
      outcomes: t.field({
        type: [CardChangeOutcome],
        description: 'One for each row, in the order they were given.',
        resolve: (outcomes) => outcomes,
      }),
    }),
  });

builder.mutationField('changeCards', (t) =>
  t.field({
    type: ChangeCardsPayload,
    description:
      'Locks, unlocks, activates or deactivates the cards of a list, each with an outcome of its own: a row that is refused holds up no other, and stays refused under its key. A row that is answered with OVERLOADED was not come to: send the same list again. For whole batches and runs of serials there are activateCards and deactivateCards.',
    errors: {
      types: [input.InvalidInput, recharges.IdempotencyKeyReused, recharges.Overloaded],
      union: {
        name: 'ChangeCardsResult',
        description: 'What became of the rows, or why the list was refused.',
      },
    },
    args: { input: t.arg({ type: ChangeCardsInput, required: true, description: 'The list.' }) },
    resolve: (_root, { input: { idempotencyKey, rows, ...given } }, context) => {
      const change = cardChange(given);
      const asked = [JSON.stringify(change), ...rows.map(({ key, card }) => JSON.stringify([key, card]))];
      return runBulkRows(
        { operation: 'changeCards', idempotencyKey, asked, rows },
        context,
        (card, _row, rowKey) =>
          context.writer.run(
            changeCommand(actorOf(context.viewer), { card, change, idempotencyKey: rowKey }),
          ),
      );
    },
  }),
);
