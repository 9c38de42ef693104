import { readUtcOffset } from '../../domain/imports/card-file-cells.ts';
import { CARD_FILE_HEADS, type CardColumn, type ExpiredCards } from '../../domain/imports/card-file-form.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as files from '../../domain/rejections/files.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import { identifier } from '../../domain/values/text.ts';
import { createUploadLink } from '../../store/files/upload-quota.ts';
import { openUpload } from '../../store/files/uploads.ts';
import { readContent } from '../../store/imports/card-file-content.ts';
import { importUnderKey, orderCardImport } from '../../store/imports/card-imports.ts';
import { readTerms, termFields } from '../batches/batch-terms.ts';
import { builder } from '../core/builder.ts';
import { ignoredColumns, type NewLink, Upload } from '../core/files.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { CardImport, CardImportConnection } from './card-import-type.ts';

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
  enabled: '0 for an active card that is out of service: it is imported as deactivated.',
  locked: '1 for an active card that is locked.',
  lockReason: 'OPERATOR (the default), SUSPECTED_FRAUD or REPORTED_LOST.',
  activatedAt: 'When the card was put into service.',
  firstUsedAt: 'When the card was first used.',
  expiresAt: 'The end of the validity; for an unused card, the last date of first use.',
  expiryMode:
    "A2Billing's expiry mode: 0 no end, 1 expires_at, 2 and 3 expiry_days from the first use and from creation.",
  expiryDays: 'The number of days for expiry modes 2 and 3.',
  createdAt: 'When the card was created, for expiry mode 3.',
  validityDays:
    'The days of validity from the first use, if they differ from those of the batch; 0 or -1 if the first use begins none.',
  graceDays: 'The days of grace, if they differ from those of the batch.',
  maxNumbers: 'The maximum of bound numbers, if it differs from that of the batch.',
  maxCalls: 'The maximum of concurrent calls, if it differs from that of the batch.',
  manyCalls:
    '0 for a card that may have one call at a time, whatever `max_calls` says; 1 if `max_calls` applies.',
  boundNumbers: 'Telephone numbers bound to the card, separated by semicolons.',
  numbersActive: 'For each of these numbers 1 or 0: a number that is out of use is not bound.',
  cardType: 'The type of the card, by any name. All cards that one import takes must have the same.',
  rateGroup:
    'The price list of the card in the other system. All cards that one import takes must have the same.',
  partner: 'The seller of the card in the other system. All cards that one import takes must have the same.',
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
      enabled: head('enabled'),
      locked: head('locked'),
      lockReason: head('lockReason'),
      activatedAt: head('activatedAt'),
      firstUsedAt: head('firstUsedAt'),
      expiresAt: head('expiresAt'),
      expiryMode: head('expiryMode'),
      expiryDays: head('expiryDays'),
      createdAt: head('createdAt'),
      validityDays: head('validityDays'),
      graceDays: head('graceDays'),
      maxNumbers: head('maxNumbers'),
      maxCalls: head('maxCalls'),
      manyCalls: head('manyCalls'),
      boundNumbers: head('boundNumbers'),
      numbersActive: head('numbersActive'),
      cardType: head('cardType'),
      rateGroup: head('rateGroup'),
      partner: head('partner'),
      usedAt: head('usedAt'),
    };
  },
});

const ExpiredCardsEnum = builder.enumType('ExpiredCards', {
  description:
    'What becomes of cards that are expired when they come in: they would be closed at once and what is on them forfeited.',
  values: {
    REFUSE: { description: 'Each is a problem of the file.' },
    LEAVE_OUT: { description: 'They are not imported, and are counted in `totals.leftOut`.' },
    FORFEIT: { description: 'They are imported, closed, and what is on them is forfeited.' },
  } satisfies Record<ExpiredCards, { description: string }>,
});

const CardFileSelection = builder.inputType('CardFileSelection', {
  description:
    'The cards of a file of several kinds that an import takes, by what the columns say. The others are left out.',
  fields: (t) => ({
    cardType: t.string({ description: 'The value of the column of the type.' }),
    rateGroup: t.string({ description: 'The value of the column of the price list.' }),
    partner: t.string({ description: 'The value of the column of the seller.' }),
  }),
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
    ignoredColumns: t.stringList({
      description:
        'Headers of columns not to be read although they may bear on price, validity, barring or limits. Without them a file whose column of this kind says something is refused (UNREAD_COLUMN).',
    }),
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
    dryRun: t.boolean({
      defaultValue: false,
      required: true,
      description:
        'Whether only to check the file and to count what it brings in (`CardImport.totals`). The upload is kept for the import itself, which needs a key of its own.',
    }),
    expired: t.field({
      type: ExpiredCardsEnum,
      defaultValue: 'REFUSE',
      required: true,
      description: 'What becomes of cards that are expired when they come in.',
    }),
    negativeAsZero: t.boolean({
      defaultValue: false,
      required: true,
      description:
        'Whether balances below zero are taken over as zero; `CardImport.notes` lists them. Otherwise they are problems.',
    }),
    only: t.field({
      type: CardFileSelection,
      description: 'The cards to take, from a file of several types, price lists or sellers.',
    }),
    currency: t.field({
      type: 'CurrencyCode',
      description:
        "The currency of the balances, such as A2Billing's base currency. It must be the batch's: amounts are never converted.",
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
      'Imports an uploaded card file into a new batch, or with dryRun checks it. If any row is invalid, nothing is imported. No card is closed and no balance forfeited by it unless the request says so. Returns immediately; the file is checked and written in the background.',
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        files.UploadGone,
        files.UploadNotReceived,
        files.UploadUsed,
        input.CurrencyMismatch,
        commands.IdempotencyKeyReused,
        commands.Overloaded,
        partners.RateGroupNotAllowed,
      ],
      union: { description: 'The import, or the reason why it was not started.' },
    },
    args: { input: t.arg({ type: ImportCardsInput, required: true, description: 'The import.' }) },
    resolve: async (_root, { input: request }, context) => {
      const { database, seal, defaultCountry, importOrdered, viewer } = context;
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
          ignored: ignoredColumns(request.ignoredColumns ?? []),
          country: country ?? defaultCountry,
          hasBareNumbers: bareNumbers,
          utcOffset: readUtcOffset(utcOffset),
          balanceCurrency: request.currency ?? null,
          negativeAsZero: request.negativeAsZero,
          only: given(request.only ?? {}),
          expired: request.expired,
        },
        acceptsDensePins: request.acceptDensePins,
        isCheck: request.dryRun,
      };
      const link = { linkId: uploadId, actorId, purpose: 'UPLOAD_CARDS' } as const;
      // One at a time: a whole file is read, to know whether it says the same as the one sent before.
      const contentOf = (known: typeof order, id: string | null) =>
        context.imports.take(async () => {
          const { chunks } = await openUpload({ sql, seal }, { ...link, linkId: id ?? '' });
          return readContent(context.pinKeys, known, chunks(sql));
        });
      const asked = { order, idempotencyKey, uploadId, contentOf };
      const known = await importUnderKey(sql, asked);
      if (known) return { id: known };
      const { size } = await openUpload({ sql, seal }, link);
      const id = await orderCardImport(sql, { ...asked, size, actorId });
      importOrdered();
      return { id };
    },
  }),
);

/** Without the fields that are null or empty. */
function given<Key extends string>(
  fields: Partial<Record<Key, string | null | undefined>>,
): Partial<Record<Key, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Partial<
    Record<Key, string>
  >;
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
