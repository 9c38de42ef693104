import { readUtcOffset } from '../../domain/imports/card-file-cells.ts';
import { CARD_FILE_HEADS, type CardColumn, type CardColumnMap } from '../../domain/imports/card-file-form.ts';
import * as files from '../../domain/rejections/files.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { createUploadLink } from '../../store/files/upload-quota.ts';
import { openUpload } from '../../store/files/uploads.ts';
import { importUnderKey, orderCardImport } from '../../store/imports/card-imports.ts';
import { readTerms, termFields } from '../batches/batch-terms.ts';
import { builder } from '../core/builder.ts';
import { type NewLink, Upload } from '../core/files.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { CardImport, CardImportConnection } from './card-import-type.ts';

const LINK_SECONDS = 3600;

const CreateCardUploadPayload = builder.objectRef<NewLink>('CreateCardUploadPayload').implement({
  description: 'Where to send the file.',
  fields: (t) => ({
    upload: t.field({ type: Upload, description: 'The place.', resolve: (link) => link }),
  }),
});

builder.mutationField('createCardUpload', (t) =>
  t.field({
    type: CreateCardUploadPayload,
    description:
      'Makes a link to which one file of cards (CSV, up to 256 MiB) can be sent, for an hour. It lies here sealed. Then call importCards.',
    errors: {
      types: [files.UploadQuotaExceeded],
      union: { name: 'CreateCardUploadResult', description: 'The link, or why there is none.' },
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
    'Which system wrote the file. docs/moving-in.md has the columns of each and the query that exports them.',
  values: {
    CARDLINE: { description: 'Ours: the heads that CardFileColumns names, states in words.' },
    VOS3000_STOCK: { description: 'Cards of VOS3000 that were not used yet (e_phonecard).' },
    VOS3000_ACTIVE: {
      description: 'Cards of VOS3000 in use (e_activephonecard), joined with their accounts and numbers.',
    },
    A2BILLING: { description: 'Cards of A2Billing (cc_card), with the numbers of cc_callerid.' },
  } as const,
});

const COLUMNS: Readonly<Record<CardColumn, string>> = {
  serial: 'The serial. A file without it has serials given to its cards.',
  pin: 'What callers key.',
  password: 'What they key after it, if cards have a number and a password: the two together become the PIN.',
  balance: 'What is on the card; of one in stock, what it gets at its first activation.',
  currency: "Must be the batch's wherever it is written.",
  state: 'inactive, active, locked, deactivated or expired; or the code of the preset.',
  locked: '1 for an active card that is locked.',
  lockReason: 'OPERATOR (unless it says otherwise), SUSPECTED_FRAUD or REPORTED_LOST.',
  activatedAt: 'When it was put into service.',
  firstUsedAt: 'When it was used for the first time.',
  expiresAt: 'The end of its validity; of a card not yet used, its last date of first use.',
  expiryMode:
    "A2Billing's: 0 no end, 1 expires_at, 2 and 3 expiry_days from the first use and from creation.",
  expiryDays: 'Days, for those modes.',
  createdAt: 'When it was made, for mode 3.',
  boundNumbers: 'Telephone numbers that stand for it, separated by semicolons.',
  usedAt: 'Of stock: must be empty, 0 or NULL, for a used card has its money elsewhere.',
};

const CardFileColumns = builder.inputType('CardFileColumns', {
  description:
    'The heads of a file whose columns have other names than the preset says. What is named must be there.',
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
  description: 'The batch that the cards of a file go into. Its terms never change afterwards.',
  fields: (t) => ({
    ...termFields(t),
    serialPrefix: t.string({
      defaultValue: '',
      required: true,
      description:
        'Put before each serial of the file, up to 8 of A-Z, 0-9 and "-"; where the file has none, ten digits follow.',
    }),
  }),
});

const ImportCardsInput = builder.inputType('ImportCardsInput', {
  description: 'A file of cards to be taken over from another system.',
  fields: (t) => ({
    idempotencyKey: t.id({
      required: true,
      description:
        'Yours, unique for each import: sent again it names the same import and has no second effect. Up to 255 characters.',
    }),
    uploadId: t.id({ required: true, description: 'The upload that received the file.' }),
    batch: t.field({ type: ImportedBatchInput, required: true, description: 'The batch made for it.' }),
    preset: t.field({
      type: CardFilePresetEnum,
      defaultValue: 'CARDLINE',
      required: true,
      description: 'Which system wrote it.',
    }),
    columns: t.field({ type: CardFileColumns, description: "Other heads than the preset's." }),
    country: t.string({
      description:
        "In whose plan national numbers are read (ISO 3166-1 alpha-2). Left out: the server's own, if it has one.",
    }),
    bareNumbers: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether numbers begin with their country code and have no plus: 3906….',
    }),
    utcOffset: t.string({
      defaultValue: 'Z',
      required: true,
      description: 'Of times that have none of their own, such as "+02:00".',
    }),
    acceptDensePins: t.boolean({
      defaultValue: false,
      required: true,
      description:
        'Whether to take PINs over that a random guess hits with a chance of a millionth or more. The whole system then allows fewer wrong PINs: see guessBudget.',
    }),
  }),
});

const ImportCardsPayload = builder.objectRef<{ id: string }>('ImportCardsPayload').implement({
  description: 'The import, under way or ended.',
  fields: (t) => ({
    cardImport: t.drizzleField({
      type: CardImport,
      description: 'The import. Watch cardImportProgress.',
      resolve: (query, { id }, _args, { database }) =>
        database.drizzle.query.cardImports.findFirst(query({ where: { id } })) as never,
    }),
  }),
});

builder.mutationField('importCards', (t) =>
  t.field({
    type: ImportCardsPayload,
    description:
      'Takes over a file of cards that was sent to an upload link, into a batch made for it: all of it, or nothing when a row is bad. Answers at once; the file is checked and written in the background.',
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
      union: { name: 'ImportCardsResult', description: 'The import, or why there is none.' },
    },
    args: { input: t.arg({ type: ImportCardsInput, required: true, description: 'The import.' }) },
    resolve: async (_root, { input: asked }, { database, seal, defaultCountry, importOrdered, viewer }) => {
      const { idempotencyKey, batch, preset, columns, country, bareNumbers, utcOffset } = asked;
      refuseUnlessKey(idempotencyKey);
      const { sql } = database;
      const { actorId } = viewer;
      const uploadId = fromGlobalId('Upload', asked.uploadId);
      const order = {
        terms: { ...readTerms(batch), serialPrefix: batch.serialPrefix },
        reading: {
          preset,
          columns: given(columns ?? {}),
          country: country ?? defaultCountry,
          hasBareNumbers: bareNumbers,
          utcOffset: readUtcOffset(utcOffset),
        },
        acceptsDensePins: asked.acceptDensePins,
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
function refuseUnlessKey(key: string): void {
  if (key.length > 0 && key.length <= 255) return;
  const problem = 'must have 1 to 255 characters, a UUID for example.';
  throw new input.InvalidInput({ field: 'idempotencyKey', problem });
}

function given(columns: typeof CardFileColumns.$inferInput): CardColumnMap {
  return Object.fromEntries(Object.entries(columns).filter(([, head]) => head)) as CardColumnMap;
}

builder.queryField('cardImports', (t) =>
  t.drizzleConnection(
    {
      type: 'cardImports',
      description: 'Imports of cards, newest first.',
      resolve: (query, _root, _args, { database }) =>
        database.drizzle.query.cardImports.findMany(query({ orderBy: { id: 'desc' } })),
    },
    CardImportConnection,
  ),
);
