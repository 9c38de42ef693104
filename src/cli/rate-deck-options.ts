import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DateOrder } from '../domain/rates/deck/date-cell.ts';
import {
  DECK_HEADS,
  DECK_PRESETS,
  type DeckColumn,
  type DeckColumnMap,
  type DeckPreset,
} from '../domain/rates/deck/deck-preset.ts';
import type { DeckReading } from '../domain/rates/deck/deck-reading.ts';
import { type Increments, readIncrements } from '../domain/rates/deck/increment-cell.ts';
import type { PriceUnit } from '../domain/rates/deck/price-cell.ts';
import type { DecimalMark } from '../domain/values/decimal-marks.ts';
import type { FileSettings } from '../store/files/file-reader.ts';

/** How the operator says that a deck is made. */
export interface DeckOptions {
  readonly preset: DeckPreset;
  readonly column?: DeckColumnMap;
  readonly ignore?: readonly string[];
  readonly unit?: keyof typeof UNITS;
  readonly decimal?: Lowercase<DecimalMark>;
  readonly dates?: Lowercase<DateOrder>;
  readonly increments?: Increments;
  readonly sheet?: string;
  readonly headLine?: number;
}

const UNITS = {
  minute: 'MINUTE',
  cent: 'CENTS_PER_MINUTE',
  increment: 'INCREMENT',
} as const satisfies Record<string, PriceUnit>;

export function withDeckOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--preset <system>', 'how the deck was exported')
        .choices(Object.keys(DECK_PRESETS))
        .default('CARDLINE'),
    )
    .option('--column <column=head>', 'a column with another head; repeat it for each', readColumn)
    .option('--ignore <head>', 'a column that may be ignored although it bears on the price', gather)
    .addOption(
      new Option(
        '--unit <unit>',
        'a price is for a minute, in hundredths (cent), or for an increment',
      ).choices(Object.keys(UNITS)),
    )
    .addOption(
      new Option('--decimal <mark>', 'the decimal mark (default: as the deck shows)').choices([
        'point',
        'comma',
      ]),
    )
    .addOption(
      new Option('--dates <order>', 'the order of day and month in 01/02/2026').choices([
        'dmy',
        'mdy',
        'ymd',
      ]),
    )
    .option('--increments <initial/next>', 'for a deck without such columns: 30/6', readPair)
    .option('--sheet <name>', 'the sheet of a workbook (default: the one that has the columns)')
    .option(
      '--head-line <number>',
      'the line of the head (default: the first that has the columns)',
      readLine,
    );
}

export function deckReading(options: DeckOptions): Partial<Omit<DeckReading, 'currency'>> {
  const { preset, column = {}, ignore = [], unit, decimal, dates, increments = null } = options;
  return {
    preset,
    columns: column,
    ignored: ignore,
    priceUnit: unit ? UNITS[unit] : null,
    decimalMark: decimal ? (decimal.toUpperCase() as DecimalMark) : null,
    dateOrder: dates ? (dates.toUpperCase() as DateOrder) : null,
    increments,
  };
}

export function fileSettings({ sheet, headLine }: DeckOptions): FileSettings {
  return { ...(sheet !== undefined && { sheet }), ...(headLine !== undefined && { headLine }) };
}

function readColumn(word: string, columns: DeckColumnMap = {}): DeckColumnMap {
  const [, column = '', head = ''] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (!isDeckColumn(column)) {
    throw new InvalidArgumentError(
      `Write column=head, the column one of ${Object.keys(DECK_HEADS).join(', ')}.`,
    );
  }
  return { ...columns, [column]: head };
}

function isDeckColumn(word: string): word is DeckColumn {
  return Object.hasOwn(DECK_HEADS, word);
}

export function gather(head: string, heads: readonly string[] = []): readonly string[] {
  return [...heads, head];
}

function readPair(word: string): Increments {
  const increments = readIncrements(word);
  if (!increments) throw new InvalidArgumentError('Write both in seconds: 30/6.');
  return increments;
}

function readLine(word: string): number {
  const line = /^\d{1,6}$/.test(word) ? Number(word) : 0;
  if (line < 1) throw new InvalidArgumentError('Write the number of a line, from 1.');
  return line;
}
