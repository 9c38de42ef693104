import * as commands from '../../domain/rejections/commands.ts';
import * as files from '../../domain/rejections/files.ts';
import * as input from '../../domain/rejections/input.ts';
import { RateBarsLifted, RateDeckRefused, RatePricesUnlikely } from '../../domain/rejections/rates.ts';
import type { ImportedRates } from '../../store/rates/imported-rates.ts';
import { checkRateDeck } from '../../store/rates/rate-import.ts';
import { builder } from '../core/builder.ts';
import { ImportRatesInput, rateImportOf } from './rate-deck-input.ts';
import { RateDeckColumn, RateDifference } from './rate-difference.ts';

const RateImportPreview = builder.objectRef<ImportedRates>('RateImportPreview').implement({
  description: 'What an import would do.',
  fields: (t) => ({
    imported: t.exposeInt('imported', { description: 'The number of rates it would import.' }),
    withdrawn: t.exposeInt('withdrawn', { description: 'The number of prefixes it would withdraw.' }),
    laterRatesDeleted: t.exposeInt('laterRatesDeleted', {
      description: 'The number of rates it would delete that are to begin with the replacement or later.',
    }),
    changed: t.exposeBoolean('changed', { description: 'Whether it would change anything.' }),
    difference: t.field({
      type: RateDifference,
      description: 'What it would change.',
      resolve: ({ difference }) => difference,
    }),
    columns: t.field({
      type: [RateDeckColumn],
      description: 'What became of each column of the deck.',
      resolve: ({ found }) => [...found.columns],
    }),
    notes: t.stringList({
      description: 'What the input declares and the deck says otherwise, in words.',
      resolve: ({ found }) => [...found.notes],
    }),
    sheet: t.string({
      nullable: true,
      description: 'The sheet that was read. Null for a text file.',
      resolve: ({ found }) => found.sheet,
    }),
    otherSheets: t.stringList({
      description: 'The other sheets that have rows, which are not read.',
      resolve: ({ found }) => [...found.otherSheets],
    }),
    encoding: t.string({
      nullable: true,
      description: 'The encoding that was found. Null for a workbook.',
      resolve: ({ found }) => found.encoding,
    }),
    skippedLines: t.int({
      description: 'The number of lines above the header that were skipped.',
      resolve: ({ found }) => found.skippedLines,
    }),
  }),
});

builder.queryField('importRatesPreview', (t) =>
  t.field({
    type: RateImportPreview,
    description: 'What importRates would do with the same input. It changes nothing.',
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        files.UploadGone,
        files.UploadNotReceived,
        RateDeckRefused,
        RatePricesUnlikely,
        RateBarsLifted,
        commands.Overloaded,
      ],
      union: { description: 'What would be done, or the reason why nothing would be imported.' },
    },
    args: { input: t.arg({ type: ImportRatesInput, required: true, description: 'The import.' }) },
    resolve: async (_root, { input: order }, context) => {
      const rateImport = await rateImportOf(order, context);
      const checked = await context.imports.take(() => checkRateDeck(context.database.sql, rateImport));
      if (checked.outcome === 'REFUSED') throw new RateDeckRefused(checked);
      return checked;
    },
  }),
);
