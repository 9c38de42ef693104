import { csvHead, csvLine } from '../files/csv.ts';
import type { Sql } from '../postgres/database.ts';
import { REPORTS, type Report, type ReportName, type ReportRequest } from '../reports/catalog.ts';

const PAGE = 1_000;

export interface StoredReportRequest {
  readonly report: ReportName;
  readonly request: ReportRequest;
}

/**
 * A report as CSV with a header line. Reads one page at a time as the consumer asks, so the longest report needs the
 * memory of a page.
 */
export async function* exportReport(
  sql: Sql,
  { report, request }: StoredReportRequest,
): AsyncGenerator<string> {
  const { columns, read, placeOf } = REPORTS[report] as Report<object>;
  yield csvHead(columns);
  let after: readonly string[] | null = null;
  for (;;) {
    const { rows } = await read(sql, request, { after, limit: PAGE });
    yield rows.map((row) => csvLine(columns, row)).join('');
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = placeOf(last);
  }
}
