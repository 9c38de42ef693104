import { createHash } from 'node:crypto';
import {
  type CardListHead,
  type CardListProblem,
  type CardListProblemCode,
  type ListedCard,
  ListKeys,
  type ListRules,
  MAX_LISTED_CARDS,
  NOTHING_LISTED,
  readCardListHead,
} from '../../domain/cards/bulk-file.ts';
import { FileProblems } from '../../domain/files/file-problem.ts';
import { type Chunks, FileReader } from '../files/file-reader.ts';

/** How one kind of list is read. */
export interface CardListForm<Row extends ListedCard> {
  readonly heads: Parameters<typeof readCardListHead>[1];
  read(
    cells: readonly string[],
    place: { readonly line: number; readonly head: CardListHead; readonly rules: ListRules },
  ): { readonly row: Row; readonly problems: readonly CardListProblem[] };
}

export interface ReadCardList<Row extends ListedCard> {
  /** To be used when there are no problems. */
  readonly rows: readonly Row[];
  readonly rowCount: number;
  readonly problems: FileProblems<CardListProblemCode>;
  /** What tells the file from another, in hexadecimal digits. */
  readonly digest: string;
}

/** Reads a list from top to bottom, and finds all that is wrong with it. */
export async function readCardList<Row extends ListedCard>(
  chunks: Chunks,
  { heads, read }: CardListForm<Row>,
  rules: ListRules,
): Promise<ReadCardList<Row>> {
  const problems = new FileProblems<CardListProblemCode>();
  const keys = new ListKeys();
  const digest = createHash('sha256');
  const reader = new FileReader<CardListHead, Row, CardListProblemCode>(
    {
      name: 'A list',
      maxRows: MAX_LISTED_CARDS,
      empty: NOTHING_LISTED,
      readHead: ({ cells, number }) => readCardListHead(cells, heads, number),
      readRow: ({ cells, number: line }, head) => {
        const { row, problems: wrong } = read(cells, { line, head, rules });
        const double = keys.take(row);
        problems.add(double ? [...wrong, double] : wrong);
        return row;
      },
    },
    problems,
  );
  const rows: Row[] = [];
  for await (const group of reader.groups(digested(chunks, digest))) rows.push(...group);
  return { rows, rowCount: reader.rowCount, problems, digest: digest.digest('hex') };
}

async function* digested(
  chunks: Chunks,
  digest: { update(piece: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    digest.update(chunk);
    yield chunk;
  }
}
