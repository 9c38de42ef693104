import { Overloaded } from '../../domain/rejections/recharges.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import type { CardReference } from '../writer/command.ts';

/** What is done to the cards of a list. */
export interface RowWork<Row, Result> {
  /** The card that a row means. @throws Rejection for what names none */
  find(row: Row): Promise<CardReference>;
  run(card: CardReference, row: Row): Promise<Result>;
  /** Rows given to the writer at once. */
  readonly atOnce: number;
}

/**
 * Does something to the card of each row. A row that is refused holds up no other. Rows of one card are done in the
 * order given, those of different cards side by side.
 *
 * @returns what each row came to, in their order
 */
export async function runRows<Row, Result>(
  rows: readonly Row[],
  { find, run, atOnce }: RowWork<Row, Result>,
): Promise<(Result | Rejection)[]> {
  const inOrder = cardsInOrder<Result>();
  const results: (Result | Rejection)[] = [];
  for (let start = 0; start < rows.length; start += atOnce) {
    const some = await Promise.all(
      rows
        .slice(start, start + atOnce)
        .map(async (row) => ({ row, card: await orRejection(() => find(row)) })),
    );
    const done = some.map(({ row, card }) => inOrder(card, (meant) => run(meant, row)));
    results.push(...(await Promise.all(done)));
  }
  return results;
}

/** Lets rows of different cards run side by side, and those of one card one after the other, as they were given. */
function cardsInOrder<Result>() {
  const last = new Map<string, Promise<Result | Rejection>>();
  return (
    card: CardReference | Rejection,
    run: (card: CardReference) => Promise<Result>,
  ): Promise<Result | Rejection> => {
    if (card instanceof Rejection) return Promise.resolve(card);
    const before = last.get(card.id);
    const result = orRejection(async () => {
      const earlier = await before;
      // What was not come to must not be overtaken: the list that is sent again does both in their order.
      if (earlier instanceof Overloaded) throw earlier;
      return run(card);
    });
    last.set(card.id, result);
    return result;
  };
}

async function orRejection<Result>(run: () => Promise<Result>): Promise<Result | Rejection> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}
