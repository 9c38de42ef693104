import type { ColumnUse } from '../../domain/rates/deck/deck-head.ts';
import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import type { BarChange } from '../../domain/rejections/rates.ts';
import type {
  DestinationChange,
  RateChangeCounts,
  RateDifference as RateDifferenceRow,
} from '../../store/rates/rate-difference.ts';
import { builder } from '../core/builder.ts';

const COUNTS: Readonly<Record<keyof RateChangeCounts, string>> = {
  added: 'Prefixes that were not offered.',
  removed: 'Prefixes that are withdrawn or barred.',
  dearer: 'Prefixes of which price, fee and increments are none lower and some higher.',
  cheaper: 'Prefixes of which price, fee and increments are none higher and some lower.',
  mixed: 'Prefixes of which some are higher and some lower.',
  unchanged: 'Prefixes whose price, fee and increments stay as they are.',
};

const DestinationRateChange = builder.objectRef<DestinationChange>('DestinationRateChange').implement({
  description: 'What a deck changes for one destination. Prices are per minute.',
  fields: (t) => ({
    destination: t.exposeString('destination', { description: 'The destination.' }),
    added: t.exposeInt('added', { description: COUNTS.added }),
    removed: t.exposeInt('removed', { description: COUNTS.removed }),
    dearer: t.exposeInt('dearer', { description: COUNTS.dearer }),
    cheaper: t.exposeInt('cheaper', { description: COUNTS.cheaper }),
    mixed: t.exposeInt('mixed', { description: COUNTS.mixed }),
    unchanged: t.exposeInt('unchanged', { description: COUNTS.unchanged }),
    lowestBefore: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The lowest price until then; null if it was not offered.',
      resolve: ({ lowestBefore }) => price(lowestBefore),
    }),
    highestBefore: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The highest price until then; null if it was not offered.',
      resolve: ({ highestBefore }) => price(highestBefore),
    }),
    lowestAfter: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The lowest price from then on; null if it is not offered.',
      resolve: ({ lowestAfter }) => price(lowestAfter),
    }),
    highestAfter: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The highest price from then on; null if it is not offered.',
      resolve: ({ highestAfter }) => price(highestAfter),
    }),
  }),
});

export const RateBarChange = builder.objectRef<BarChange>('RateBarChange').implement({
  description: 'A prefix that a deck begins or ceases to bar.',
  fields: (t) => ({
    prefix: t.exposeString('prefix', { description: 'The prefix.' }),
    destination: t.exposeString('destination', { description: 'The destination.' }),
    effectiveFrom: t.expose('effectiveFrom', { type: 'DateTime', description: 'From when on.' }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description:
        'What a minute costs from then on; of a newly barred prefix, what it cost until then. A shorter prefix may price it.',
      resolve: ({ ratePer1e8Minute }) => formatRatePer1e8Minute(ratePer1e8Minute),
    }),
    isPriced: t.exposeBoolean('isPriced', {
      description:
        'Of a lifted bar: whether the deck prices what was barred, rather than to leave it to a shorter prefix.',
    }),
  }),
});

export const RateDifference = builder.objectRef<RateDifferenceRow>('RateDifference').implement({
  description:
    'What a deck changes in a rate group. Each rate is compared with the one in effect at its date, or before it in the deck.',
  fields: (t) => ({
    added: t.exposeInt('added', { description: COUNTS.added }),
    removed: t.exposeInt('removed', { description: COUNTS.removed }),
    dearer: t.exposeInt('dearer', { description: COUNTS.dearer }),
    cheaper: t.exposeInt('cheaper', { description: COUNTS.cheaper }),
    mixed: t.exposeInt('mixed', { description: COUNTS.mixed }),
    unchanged: t.exposeInt('unchanged', { description: COUNTS.unchanged }),
    ineffective: t.exposeInt('ineffective', {
      description:
        'Rates of the deck that change nothing: the prefix has their terms, end and destination already.',
    }),
    liftedBarCount: t.int({
      description: 'Prefixes that were barred and are callable from then on.',
      resolve: ({ bars }) => bars.liftedCount,
    }),
    liftedBars: t.field({
      type: [RateBarChange],
      description: 'These prefixes, at most the first 1,000; those that the deck does not price first.',
      resolve: ({ bars }) => [...bars.lifted],
    }),
    newlyBarredCount: t.int({
      description: 'Prefixes that were callable and are barred from then on.',
      resolve: ({ bars }) => bars.barredCount,
    }),
    newlyBarred: t.field({
      type: [RateBarChange],
      description: 'These prefixes, at most the first 1,000.',
      resolve: ({ bars }) => [...bars.barred],
    }),
    destinationCount: t.exposeInt('destinationCount', {
      description: 'The number of destinations with a change.',
    }),
    destinations: t.field({
      type: [DestinationRateChange],
      description: 'The destinations with a change by name, at most the first 1,000.',
      resolve: ({ destinations }) => [...destinations],
    }),
  }),
});

export const RateDeckColumn = builder.objectRef<ColumnUse>('RateDeckColumn').implement({
  description: 'What became of a column of a deck.',
  fields: (t) => ({
    head: t.exposeString('head', { description: 'The header, as the file has it.' }),
    readAs: t.exposeString('readAs', {
      nullable: true,
      description: 'The field of RateDeckColumns that it was read as. Null if it was ignored.',
    }),
  }),
});

function price(ratePer1e8Minute: bigint | null): string | null {
  return ratePer1e8Minute === null ? null : formatRatePer1e8Minute(ratePer1e8Minute);
}
