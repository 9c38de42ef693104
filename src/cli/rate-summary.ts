import { formatRatePer1e8Minute } from '../domain/rates/rate-decimal.ts';
import { counted } from '../domain/rejections/counted.ts';
import type { BarChange } from '../domain/rejections/rates.ts';
import type { BarChanges } from '../store/rates/bar-changes.ts';
import type { ImportedRates } from '../store/rates/imported-rates.ts';
import type { DeckFound } from '../store/rates/rate-deck-reader.ts';
import type { DestinationChange, RateChangeCounts } from '../store/rates/rate-difference.ts';
import type { RateGroup } from '../store/rates/rate-groups.ts';

/** How many destinations the words name; --json has up to a thousand. */
const NAMED_DESTINATIONS = 20;

/** How many prefixes whose bar changes the words name. */
export const NAMED_BARS = 50;

const KINDS = [
  'added',
  'removed',
  'dearer',
  'cheaper',
  'mixed',
  'unchanged',
] as const satisfies readonly (keyof RateChangeCounts)[];

/** What an import did, or would do, in words. */
export function rateSummary(
  { name, currency }: Pick<RateGroup, 'name' | 'currency'>,
  {
    imported,
    withdrawn,
    laterRatesDeleted,
    rateCount,
    version,
    changed,
    difference,
    found,
    importedBefore,
  }: ImportedRates,
  isCheck: boolean,
): string {
  const rates = counted(imported, 'rate');
  const prefixes = `${withdrawn} ${withdrawn === 1 ? 'prefix' : 'prefixes'}`;
  const priced = `${rateCount} ${rateCount === 1 ? 'prefix' : 'prefixes'} in ${currency}`;
  const done = !changed
    ? [
        `Nothing changes in "${name}": all ${rates} are as in the list. It prices ${priced}, version ${version}.`,
      ]
    : isCheck
      ? [
          `Would import ${rates} into "${name}" and withdraw ${prefixes}. Nothing was done.`,
          `It would price ${priced}.`,
        ]
      : [
          `Imported ${rates} into "${name}" and withdrew ${prefixes}.`,
          `It prices ${priced}, version ${version}.`,
        ];
  const { destinations, destinationCount } = difference;
  const named = destinations.slice(0, NAMED_DESTINATIONS).map((each) => `  ${destinationLine(each)}`);
  const others = destinationCount - named.length;
  return [
    ...(importedBefore
      ? [
          `Imported before, on ${importedBefore.toISOString()}: nothing was done again. Add --again if it is meant.`,
        ]
      : []),
    ...done,
    ...(changed ? [`Changes: ${changes(difference, KINDS)}.`] : []),
    ...named,
    ...(others > 0 ? [`  and ${counted(others, 'other destination')}`] : []),
    ...(changed && difference.ineffective > 0
      ? [`${difference.ineffective} of ${rates} change nothing.`]
      : []),
    ...(laterRatesDeleted > 0
      ? [`Rates that were to begin then or later and are deleted: ${laterRatesDeleted}.`]
      : []),
    ...barLines(difference.bars),
    ...fileLines(found),
  ].join('\n');
}

function changes(counts: RateChangeCounts, kinds: readonly (keyof RateChangeCounts)[]): string {
  return kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`)
    .join(', ');
}

function destinationLine(change: DestinationChange): string {
  const before = priceRange(change.lowestBefore, change.highestBefore);
  const after = priceRange(change.lowestAfter, change.highestAfter);
  return `${change.destination}: ${changes(change, KINDS)} (${before} → ${after})`;
}

function barLines({ lifted, liftedCount, barred, barredCount }: BarChanges): string[] {
  const listed = (changes: readonly BarChange[], count: number, what: string) => {
    if (count === 0) return [];
    const named = changes.slice(0, NAMED_BARS).map((bar) => `  ${barLine(bar)}`);
    const others = count - named.length;
    return [
      `${counted(count, 'prefix', 'prefixes')} ${what}:`,
      ...named,
      ...(others > 0 ? [`  and ${counted(others, 'other')}`] : []),
    ];
  };
  return [
    ...listed(lifted, liftedCount, 'no longer barred, callable at'),
    ...listed(barred, barredCount, 'newly barred, callable until then at'),
  ];
}

/** "393 Italy mobile: 0.012 (2026-12-01T00:00:00.000Z)". */
export function barLine({ prefix, destination, ratePer1e8Minute, effectiveFrom }: BarChange): string {
  return `${prefix} ${destination}: ${formatRatePer1e8Minute(ratePer1e8Minute)} (${effectiveFrom.toISOString()})`;
}

/** The same for programs. */
export function barRow({ ratePer1e8Minute, ...bar }: BarChange) {
  return { ...bar, pricePerMinute: formatRatePer1e8Minute(ratePer1e8Minute) };
}

function priceRange(lowest: bigint | null, highest: bigint | null): string {
  if (lowest === null || highest === null) return 'not offered';
  const [from, to] = [formatRatePer1e8Minute(lowest), formatRatePer1e8Minute(highest)];
  return from === to ? from : `${from}–${to}`;
}

function fileLines({ columns, notes, sheet, otherSheets, encoding, skippedLines }: DeckFound): string[] {
  const uses = columns.map(
    ({ head, readAs }) => `"${head}" ${readAs === null ? 'ignored' : `read as ${readAs}`}`,
  );
  const made = [
    ...(sheet === null ? [] : [`sheet "${sheet}"`]),
    ...(otherSheets.length === 0
      ? []
      : [`not read: ${otherSheets.map((other) => `sheet "${other}"`).join(', ')}`]),
    ...(encoding === null || encoding === 'UTF-8' ? [] : [`encoding ${encoding}`]),
    ...(skippedLines === 0 ? [] : [`${counted(skippedLines, 'line')} above the head skipped`]),
  ];
  return [
    `Columns: ${uses.join(', ')}.`,
    ...notes.map((note) => `Note: ${note}.`),
    ...(made.length > 0 ? [`File: ${made.join(', ')}.`] : []),
  ];
}
