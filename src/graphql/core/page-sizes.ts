/** The page sizes of a list. */
interface PageSize {
  /** If the operation does not specify one. */
  readonly usual: number;
  readonly longest: number;
}

/** All lists, reports and pages of events. The resolvers and the cost of an operation both use it. */
export const LIST_PAGE: PageSize = { usual: 20, longest: 100 };

/** The maximum number of ids in one request for `nodes`. */
export const MAX_NODES = 100;
