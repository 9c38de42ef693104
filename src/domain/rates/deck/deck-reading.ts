import type { DecimalMark } from '../../values/decimal-marks.ts';
import type { DateOrder } from './date-cell.ts';
import type { DeckColumnMap, DeckPreset } from './deck-preset.ts';
import type { Increments } from './increment-cell.ts';
import type { PriceUnit } from './price-cell.ts';

/** How to read a deck. */
export interface DeckReading {
  readonly preset: DeckPreset;
  readonly columns: DeckColumnMap;
  /** Heads of columns that are ignored although they may bear on price, validity or barring. */
  readonly ignored: readonly string[];
  /** The currency of the rate group: prices of another are refused. */
  readonly currency: string;
  /** Null: as the file shows it, and refused when it leaves that open. */
  readonly decimalMark: DecimalMark | null;
  /** Null: dates in numbers must have their year first. */
  readonly dateOrder: DateOrder | null;
  /** Null: units per minute, unless the system that exported the deck may mean something else. */
  readonly priceUnit: PriceUnit | null;
  /** Those of the whole file, for a deck without such columns. */
  readonly increments: Increments | null;
}

/** A deck with our own columns, in the group's currency. */
export function plainReading(currency: string): DeckReading {
  return {
    preset: 'CARDLINE',
    columns: {},
    ignored: [],
    currency,
    decimalMark: null,
    dateOrder: null,
    priceUnit: null,
    increments: null,
  };
}
