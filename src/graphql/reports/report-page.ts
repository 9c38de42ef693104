import { GraphQLError } from 'graphql';
import { encodeCursor } from '../../realtime/cursor.ts';
import { REPORTS, type Report, type ReportName } from '../../store/reports/catalogue.ts';
import type { ReportPage } from '../../store/reports/report.ts';
import type { GraphContext } from '../core/context.ts';
import { type ReportFilter, readReportFilter } from './report-filters.ts';

/** Rows on a page when nobody says how many, and at most: as in the other lists. */
const USUAL_PAGE = 20;
const LONGEST_PAGE = 100;

/** A page of a report as its connection shows it. */
export interface ReportConnection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** A cursor of the event log: what the report stands at. */
  readonly asOf: string;
  readonly page: ReportPage<Row>;
}

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A page of a report, for whoever asks. @throws NotAllowed, InvalidInput, NotFound, GraphQLError */
export async function reportPage<Row>(
  name: ReportName,
  { filter, page }: { readonly filter: ReportFilter; readonly page: PageArguments },
  context: GraphContext,
): Promise<ReportConnection<Row>> {
  const report = REPORTS[name] as unknown as Report<Row>;
  const limit = sizeOf(page.first);
  const request = await readReportFilter(name, filter, context);
  const after = page.after ? readPlace(page.after) : null;
  // One more than asked for tells whether there is more.
  const read = await report.read(context.database.sql, request, { after, limit: limit + 1 });
  const edges = read.rows.slice(0, limit).map((node) => ({ node, cursor: writePlace(report.placeOf(node)) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: read.rows.length > limit,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    asOf: encodeCursor(read.position),
    page: read,
  };
}

function sizeOf(first: number | null | undefined): number {
  const size = first ?? USUAL_PAGE;
  if (size >= 1 && size <= LONGEST_PAGE) return size;
  throw new GraphQLError(`Argument "first" must be 1 to ${LONGEST_PAGE}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** In the form of the other lists' cursors: see list-cursors.ts. */
function writePlace(place: readonly string[]): string {
  return Buffer.from(`DC:T:${JSON.stringify(place.map((part) => `S:${part}`))}`).toString('base64');
}

function readPlace(cursor: string): readonly string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString().slice('DC:T:'.length));
    if (Array.isArray(parts) && parts.every((part) => typeof part === 'string' && part.startsWith('S:'))) {
      return parts.map((part: string) => part.slice(2));
    }
  } catch {
    // Not one of ours, whatever it is.
  }
  throw new GraphQLError('This cursor is none of this list: send one as a page gave it to you.', {
    extensions: { code: 'INVALID_CURSOR' },
  });
}

/** The field that every report has beside its page. */
export const AS_OF = {
  type: 'Cursor',
  description:
    'The place in the event log that the report stands at: it has all that was committed up to there, and nothing later.',
  resolve: (connection: object) => (connection as ReportConnection<unknown>).asOf,
} as const;

export const FIRST = `How many rows from the beginning, at most ${LONGEST_PAGE}.`;
export const AFTER = 'Only rows after this cursor.';
