/** A partner and all partners below it: what a partner's credential may see and touch. */
export interface Branch {
  /** The partner at its top. */
  readonly rootId: string;
  has(partnerId: string | null | undefined): boolean;
  /** All of them, the top included. */
  ids(): readonly string[];
}

/** The branch of a partner that has none below it. */
export function soleBranch(rootId: string): Branch {
  return { rootId, has: (partnerId) => partnerId === rootId, ids: () => [rootId] };
}

/** The maximum depth of the partner tree: more levels than any trade has. */
export const DEEPEST_PARTNER = 8;

/**
 * The maximum number of partners in a branch right below the operator, its top included: every screen of the branch
 * reads all of them.
 */
export const LARGEST_BRANCH = 1_000;
