import {
  type BulkProblem,
  type BulkProblemCode,
  type BulkRow,
  type CardListHead,
  ListKeys,
  type ListLineRules,
  type ListRules,
  MAX_BULK_ROWS,
  NO_BULK_ROWS,
  readCardListHead,
} from '../../domain/cards/bulk-file.ts';
import { FileProblems } from '../../domain/files/file-problem.ts';
import { DecimalMarks } from '../../domain/values/decimal-marks.ts';
import { type Chunks, FileReader } from '../files/file-reader.ts';

/** How one kind of bulk file is read. */
export interface BulkFileForm<Row extends BulkRow> {
  readonly heads: Parameters<typeof readCardListHead>[1];
  read(
    cells: readonly string[],
    position: { readonly line: number; readonly head: CardListHead; readonly rules: ListLineRules },
  ): { readonly row: Row; readonly problems: readonly BulkProblem[] };
}

export interface ParsedBulkFile<Row extends BulkRow> {
  /** To be used only when there are no problems. */
  readonly rows: readonly Row[];
  readonly rowCount: number;
  readonly problems: FileProblems<BulkProblemCode>;
}

/** Reads a bulk file from top to bottom and collects all its problems. */
export async function readBulkFile<Row extends BulkRow>(
  chunks: Chunks,
  { heads, read }: BulkFileForm<Row>,
  rules: ListRules,
): Promise<ParsedBulkFile<Row>> {
  const problems = new FileProblems<BulkProblemCode>();
  const keys = new ListKeys();
  const marks = new DecimalMarks(null);
  const reader = new FileReader<CardListHead, Row, BulkProblemCode>(
    {
      name: 'A list',
      maxRows: MAX_BULK_ROWS,
      empty: NO_BULK_ROWS,
      readHead: ({ cells, number }) => readCardListHead(cells, heads, number),
      readRow: ({ cells, number: line }, head) => {
        const { row, problems: rowProblems } = read(cells, { line, head, rules: { ...rules, marks } });
        const duplicate = keys.take(row);
        problems.add(duplicate ? [...rowProblems, duplicate] : rowProblems);
        return row;
      },
    },
    problems,
  );
  const rows: Row[] = [];
  for await (const group of reader.groups(chunks)) rows.push(...group);
  if (!reader.isBroken) problems.add(marks.hiddenProblems());
  return { rows, rowCount: reader.rowCount, problems };
}
