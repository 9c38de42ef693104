import { readUtcOffset } from '../../domain/imports/card-file-cells.ts';
import { CARD_FILE_HEADS, type CardColumn, type CardColumnMap } from '../../domain/imports/card-file-form.ts';
import * as files from '../../domain/rejections/files.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { identifier } from '../../domain/values/text.ts';
import { createUploadLink } from '../../store/files/upload-quota.ts';
import { openUpload } from '../../store/files/uploads.ts';
import { importUnderKey, orderCardImport } from '../../store/imports/card-imports.ts';
import { readTerms, termFields } from '../batches/batch-terms.ts';
import { builder } from '../core/builder.ts';
import { type NewLink, Upload } from '../core/files.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { CardImport, CardImportConnection } from './card-import-type.ts';

const LINK_SECONDS = 3600;

const CreateCardUploadPayload = builder.objectRef<NewLink>('CreateCardUploadPayload').implement({
  description: 'Where to upload the file.',
  fields: (t) => ({
    upload: t.field({ type: Upload, description: 'The upload link.', resolve: (link) => link }),
  }),
});

builder.mutationField('createCardUpload', (t) =>
  t.field({
    type: CreateCardUploadPayload,
    description:
      'Creates a link for uploading one card file (CSV, up to 256 MiB), valid for an hour. The file is stored encrypted. Then call importCards.',
    errors: {
      types: [files.UploadQuotaExceeded],
      union: { description: 'The link, or the reason why it was not created.' },
    },
    resolve: (_root, _args, { database, uploadQuota, viewer }) =>
      createUploadLink(database.sql, uploadQuota, {
        purpose: 'UPLOAD_CARDS',
        subject: {},
        maker: viewer,
        ttlSeconds: LINK_SECONDS,
      }),
  }),
);

const CardFilePresetEnum = builder.enumType('CardFilePreset', {
  description:
    'The system that wrote the file. docs/moving-in.md lists the columns of each and the query that exports them.',
  values: {
    CARDLINE: {
      description: 'The native format: the headers described by CardFileColumns, with states as words.',
    },
    VOS3000_STOCK: { description: 'Unused cards of VOS3000 (e_phonecard).' },
    VOS3000_ACTIVE: {
      description: 'Active cards of VOS3000 (e_activephonecard), joined with their accounts and numbers.',
    },
    A2BILLING: { description: 'Cards of A2Billing (cc_card), with the numbers of cc_callerid.' },
  } as const,
});

const COLUMNS: Readonly<Record<CardColumn, string>> = {
  serial: 'The serial. If the file has no such column, serials are generated.',
  pin: 'The PIN that callers enter.',
  password:
    'The password entered after the number, if cards have a number and a password; the two together become the PIN.',
  balance: 'The balance; for a card in stock, the amount that it receives at its first activation.',
  currency: 'If given, must be the currency of the batch.',
  state: 'inactive, active, locked, deactivated or expired; or the code used by the preset.',
  locked: '1 for an active card that is locked.',
  lockReason: 'OPERATOR (the default), SUSPECTED_FRAUD or REPORTED_LOST.',
  activatedAt: 'When the card was put into service.',
  firstUsedAt: 'When the card was first used.',
  expiresAt: 'The end of the validity; for an unused card, the last date of first use.',
  expiryMode:
    "A2Billing's expiry mode: 0 no end, 1 expires_at, 2 and 3 expiry_days from the first use and from creation.",
  expiryDays: 'The number of days for expiry modes 2 and 3.',
  createdAt: 'When the card was created, for expiry mode 3.',
  boundNumbers: 'Telephone numbers bound to the card, separated by semicolons.',
  usedAt:
    'For cards in stock: must be empty, 0 or NULL, because the balance of a used card is stored elsewhere.',
};

const CardFileColumns = builder.inputType('CardFileColumns', {
  description: "Overrides for the preset's column headers. A header that is given must exist in the file.",
  fields: (t) => {
    const head = (column: CardColumn) =>
      t.string({ description: `Instead of \`${CARD_FILE_HEADS[column]}\`. ${COLUMNS[column]}` });
    return {
      serial: head('serial'),
      pin: head('pin'),
      password: head('password'),
      balance: head('balance'),
      currency: head('currency'),
      state: head('state'),
      locked: head('locked'),
      lockReason: head('lockReason'),
      activatedAt: head('activatedAt'),
      firstUsedAt: head('firstUsedAt'),
      expiresAt: head('expiresAt'),
      expiryMode: head('expiryMode'),
      expiryDays: head('expiryDays'),
      createdAt: head('createdAt'),
      boundNumbers: head('boundNumbers'),
      usedAt: head('usedAt'),
    };
  },
});

const ImportedBatchInput = builder.inputType('ImportedBatchInput', {
  description: 'The batch for the imported cards. Its terms cannot be changed later.',
  fields: (t) => ({
    ...termFields(t),
    serialPrefix: t.string({
      defaultValue: '',
      required: true,
      description:
        'A prefix for each serial of the file, up to 8 characters of A-Z, 0-9 and "-". If the file has no serials, ten digits follow the prefix.',
    }),
  }),
});

const ImportCardsInput = builder.inputType('ImportCardsInput', {
  description: 'The input for importCards.',
  fields: (t) => ({
    idempotencyKey: t.id({
      required: true,
      description: `A client-generated key, unique for each import. Resending it returns the same import without a second effect. Up to 255 characters. ${KEY_RULE}`,
    }),
    uploadId: t.id({ required: true, description: 'The upload that received the file.' }),
    batch: t.field({ type: ImportedBatchInput, required: true, description: 'The batch to create.' }),
    preset: t.field({
      type: CardFilePresetEnum,
      defaultValue: 'CARDLINE',
      required: true,
      description: 'The system that wrote the file.',
    }),
    columns: t.field({ type: CardFileColumns, description: "Overrides for the preset's column headers." }),
    country: t.string({
      description:
        "ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted. If omitted, the server's default, if it has one.",
    }),
    bareNumbers: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether numbers start with their country code but have no plus sign: 3906….',
    }),
    utcOffset: t.string({
      defaultValue: 'Z',
      required: true,
      description: 'The UTC offset of times that have none, such as "+02:00".',
    }),
    acceptDensePins: t.boolean({
      defaultValue: false,
      required: true,
      description:
        'Whether to accept PINs that a random guess hits with a probability of one in a million or more. The whole system then allows fewer wrong PINs: see guessBudget.',
    }),
  }),
});

const ImportCardsPayload = builder.objectRef<{ id: string }>('ImportCardsPayload').implement({
  description: 'The import, in progress or finished.',
  fields: (t) => ({
    cardImport: t.drizzleField({
      type: CardImport,
      description: 'The import. Subscribe to cardImportProgress to follow it.',
      resolve: (query, { id }, _args, { database }) =>
        database.drizzle.query.cardImports.findFirst(query({ where: { id } })) as never,
    }),
  }),
});

builder.mutationField('importCards', (t) =>
  t.field({
    type: ImportCardsPayload,
    description:
      'Imports an uploaded card file into a new batch. If any row is invalid, nothing is imported. Returns immediately; the file is checked and written in the background.',
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        files.UploadNotReceived,
        files.UploadUsed,
        recharges.CurrencyMismatch,
        recharges.IdempotencyKeyReused,
        partners.RateGroupNotAllowed,
      ],
      union: { description: 'The import, or the reason why it was not started.' },
    },
    args: { input: t.arg({ type: ImportCardsInput, required: true, description: 'The import.' }) },
    resolve: async (_root, { input: request }, { database, seal, defaultCountry, importOrdered, viewer }) => {
      const { idempotencyKey, batch, preset, columns, country, bareNumbers, utcOffset } = request;
      identifier('idempotencyKey', idempotencyKey);
      const { sql } = database;
      const { actorId } = viewer;
      const uploadId = fromGlobalId('Upload', request.uploadId);
      const order = {
        terms: { ...readTerms(batch), serialPrefix: batch.serialPrefix },
        reading: {
          preset,
          columns: given(columns ?? {}),
          country: country ?? defaultCountry,
          hasBareNumbers: bareNumbers,
          utcOffset: readUtcOffset(utcOffset),
        },
        acceptsDensePins: request.acceptDensePins,
      };
      const known = await importUnderKey(sql, { idempotencyKey, order, uploadId });
      if (known) return { id: known };
      const link = { linkId: uploadId, actorId, purpose: 'UPLOAD_CARDS' } as const;
      const { size } = await openUpload({ sql, seal }, link);
      const id = await orderCardImport(sql, { order, idempotencyKey, uploadId, size, actorId });
      importOrdered();
      return { id };
    },
  }),
);

/** @throws InvalidInput */
function given(columns: typeof CardFileColumns.$inferInput): CardColumnMap {
  return Object.fromEntries(Object.entries(columns).filter(([, head]) => head)) as CardColumnMap;
}

builder.queryField('cardImports', (t) =>
  t.drizzleConnection(
    {
      type: 'cardImports',
      description: 'Card imports, newest first.',
      resolve: (query, _root, _args, { database }) =>
        database.drizzle.query.cardImports.findMany(query({ orderBy: { id: 'desc' } })),
    },
    CardImportConnection,
  ),
);
