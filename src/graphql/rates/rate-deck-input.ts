import {
  DECK_HEADS,
  type DECK_PRESETS,
  type DeckColumn,
  type DeckColumnMap,
} from '../../domain/rates/deck/deck-preset.ts';
import { readIncrements } from '../../domain/rates/deck/increment-cell.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import { openUpload } from '../../store/files/uploads.ts';
import type { RateImport } from '../../store/rates/rate-import.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { ignoredColumns } from '../core/files.ts';
import { fromGlobalId } from '../core/global-id.ts';

const RateDeckColumns = builder.inputType('RateDeckColumns', {
  description: 'Column headers for a deck that does not use the default ones.',
  fields: (t) => {
    const header = (column: DeckColumn) =>
      t.string({ description: `The header that replaces \`${DECK_HEADS[column]}\`.` });
    return {
      prefix: header('prefix'),
      countryCode: header('countryCode'),
      areaCodes: header('areaCodes'),
      destination: header('destination'),
      ratePerMinute: header('ratePerMinute'),
      connectionFee: header('connectionFee'),
      initialIncrement: header('initialIncrement'),
      increment: header('increment'),
      increments: header('increments'),
      effectiveFrom: header('effectiveFrom'),
      effectiveTo: header('effectiveTo'),
      status: header('status'),
      barred: header('barred'),
      currency: header('currency'),
    };
  },
});

const RateDeckPreset = builder.enumType('RateDeckPreset', {
  description: 'The system that exported a deck.',
  values: {
    CARDLINE: { description: "Cardline's own columns." },
    A2BILLING: { description: "A2Billing's table cc_ratecard." },
    VOS3000: { description: "VOS3000's table e_feerate." },
  } satisfies Record<keyof typeof DECK_PRESETS, object>,
});

const RatePriceUnit = builder.enumType('RatePriceUnit', {
  description: 'What the prices of a deck are for.',
  values: {
    MINUTE: { description: 'A minute, in units of the currency.' },
    CENTS_PER_MINUTE: { description: 'A minute, in hundredths of the currency. Connection fees too.' },
    INCREMENT: { description: 'Each increment, in units of the currency.' },
  },
});

const DecimalMarkEnum = builder.enumType('DecimalMark', {
  description: 'What separates the decimals of the prices in a file.',
  values: { POINT: { description: '0.012' }, COMMA: { description: '0,012' } },
});

const DateOrderEnum = builder.enumType('DateOrder', {
  description: 'The order of day, month and year in dates in numbers.',
  values: {
    DMY: { description: '31/01/2026' },
    MDY: { description: '01/31/2026' },
    YMD: { description: '20260131' },
  },
});

export const ImportRatesInput = builder.inputType('ImportRatesInput', {
  description: 'The input for importRates.',
  fields: (t) => ({
    idempotencyKey: t.id({
      description:
        'A client-generated key, unique for each import. If omitted, the deck stands for it: its rates, the rate group, effectiveFrom and replace. Up to 255 characters.',
    }),
    again: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether a deck without a key is to be imported although it was imported before.',
    }),
    rateGroupId: t.id({ required: true, description: 'The rate group to import into.' }),
    uploadId: t.id({ required: true, description: 'The upload that received it.' }),
    preset: t.field({
      type: RateDeckPreset,
      defaultValue: 'CARDLINE',
      required: true,
      description: 'The system that exported the deck.',
    }),
    columns: t.field({ type: RateDeckColumns, description: 'Column headers other than the default ones.' }),
    ignoredColumns: t.stringList({
      description:
        'Headers of columns to ignore although they may bear on price, validity or barring. Without them such a deck is refused.',
    }),
    priceUnit: t.field({ type: RatePriceUnit, description: 'What prices are for. If omitted, a minute.' }),
    decimalMark: t.field({
      type: DecimalMarkEnum,
      description: 'If omitted, as the deck shows, and refused when it leaves that open.',
    }),
    dateOrder: t.field({
      type: DateOrderEnum,
      description: 'If omitted, dates in numbers must begin with their year.',
    }),
    increments: t.string({ description: 'The increments of a deck without such columns, such as "30/6".' }),
    sheet: t.string({
      description:
        'The sheet of a workbook. If omitted, the one that has the columns, and refused when another may bear on it.',
    }),
    headLine: t.int({ description: 'The line of the header. If omitted, the first that has the columns.' }),
    acceptPrices: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether to import prices that are far from those of the rate group.',
    }),
    liftBars: t.boolean({
      defaultValue: false,
      required: true,
      description:
        'Whether barred prefixes that the deck leaves out or deletes are to be sold again, at the price of a shorter prefix.',
    }),
    effectiveFrom: t.field({
      type: 'DateTime',
      description: 'The effective date of rows that have none. If omitted, now.',
    }),
    replace: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether prefixes missing from the deck are withdrawn as of the effective date.',
    }),
  }),
});

/**
 * The import that the input asks for.
 *
 * @throws InvalidInput, NotFound, UploadGone, UploadNotReceived
 */
export async function rateImportOf(
  order: typeof ImportRatesInput.$inferInput,
  { database, seal, viewer }: GraphContext,
): Promise<RateImport> {
  const linkId = fromGlobalId('Upload', order.uploadId);
  const rateGroupId = fromGlobalId('RateGroup', order.rateGroupId);
  const { chunks: source } = await openUpload(
    { sql: database.sql, seal },
    { linkId, actorId: viewer.actorId, purpose: 'UPLOAD_RATES' },
  );
  return {
    rateGroupId,
    source,
    reading: {
      preset: order.preset,
      columns: given(order.columns ?? {}),
      ignored: ignoredColumns(order.ignoredColumns ?? []),
      priceUnit: order.priceUnit ?? null,
      decimalMark: order.decimalMark ?? null,
      dateOrder: order.dateOrder ?? null,
      increments: incrementsOf(order.increments),
    },
    settings: { ...(order.sheet && { sheet: order.sheet }), ...headLineOf(order.headLine) },
    acceptPrices: order.acceptPrices,
    liftBars: order.liftBars,
    replace: order.replace,
    ...(order.effectiveFrom && { effectiveFrom: order.effectiveFrom }),
  };
}

function given(columns: typeof RateDeckColumns.$inferInput): DeckColumnMap {
  return Object.fromEntries(Object.entries(columns).filter(([, head]) => head)) as DeckColumnMap;
}

function incrementsOf(written: string | null | undefined) {
  if (!written) return null;
  const increments = readIncrements(written);
  if (increments) return increments;
  throw new InvalidInput({ field: 'increments', problem: 'must be two numbers of seconds such as "30/6".' });
}

function headLineOf(headLine: number | null | undefined): { headLine?: number } {
  if (headLine === null || headLine === undefined) return {};
  if (headLine >= 1) return { headLine };
  throw new InvalidInput({ field: 'headLine', problem: 'must be the number of a line, from 1.' });
}
