import type { InputRef, ObjectRef } from '@pothos/core';
import type { REPORTS, Report, ReportName } from '../../store/reports/catalog.ts';
import { type ApiTypes, builder } from '../core/builder.ts';
import { LIST_PAGE } from '../core/page-sizes.ts';
import type { ReportFilter } from './report-filters.ts';
import { type ReportConnection, reportPage } from './report-page.ts';

type RowOf<Name extends ReportName> = (typeof REPORTS)[Name] extends Report<infer Row> ? Row : never;

interface ReportOptions<Name extends ReportName> {
  readonly description: string;
  /** The type of its rows. */
  readonly row: ObjectRef<ApiTypes, unknown, RowOf<Name>>;
  /** The base name of its connection and edge types. If omitted, the row's. */
  readonly prefix?: string;
  readonly page: string;
  readonly edge: string;
  readonly filter: {
    readonly type: InputRef<ReportFilter>;
    readonly required?: boolean;
    readonly description: string;
  };
  /** Additional fields of the connection. */
  readonly fields?: Readonly<Record<string, object>>;
}

/** A report's query field with its connection: `usageReport` for `usage`. */
export function reportField<Name extends ReportName>(name: Name, options: ReportOptions<Name>): void {
  const { row, prefix = row.name, page, edge, filter, fields = {} } = options;
  const Connection = builder.connectionObject(
    {
      type: row as ObjectRef<ApiTypes, object>,
      name: `${prefix}Connection`,
      description: page,
      fields: (t) =>
        Object.fromEntries(
          Object.entries({ asOf: AS_OF, ...fields }).map(([field, what]) => [field, t.field(what as never)]),
        ),
    },
    { name: `${prefix}Edge`, description: edge },
  );
  builder.queryField(`${name}Report`, (t) =>
    t.field({
      type: Connection,
      description: options.description,
      args: {
        filter: t.arg({ required: false, ...filter }),
        first: t.arg.int({ description: `The number of rows from the start, at most ${LIST_PAGE.longest}.` }),
        after: t.arg.string({ description: 'Only rows after this cursor.' }),
      },
      resolve: (_root, { filter: given, ...range }, context) =>
        reportPage<object>(name, { filter: given ?? {}, page: range }, context),
    }),
  );
}

const AS_OF = {
  type: 'Cursor',
  description:
    'The position in the event log that the report reflects: it includes everything committed up to there, and nothing later.',
  resolve: ({ asOf }: ReportConnection<unknown>) => asOf,
} as const;
