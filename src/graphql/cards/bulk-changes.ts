import * as access from '../../domain/rejections/access.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
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
import { inSlices } from '../core/sliced-list.ts';
import {
  BULK,
  countDone,
  LIST_KEY,
  ROW_KEY,
  ROWS,
  type RowOutcome,
  resultOf,
  runBulkRows,
} from './bulk-rows.ts';
import { CardReferenceValue } from './card-reference.ts';
import { CardStateEnum, LockReasonEnum } from './cards.ts';

const CardChangeEnum = builder.enumType('CardChange', {
  description: 'The change made to the cards of a list.',
  values: {
    LOCK: { description: 'Lock, like lockCard.' },
    UNLOCK: { description: 'Unlock, like unlockCard.' },
    ACTIVATE: { description: 'Activate, like activateCards.' },
    DEACTIVATE: { description: 'Deactivate, like deactivateCards.' },
  } satisfies Record<CardChange['kind'], { description: string }>,
});

const CardChangeRow = builder.inputType('CardChangeRow', {
  description: 'One card in the list.',
  fields: (t) => ({
    key: t.id({ required: true, description: ROW_KEY }),
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card to change.' }),
  }),
});

const ChangeCardsInput = builder.inputType('ChangeCardsInput', {
  description: 'A list of cards whose state is to be changed in the same way.',
  fields: (t) => ({
    idempotencyKey: t.id({ required: true, description: LIST_KEY }),
    change: t.field({ type: CardChangeEnum, required: true, description: 'The change to make.' }),
    lockReason: t.field({
      type: LockReasonEnum,
      description: 'The reason of the lock. Required with LOCK and not allowed otherwise.',
    }),
    unlockAt: t.field({
      type: 'DateTime',
      description: 'When the locks end automatically; only with LOCK. If omitted, they end only by UNLOCK.',
    }),
    note: t.string({
      description: 'A note for colleagues, up to 500 characters; only with LOCK and UNLOCK.',
    }),
    rows: t.field({ type: [CardChangeRow], required: true, description: ROWS }),
  }),
});

const ChangedCardType = builder.objectRef<ChangedCard>('ChangedCard').implement({
  description: 'The result for one card of the list. Repeating the request returns the same result.',
  fields: (t) => ({
    cardId: t.id({
      description: 'The global id of the card.',
      resolve: ({ cardId }) => toGlobalId('Card', cardId),
    }),
    serial: t.exposeString('serial', { description: 'The serial of the card.' }),
    state: t.field({
      type: CardStateEnum,
      description: 'The state immediately after the change.',
      resolve: ({ state }) => state,
    }),
  }),
});

const CardChangeOutcome = builder.objectRef<RowOutcome<ChangedCard>>('CardChangeOutcome').implement({
  description: 'The result of one row.',
  fields: (t) => ({
    key: t.exposeID('key', { description: 'The key of the row.' }),
    result: t.field({
      type: ChangedCardType,
      description: 'The changed card, or the reason why it was not changed.',
      errors: {
        types: [
          input.InvalidInput,
          input.NotFound,
          bindings.InvalidPhoneNumber,
          bindings.AmbiguousPhoneNumber,
          cards.CardAlreadyActive,
          cards.CardAlreadyLocked,
          cards.CardClosed,
          cards.CardDeactivated,
          cards.CardNotLocked,
          replacements.CardReplaced,
          replacements.FirstUseOver,
          access.NotAllowed,
          commands.Overloaded,
        ],
        union: { description: 'The changed card, or the reason why it was not changed.' },
      },
      resolve: resultOf,
    }),
  }),
});

const ChangeCardsPayload = builder
  .objectRef<readonly RowOutcome<ChangedCard>[]>('ChangeCardsPayload')
  .implement({
    description: 'The results of the list.',
    fields: (t) => ({
      changed: t.int({ description: 'The number of changed cards.', resolve: countDone }),
      refused: t.int({
        description: 'The number of refused rows.',
        resolve: (outcomes) => outcomes.length - countDone(outcomes),
      }),
      outcomes: t.field({
        type: [CardChangeOutcome],
        description: 'The result of each row, in input order.',
        resolve: inSlices,
      }),
    }),
  });

builder.mutationField('changeCards', (t) =>
  t.field({
    extensions: BULK,
    type: ChangeCardsPayload,
    description:
      'Locks, unlocks, activates or deactivates the cards of a list. Each row has its own result: a refused row does not affect the others, and stays refused under its key. A row with the result OVERLOADED was not processed; send the same list again. To change whole batches or ranges of serials, use activateCards and deactivateCards.',
    errors: {
      types: [input.InvalidInput, commands.IdempotencyKeyReused, commands.Overloaded],
      union: { description: 'The results of the rows, or the reason why the list was refused.' },
    },
    args: { input: t.arg({ type: ChangeCardsInput, required: true, description: 'The list.' }) },
    resolve: (_root, { input: { idempotencyKey, rows, ...given } }, context) => {
      const change = cardChange(given);
      return runBulkRows(
        {
          operation: 'changeCards',
          idempotencyKey,
          asked: [JSON.stringify(change)],
          askedOf: () => [],
          rows,
        },
        context,
        (card, _row, rowKey) =>
          context.writer.run(
            changeCommand(actorOf(context.viewer), { card, change, idempotencyKey: rowKey }),
          ),
      );
    },
  }),
);
