import { Overloaded } from '../../domain/rejections/commands.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import type { CardReference } from '../writer/command.ts';

/** The work to be done for the rows of a bulk request. */
interface RowWork<Row, Result> {
  /** The card that a row refers to. @throws Rejection when there is no such card */
  find(row: Row): Promise<CardReference>;
  run(card: CardReference, row: Row): Promise<Result>;
  /** Rows given to the writer at once. */
  readonly atOnce: number;
}

/**
 * Runs a command for the card of each row. A refused row does not stop the others. Rows of the same card run in the
 * order given, rows of different cards in parallel.
 *
 * @returns the result of each row, in order
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
    const done = some.map(({ row, card }) => inOrder(card, (reference) => run(reference, row)));
    results.push(...(await Promise.all(done)));
  }
  return results;
}

/** Runs rows of different cards in parallel, and rows of the same card in the order given. */
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
      // Nothing may overtake a row that was not attempted: when the request is repeated, both run in their order.
      if (earlier instanceof Overloaded) throw earlier;
      return run(card);
    });
    last.set(card.id, result);
    return result;
  };
}

/** The result, or the rejection of it as a value. */
export async function orRejection<Result>(run: () => Promise<Result>): Promise<Result | Rejection> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}
