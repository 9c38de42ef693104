import type { DeckProblem } from '../../domain/files/rate-deck-problem.ts';
import type { DeckColumnMap } from '../../domain/rates/rate-deck-head.ts';
import * as files from '../../domain/rejections/files.ts';
import * as input from '../../domain/rejections/input.ts';
import { RateDeckRefused } from '../../domain/rejections/rates.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { createUploadLink } from '../../store/files/upload-quota.ts';
import { openUpload } from '../../store/files/uploads.ts';
import type { ImportedRates, RateImport } from '../../store/rates/rate-import.ts';
import { importRatesWithEvent } from '../../store/rates/rate-import-event.ts';
import { builder } from '../core/builder.ts';
import { type NewLink, Upload } from '../core/files.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { RateGroup } from './rate-types.ts';

const LINK_SECONDS = 3600;

const CreateRateUploadPayload = builder.objectRef<NewLink>('CreateRateUploadPayload').implement({
  description: 'Where to send the deck.',
  fields: (t) => ({
    upload: t.field({ type: Upload, description: 'The place.', resolve: (link) => link }),
  }),
});

builder.mutationField('createRateUpload', (t) =>
  t.field({
    type: CreateRateUploadPayload,
    description:
      'Makes a link to which one rate deck (CSV, up to 128 MiB) can be sent, for an hour. Then call importRates.',
    errors: {
      types: [files.UploadQuotaExceeded],
      union: { name: 'CreateRateUploadResult', description: 'The link, or why there is none.' },
    },
    resolve: (_root, _args, { database, uploadQuota, viewer }) =>
      createUploadLink(database.sql, uploadQuota, {
        purpose: 'UPLOAD_RATES',
        subject: {},
        maker: viewer,
        ttlSeconds: LINK_SECONDS,
      }),
  }),
);

const RateDeckColumns = builder.inputType('RateDeckColumns', {
  description: 'The heads of a deck whose columns have other names.',
  fields: (t) => ({
    prefix: t.string({ description: 'Instead of `prefix`.' }),
    destination: t.string({ description: 'Instead of `destination`.' }),
    ratePerMinute: t.string({ description: 'Instead of `rate_per_minute`.' }),
    connectionFee: t.string({ description: 'Instead of `connection_fee`.' }),
    initialIncrement: t.string({ description: 'Instead of `initial_increment`.' }),
    increment: t.string({ description: 'Instead of `increment`.' }),
    effectiveFrom: t.string({ description: 'Instead of `effective_from`.' }),
  }),
});

const ImportRatesInput = builder.inputType('ImportRatesInput', {
  description: 'A deck to be imported.',
  fields: (t) => ({
    rateGroupId: t.id({ required: true, description: 'The price list it goes into.' }),
    uploadId: t.id({ required: true, description: 'The upload that received it.' }),
    columns: t.field({ type: RateDeckColumns, description: 'Other heads than the usual ones.' }),
    effectiveFrom: t.field({
      type: 'DateTime',
      description: 'For rows without a date of their own. Left out: now.',
    }),
    replace: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether prefixes that the deck does not name are withdrawn from then on.',
    }),
  }),
});

const ImportRatesPayload = builder.objectRef<ImportedRates>('ImportRatesPayload').implement({
  description: 'What the import did.',
  fields: (t) => ({
    imported: t.exposeInt('imported', { description: 'Rows of the deck, all of them.' }),
    withdrawn: t.exposeInt('withdrawn', { description: 'Prefixes that are no longer offered.' }),
    rateGroup: t.drizzleField({
      type: RateGroup,
      description: 'The price list as it is now.',
      resolve: (query, { rateGroupId }, _args, { database }) =>
        database.drizzle.query.rateGroups.findFirst(query({ where: { id: rateGroupId } })) as never,
    }),
  }),
});

const RateDeckProblem = builder.objectRef<DeckProblem>('RateDeckProblem').implement({
  description: 'One thing to mend in a deck.',
  fields: (t) => ({
    line: t.exposeInt('line', { description: 'As an editor counts: the head is line 1.' }),
    column: t.exposeString('column', {
      nullable: true,
      description: 'The head of the column. Null: the whole line.',
    }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'What stands there, at most 40 characters.',
    }),
    code: t.exposeString('code', { description: 'What is wrong, for programs.' }),
    message: t.exposeString('message', { description: 'What to write instead, for people.' }),
  }),
});

builder.objectField(RateDeckRefused, 'problems', (t) =>
  t.field({
    type: [RateDeckProblem],
    description: 'The problems by line, the first 1,000 of them.',
    resolve: (refused) => [...refused.problems],
  }),
);

builder.mutationField('importRates', (t) =>
  t.field({
    type: ImportRatesPayload,
    description: 'Imports a deck that was sent to an upload link: all of it, or nothing when a row is bad.',
    errors: {
      types: [
        input.InvalidInput,
        input.NotFound,
        files.UploadGone,
        files.UploadNotReceived,
        RateDeckRefused,
        recharges.Overloaded,
      ],
      union: { name: 'ImportRatesResult', description: 'What the import did, or why nothing was imported.' },
    },
    args: { input: t.arg({ type: ImportRatesInput, required: true, description: 'The import.' }) },
    resolve: async (_root, { input: order }, { database, seal, imports, rateBook, viewer }) => {
      const linkId = fromGlobalId('Upload', order.uploadId);
      const rateGroupId = fromGlobalId('RateGroup', order.rateGroupId);
      const { chunks: source } = await openUpload(
        { sql: database.sql, seal },
        { linkId, actorId: viewer.actorId, purpose: 'UPLOAD_RATES' },
      );
      const deck: RateImport = {
        rateGroupId,
        source,
        columns: given(order.columns ?? {}),
        replace: order.replace,
        ...(order.effectiveFrom && { effectiveFrom: order.effectiveFrom }),
      };
      const imported = await imports.take(() => importRatesWithEvent(database.sql, deck, viewer.actorId));
      rateBook.invalidate(rateGroupId);
      return imported;
    },
  }),
);

function given(columns: typeof RateDeckColumns.$inferInput): DeckColumnMap {
  return Object.fromEntries(Object.entries(columns).filter(([, head]) => head)) as DeckColumnMap;
}
