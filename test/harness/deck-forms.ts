import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import writeWorkbook from 'write-excel-file/node';
import { plainReading } from '../../src/domain/rates/deck/deck-reading.ts';
import type { DeckRate } from '../../src/domain/rates/deck/rate-deck.ts';
import type { Chunks } from '../../src/store/files/file-reader.ts';
import { type DeckReaderOptions, RateDeckReader } from '../../src/store/rates/rate-deck-reader.ts';

/** A rate as its list says it. */
export interface ListedRate {
  readonly prefix: string;
  readonly destination: string;
  /** 10^-8 a minute. */
  readonly price: bigint;
  readonly initial: number;
  readonly next: number;
  /** Days since 2026-01-01; null: none. */
  readonly fromDay: number | null;
  readonly toDay: number | null;
  readonly isBarred: boolean;
}

const COLUMNS = [
  'prefix',
  'destination',
  'rate_per_minute',
  'initial_increment',
  'increment',
  'effective_from',
  'effective_to',
  'blocked',
] as const;
type Column = (typeof COLUMNS)[number];

const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z][A-Za-z .'()-]{0,20}$/),
  fc.constantFrom(
    'Perù, Lima',
    'Côte d’Ivoire; Abidjan',
    'A "quoted" place',
    '5" Italy',
    'Tab|pipe',
    '=1+1',
    'España',
  ),
);

const listedRate: fc.Arbitrary<ListedRate> = fc.record({
  prefix: fc.stringMatching(/^[1-9][0-9]{0,9}$/),
  destination: name.map((text) => text.replace(/\s+/g, ' ').trim()),
  price: fc.oneof(
    fc.bigInt(0n, 300_000_000n),
    fc.bigInt(0n, 30_000n).map((each) => each * 10_000n),
  ),
  initial: fc.integer({ min: 1, max: 120 }),
  next: fc.integer({ min: 1, max: 60 }),
  fromDay: fc.option(fc.integer({ min: 0, max: 400 })),
  toDay: fc.option(fc.integer({ min: 500, max: 900 })),
  isBarred: fc.boolean(),
});

export const listedRates = fc.uniqueArray(listedRate, {
  selector: ({ prefix }) => prefix,
  minLength: 1,
  maxLength: 12,
});

/** How a list is saved. */
export interface SavedForm {
  readonly order: readonly Column[];
  readonly titles: readonly string[];
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly isQuoted: boolean;
  readonly lineEnd: '\r\n' | '\n' | '\r';
  readonly hasMark: boolean;
  readonly hasSep: boolean;
  readonly hasLastLineEnd: boolean;
  readonly isUtf16: boolean;
  readonly isGzipped: boolean;
  readonly decimalMark: '.' | ',';
  readonly price: 'plain' | 'padded' | 'short' | 'sign' | 'exponent';
  readonly chunkBytes: number;
}

export const savedForm: fc.Arbitrary<SavedForm> = fc.record({
  order: fc.shuffledSubarray([...COLUMNS], { minLength: COLUMNS.length }),
  titles: fc.array(fc.constantFrom('Rates of ACME Telecom', '', 'Valid from January; all prices in EUR'), {
    maxLength: 3,
  }),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  isQuoted: fc.boolean(),
  lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
  hasMark: fc.boolean(),
  hasSep: fc.boolean(),
  hasLastLineEnd: fc.boolean(),
  isUtf16: fc.boolean(),
  isGzipped: fc.boolean(),
  decimalMark: fc.constantFrom('.', ','),
  price: fc.constantFrom('plain', 'padded', 'short', 'sign', 'exponent'),
  chunkBytes: fc.constantFrom(1, 7, 64, 65_536),
});

/** The list as a text file. */
export function savedText(rates: readonly ListedRate[], form: SavedForm): Buffer {
  const { order, delimiter, lineEnd } = form;
  const rows = rates.map((rate) => order.map((column) => cell(rate, column, form)));
  const lines = [
    ...(form.hasSep ? [`sep=${delimiter}`] : []),
    ...form.titles,
    order.join(delimiter),
    ...rows.map((cells) => cells.map((each) => quoted(each, form)).join(delimiter)),
  ];
  const text = lines.join(lineEnd) + (form.hasLastLineEnd ? lineEnd : '');
  const mark = form.hasMark || form.isUtf16 ? '\ufeff' : '';
  const bytes = Buffer.from(mark + text, form.isUtf16 ? 'utf16le' : 'utf8');
  return form.isGzipped ? gzipSync(bytes) : bytes;
}

/** The list as a workbook, with prices, prefixes and dates as numbers, the way a spreadsheet keeps them. */
export async function savedWorkbook(
  rates: readonly ListedRate[],
  { order, titles }: Pick<SavedForm, 'order' | 'titles'>,
): Promise<Buffer> {
  const text = (value: string) => ({ value, type: String });
  const rows = [
    ...titles.map((title) => [text(title)]),
    order.map(text),
    ...rates.map((rate) => order.map((column) => workbookCell(rate, column))),
  ];
  return writeWorkbook(rows as never).toBuffer();
}

function workbookCell(rate: ListedRate, column: Column): unknown {
  const day = column === 'effective_from' ? rate.fromDay : column === 'effective_to' ? rate.toDay : undefined;
  if (day === null) return null;
  if (day !== undefined) return { value: dateOf(day), type: Date, format: 'dd/mm/yyyy' };
  if (column === 'destination') return { value: rate.destination, type: String };
  if (column === 'rate_per_minute') return { value: Number(rate.price) / 1e8, type: Number };
  return { value: Number(plainCell(rate, column)), type: Number };
}

function cell(rate: ListedRate, column: Column, form: SavedForm): string {
  return column === 'rate_per_minute' ? priceCell(rate.price, form) : plainCell(rate, column);
}

function plainCell(rate: ListedRate, column: Column): string {
  const day = (days: number | null) => (days === null ? '' : dateOf(days).toISOString().slice(0, 10));
  switch (column) {
    case 'prefix':
      return rate.prefix;
    case 'destination':
      return rate.destination;
    case 'initial_increment':
      return String(rate.initial);
    case 'increment':
      return String(rate.next);
    case 'effective_from':
      return day(rate.fromDay);
    case 'effective_to':
      return day(rate.toDay);
    case 'blocked':
      return rate.isBarred ? '1' : '0';
    default:
      throw new Error(`No cell for ${column}.`);
  }
}

function priceCell(price: bigint, { price: style, decimalMark }: SavedForm): string {
  const digits = price.toString().padStart(9, '0');
  const [whole, decimals] = [digits.slice(0, -8), digits.slice(-8)];
  const short = decimals.replace(/0+$/, '');
  const written = {
    plain: short === '' ? whole : `${whole}.${short}`,
    padded: `${whole}.${decimals}00`,
    short: whole === '0' && short !== '' ? `.${short}` : `${whole}.${short || '0'}`,
    sign: `€ ${whole}.${decimals}`,
    exponent: `${price}E-8`,
  }[style];
  return written.replace('.', decimalMark);
}

function quoted(text: string, { isQuoted, delimiter }: SavedForm): string {
  const needsQuotes = isQuoted || text.startsWith('"') || text.includes(delimiter) || text.includes('"');
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}

function dateOf(days: number): Date {
  return new Date(Date.UTC(2026, 0, 1 + days));
}

export const NOW = new Date('2026-03-01T00:00:00Z');

/** The rates that the list means. */
export function meant(rates: readonly ListedRate[]) {
  return rates.map((rate) => ({
    prefix: rate.prefix,
    destination: rate.destination,
    price: rate.price,
    initial: rate.initial,
    next: rate.next,
    from: rate.fromDay === null ? NOW : dateOf(rate.fromDay),
    to: rate.toDay === null ? null : dateOf(rate.toDay + 1),
    isBarred: rate.isBarred,
  }));
}

/** The rates that were read, in the same form. */
export function readAs(rates: readonly DeckRate[]) {
  return rates.map((rate) => ({
    prefix: rate.prefix,
    destination: rate.destination,
    price: rate.ratePer1e8Minute,
    initial: rate.initialIncrementSeconds,
    next: rate.incrementSeconds,
    from: rate.effectiveFrom,
    to: rate.effectiveTo,
    isBarred: rate.barred,
  }));
}

export async function readDeck(
  bytes: Buffer | string,
  {
    chunkBytes = 65_536,
    reading,
    settings,
  }: { chunkBytes?: number; reading?: Partial<DeckReaderOptions['reading']> } & Pick<
    DeckReaderOptions,
    'settings'
  > = {},
) {
  const rates: DeckRate[] = [];
  const reader = new RateDeckReader({
    source: () => chunksOf(Buffer.from(bytes as string), chunkBytes),
    reading: { ...plainReading('EUR'), ...reading },
    dates: { effectiveFrom: NOW, notBefore: null },
    ...(settings && { settings }),
  });
  for await (const group of reader.groups()) rates.push(...group);
  return { rates, problems: reader.problems.listed, found: reader.found };
}

export async function* chunksOf(bytes: Buffer, size: number): Chunks & AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
