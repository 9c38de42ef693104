import { InvalidInput } from '../../domain/rejections/input.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { identifier } from '../../domain/values/text.ts';
import { orRejection, runRows } from '../../store/cards/bulk-rows.ts';
import type { CardReference } from '../../store/writer/command.ts';
import { type BulkRequest, bulkCommand, rowKey } from '../../store/writer/commands/bulk.ts';
import type { Asked } from '../../store/writer/commands/once.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { KEY_RULE } from '../core/idempotency-key.ts';
import { type CardReferenceInput, toCardReference } from './card-reference.ts';

export const MAX_ROWS = 1_000;
/** With a row's key and the length of the list's key, it forms a key of at most 255 characters. */
const MAX_LIST_KEY = 150;
const MAX_ROW_KEY = 100;

/** Marks a mutation that works through many cards. */
export const BULK = { bulk: true };

/** Rows in the writer at the same time: one list must not fill the queue for everyone else. */
const AT_ONCE = 100;

export const LIST_KEY = `A client-generated key, unique for each list: up to ${MAX_LIST_KEY} characters. ${KEY_RULE} Resending the same list at any time returns the same results without a second effect, and processes the rows that were not processed before. Rows of the same card are processed in order. A different list under the same key is refused.`;
export const ROW_KEY = `A client-generated key, unique within the list: up to ${MAX_ROW_KEY} characters. ${KEY_RULE}`;
export const ROWS = `1 to ${MAX_ROWS} rows.`;

export interface RowOutcome<Result> {
  readonly key: string;
  readonly result: Result | Rejection;
}

interface BulkRow {
  readonly key: string;
  readonly card: CardReferenceInput;
}

interface List<Row> extends Omit<BulkRequest, 'rows' | 'asked'> {
  readonly rows: readonly Row[];
  /** What the list asks of all rows, and of each apart from its key and its card: equally many parts for each. */
  readonly asked: readonly Asked[];
  askedOf(row: Row): readonly Asked[];
}

/**
 * Runs a list of commands under one key; the key of each row is derived from that key and its own. A refused row does
 * not affect the others. If the list is interrupted, the finished rows are complete, and resending the list does the
 * rest.
 *
 * @throws InvalidInput, IdempotencyKeyReused for another list under its key, Overloaded
 */
export async function runBulkRows<Row extends BulkRow, Result>(
  { rows, operation, idempotencyKey, asked, askedOf }: List<Row>,
  context: GraphContext,
  run: (card: CardReference, row: Row, idempotencyKey: string) => Promise<Result>,
): Promise<RowOutcome<Result>[]> {
  checkKeys(idempotencyKey, rows);
  const named = await cardsOf(rows, context);
  // A row that names its card in a way that can't be read is known by its words.
  const parts = named.flatMap(({ row, card }) => [
    row.key,
    card instanceof Rejection ? JSON.stringify(row.card) : card,
    ...askedOf(row),
  ]);
  const list = { operation, idempotencyKey, asked: [...asked, ...parts], rows: rows.length };
  await context.writer.run(bulkCommand(actorOf(context.viewer), list));
  const results = await runRows(named, {
    find: async ({ card }) => {
      if (card instanceof Rejection) throw card;
      return card;
    },
    run: (card, { row }) => {
      context.deadline?.refuseLate();
      return run(card, row, rowKey(idempotencyKey, row.key));
    },
    atOnce: AT_ONCE,
  });
  return results.map((result, index) => ({ key: rows[index]?.key ?? '', result }));
}

interface NamedRow<Row> {
  readonly row: Row;
  /** Or the reason why it names none. */
  readonly card: CardReference | Rejection;
}

async function cardsOf<Row extends BulkRow>(
  rows: readonly Row[],
  context: GraphContext,
): Promise<NamedRow<Row>[]> {
  const named: NamedRow<Row>[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    context.deadline?.refuseLate();
    const some = rows.slice(start, start + AT_ONCE).map(async (row) => ({
      row,
      card: await orRejection(() => toCardReference(row.card, context)),
    }));
    named.push(...(await Promise.all(some)));
  }
  return named;
}

function checkKeys(idempotencyKey: string, rows: readonly { readonly key: string }[]): void {
  if (rows.length < 1 || rows.length > MAX_ROWS) {
    throw new InvalidInput({ field: 'rows', problem: `must be 1 to ${MAX_ROWS}.` });
  }
  identifier('idempotencyKey', idempotencyKey, MAX_LIST_KEY);
  const seen = new Set<string>();
  for (const [index, { key }] of rows.entries()) {
    identifier(`rows.${index}.key`, key, MAX_ROW_KEY);
    if (seen.has(key)) {
      throw new InvalidInput({
        field: `rows.${index}.key`,
        problem: 'is the key of an earlier row: give each row its own.',
      });
    }
    seen.add(key);
  }
}

/** The result of a row, as its field resolves it. @throws Rejection, which becomes data */
export function resultOf<Result>({ result }: RowOutcome<Result>): Result {
  if (result instanceof Rejection) throw result;
  return result;
}

export function countDone(outcomes: readonly RowOutcome<unknown>[]): number {
  return outcomes.filter(({ result }) => !(result instanceof Rejection)).length;
}
