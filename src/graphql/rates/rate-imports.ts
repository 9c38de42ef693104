import type { DeckProblem } from '../../domain/files/rate-deck-problem.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as files from '../../domain/rejections/files.ts';
import * as input from '../../domain/rejections/input.ts';
import * as rates from '../../domain/rejections/rates.ts';
import { createUploadLink } from '../../store/files/upload-quota.ts';
import type { ImportedRates } from '../../store/rates/imported-rates.ts';
import { importRatesWithEvent } from '../../store/rates/rate-import-event.ts';
import { builder } from '../core/builder.ts';
import { number, registerRejection } from '../core/errors.ts';
import { type NewLink, Upload } from '../core/files.ts';
import { ImportRatesInput, rateImportOf } from './rate-deck-input.ts';
import { RateBarChange, RateDeckColumn, RateDifference } from './rate-difference.ts';
import { RateGroup } from './rate-types.ts';

registerRejection(
  rates.NoRateForNumber,
  'No prefix of the rate group matches the number, or none is in effect.',
  { number, rateGroup: 'The name of the rate group.' },
);
registerRejection(
  rates.RatePricesUnlikely,
  'The prices are far from those of the rate group and may be in another unit. Nothing was imported.',
  {
    deckMedian: { type: 'Decimal', description: "The median of the deck's prices per minute." },
    listMedian: { type: 'Decimal', description: "The median of the rate group's." },
  },
);
registerRejection(
  rates.RateBarsLifted,
  'Prefixes that are barred would be sold again because the deck leaves them out or deletes them. Nothing was imported.',
  { prefixCount: { type: 'Int', description: 'The number of these prefixes.' } },
);
registerRejection(
  rates.RowsSentBefore,
  'The same deck was imported into the rate group before, and another one since. Nothing was imported.',
  { importedAt: 'When it was imported last, in ISO 8601 and UTC.' },
);
registerRejection(rates.RateDeckRefused, 'The deck has invalid rows. Nothing was imported.', {
  problemCount: { type: 'Int', description: 'The number of problems found.' },
  rowCount: { type: 'Int', description: 'The number of rows read.' },
});

const CreateRateUploadPayload = builder.objectRef<NewLink>('CreateRateUploadPayload').implement({
  description: 'Where to upload the deck.',
  fields: (t) => ({
    upload: t.field({ type: Upload, description: 'The upload link.', resolve: (link) => link }),
  }),
});

builder.mutationField('createRateUpload', (t) =>
  t.field({
    type: CreateRateUploadPayload,
    description:
      'Creates a link for uploading one rate deck (CSV or XLSX, up to 128 MiB), valid for an hour. Then call importRates.',
    errors: {
      types: [files.UploadQuotaExceeded],
      union: { description: 'The link, or the reason why it was not created.' },
    },
    resolve: (_root, _args, { database, uploadQuota, viewer }) =>
      createUploadLink(database.sql, uploadQuota, {
        purpose: 'UPLOAD_RATES',
        subject: {},
        maker: viewer,
      }),
  }),
);

const ImportRatesPayload = builder.objectRef<ImportedRates>('ImportRatesPayload').implement({
  description: 'The result of the import.',
  fields: (t) => ({
    imported: t.exposeInt('imported', {
      description:
        'The number of imported rates, which is all of the deck: a row with several prefixes has several.',
    }),
    withdrawn: t.exposeInt('withdrawn', { description: 'The number of prefixes withdrawn.' }),
    laterRatesDeleted: t.exposeInt('laterRatesDeleted', {
      description: 'The number of rates that were to begin with the replacement or later and were deleted.',
    }),
    changed: t.exposeBoolean('changed', {
      description: 'Whether it changed anything: otherwise there is no new version and no event.',
    }),
    difference: t.field({
      type: RateDifference,
      description: 'What the import changed.',
      resolve: ({ difference }) => difference,
    }),
    columns: t.field({
      type: [RateDeckColumn],
      description: 'What became of each column of the deck.',
      resolve: ({ found }) => [...found.columns],
    }),
    rateGroup: t.drizzleField({
      type: RateGroup,
      description: 'The rate group in its current state.',
      resolve: (query, { rateGroupId }, _args, { database }) =>
        database.drizzle.query.rateGroups.findFirst(query({ where: { id: rateGroupId } })) as never,
    }),
  }),
});

const RateDeckProblem = builder.objectRef<DeckProblem>('RateDeckProblem').implement({
  description: 'A problem in a deck.',
  fields: (t) => ({
    line: t.exposeInt('line', { description: 'The line number in the file; the header is line 1.' }),
    column: t.exposeString('column', {
      nullable: true,
      description: 'The column header. Null if the problem concerns the whole line.',
    }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'The offending value, at most 40 characters.',
    }),
    code: t.exposeString('code', { description: 'A machine-readable code for the problem.' }),
    message: t.exposeString('message', {
      description: 'A human-readable message that says what to write instead.',
    }),
  }),
});

builder.objectField(rates.RateBarsLifted, 'bars', (t) =>
  t.field({
    type: [RateBarChange],
    description: 'The prefixes, at most the first 1,000.',
    resolve: ({ bars }) => [...bars],
  }),
);

builder.objectField(rates.RateDeckRefused, 'problems', (t) =>
  t.field({
    type: [RateDeckProblem],
    description: 'The problems by line, at most the first 1,000.',
    resolve: (refused) => [...refused.problems],
  }),
);

builder.mutationField('importRates', (t) =>
  t.field({
    type: ImportRatesPayload,
    description:
      'Imports an uploaded deck. If any row is invalid, nothing is imported. The same deck in whatever form it is saved is the same import: sent again it returns the first result without a second effect.',
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        files.UploadGone,
        files.UploadNotReceived,
        rates.RateDeckRefused,
        rates.RowsSentBefore,
        rates.RatePricesUnlikely,
        rates.RateBarsLifted,
        commands.IdempotencyKeyReused,
        commands.Overloaded,
      ],
      union: { description: 'The result of the import, or the reason why nothing was imported.' },
    },
    args: { input: t.arg({ type: ImportRatesInput, required: true, description: 'The import.' }) },
    resolve: async (_root, { input: order }, context) => {
      const deck = await rateImportOf(order, context);
      const { rateGroupId } = deck;
      const identity = { key: keyOf(order.idempotencyKey), again: order.again };
      const { database, imports, rateBook, viewer } = context;
      const imported = await imports.take(() =>
        importRatesWithEvent(database.sql, { ...deck, identity }, viewer.actorId),
      );
      rateBook.invalidate(rateGroupId);
      return imported;
    },
  }),
);

/** @throws InvalidInput */
function keyOf(key: string | number | null | undefined): string | null {
  if (key === null || key === undefined) return null;
  if (String(key).length >= 1 && String(key).length <= 255) return String(key);
  const problem = 'must have 1 to 255 characters, a UUID for example.';
  throw new input.InvalidInput({ field: 'idempotencyKey', problem });
}
