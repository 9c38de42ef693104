/** A partner and all that are below it: what a partner's credential may see and touch. */
export interface Branch {
  /** The partner at its top. */
  readonly rootId: string;
  has(partnerId: string | null | undefined): boolean;
  /** All of them, the top included. */
  ids(): readonly string[];
}

/** A partner that has none below it. */
export function soleBranch(rootId: string): Branch {
  return { rootId, has: (partnerId) => partnerId === rootId, ids: () => [rootId] };
}

/** How deep the tree of partners may be: more levels than any trade has. */
export const DEEPEST_PARTNER = 8;

/** How many partners may be in the tree below one of the operator's own, itself included: every screen of it looks at all. */
export const LARGEST_BRANCH = 1_000;
