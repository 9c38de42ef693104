/** The page sizes of a list. */
export interface PageSize {
  /** If the operation does not specify one. */
  readonly usual: number;
  readonly longest: number;
}

/** All lists and reports; the builder passes these sizes to connections. */
export const LIST_PAGE: PageSize = { usual: 20, longest: 100 };

/** Pages that are not connections, by type name. */
const PAGE_SIZES: Readonly<Record<string, PageSize>> = {
  EventPage: { usual: 20, longest: 100 },
};

/** The limits used both by the cost calculation and by the resolvers. */
export function pageSizeOf(type: string): PageSize {
  return PAGE_SIZES[type] ?? LIST_PAGE;
}

/** The maximum number of ids in one request for `nodes`. */
export const MAX_NODES = 100;
