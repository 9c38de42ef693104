import { CARD_TYPES, type CardType } from '../cards/card.ts';
import {
  type CardFileReading,
  SORTING_COLUMNS,
  type SortingColumn,
  type SortingValues,
} from './card-file-form.ts';
import type { CardLine } from './card-line.ts';

const WHAT: Readonly<Record<SortingColumn, string>> = {
  cardType: 'is of another type',
  rateGroup: 'has another price list',
  partner: 'belongs to another partner',
};

/**
 * Sorts the lines of one file, from top to bottom. Cards of several types, price lists or partners do not become one
 * batch: either the import says which of them it takes, and the others are left out and counted, or the file is refused.
 */
export class CardSorting {
  readonly #only: SortingValues;
  readonly #type: CardType;
  readonly #first = new Map<SortingColumn, { line: number; value: string }>();

  constructor({ only }: Pick<CardFileReading, 'only'>, { type }: { readonly type: CardType }) {
    this.#only = only;
    this.#type = type;
  }

  /** Whether the import takes the card of a line; its problems go to the line. */
  takes(line: CardLine): boolean {
    for (const column of SORTING_COLUMNS) {
      const only = this.#only[column];
      const value = plain(line.text(column));
      if (!line.has(column)) continue;
      if (only !== undefined && value !== plain(only)) return false;
      if (only === undefined) this.#compare(line, column, value);
      if (column === 'cardType' && isCardType(value) && value !== this.#type) {
        line.bad(
          'cardType',
          'BAD_TYPE',
          `The batch is ${this.#type}: import cards of other types into their own.`,
        );
      }
    }
    return true;
  }

  #compare(line: CardLine, column: SortingColumn, value: string): void {
    const first = this.#first.get(column);
    if (first === undefined) this.#first.set(column, { line: line.number, value });
    else if (first.value !== value) {
      const message = `This card ${WHAT[column]} than the one on line ${first.line}: import each kind into a batch of its own, and say which one this import takes.`;
      line.bad(column, 'MIXED_FILE', message);
    }
  }
}

const plain = (value: string) => value.trim().toUpperCase();

const isCardType = (value: string) => (CARD_TYPES as readonly string[]).includes(value);
