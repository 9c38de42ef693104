import type { Sql } from '../../../src/store/postgres/database.ts';
import { beginReportCounters } from '../../../src/store/reports/report-recount.ts';

/** Counts all anew, as for a database that is older than the counters: after rows were changed by hand. */
export async function countAnew(sql: Sql): Promise<void> {
  await sql`DELETE FROM report_counting`;
  await beginReportCounters(sql);
}
