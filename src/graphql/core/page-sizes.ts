/** How many items a page has. */
export interface PageSize {
  /** When the operation does not say. */
  readonly usual: number;
  readonly longest: number;
}

/** Every list and report; the builder gives these sizes to connections. */
export const LIST_PAGE: PageSize = { usual: 20, longest: 100 };

/** By the type of the page, where it is no list. */
const PAGE_SIZES: Readonly<Record<string, PageSize>> = {
  EventPage: { usual: 20, longest: 100 },
};

/** What the cost of an operation is reckoned by, and what resolvers hold to. */
export function pageSizeOf(type: string): PageSize {
  return PAGE_SIZES[type] ?? LIST_PAGE;
}

/** Ids in one request for `nodes`. */
export const MAX_NODES = 100;
