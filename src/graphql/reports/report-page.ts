import { encodeCursor } from '../../realtime/cursor.ts';
import { REPORTS, type Report, type ReportName } from '../../store/reports/catalog.ts';
import type { ReportPage } from '../../store/reports/report.ts';
import type { GraphContext } from '../core/context.ts';
import { requestError } from '../core/error-codes.ts';
import { LIST_PAGE } from '../core/page-sizes.ts';
import { type ReportFilter, readReportFilter } from './report-filters.ts';

/** A page of a report, in the form of its connection. */
export interface ReportConnection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** A cursor of the event log: the position that the report reflects. */
  readonly asOf: string;
  readonly page: ReportPage<Row>;
}

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page of a report for the viewer. @throws NotAllowed, InvalidInput, NotFound, GraphQLError */
export async function reportPage<Row>(
  name: ReportName,
  { filter, page }: { readonly filter: ReportFilter; readonly page: PageArguments },
  context: GraphContext,
): Promise<ReportConnection<Row>> {
  const report = REPORTS[name] as unknown as Report<Row>;
  const limit = sizeOf(page.first);
  const request = await readReportFilter(name, filter, context);
  const after = page.after ? readPlace(page.after) : null;
  // One extra row shows whether there is a next page.
  const read = await report.read(context.database.sql, request, { after, limit: limit + 1 });
  const edges = read.rows
    .slice(0, limit)
    .map((node) => ({ node, cursor: encodePosition(report.placeOf(node)) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: read.rows.length > limit,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    asOf: encodeCursor(read.place),
    page: read,
  };
}

function sizeOf(first: number | null | undefined): number {
  const size = first ?? LIST_PAGE.usual;
  if (size >= 1 && size <= LIST_PAGE.longest) return size;
  throw requestError('BAD_USER_INPUT', `Argument "first" must be 1 to ${LIST_PAGE.longest}.`);
}

/** In the same form as the cursors of lists: see list-cursors.ts. */
function encodePosition(position: readonly string[]): string {
  return Buffer.from(`DC:T:${JSON.stringify(position.map((part) => `S:${part}`))}`).toString('base64');
}

function readPlace(cursor: string): readonly string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString().slice('DC:T:'.length));
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string' && part.startsWith('S:'))) {
      return parts.map((part: string) => part.slice(2));
    }
  } catch {
    // Not a cursor of ours.
  }
  throw requestError(
    'INVALID_CURSOR',
    'This cursor is none of this list: send one as a page gave it to you.',
  );
}
