import { portionOf, shareOf } from './guess-budget.ts';

/** Who is charged for comparisons. */
export interface Spender {
  /** The lineage of the credential. */
  readonly lineageId: string;
  /** The partner it acts for, the one above, and so on to the top; empty: the operator. */
  readonly partners: readonly string[];
}

/** Whose use is limited: a credential, or a partner with its branch. */
export interface Holder {
  readonly kind: 'CREDENTIAL' | 'PARTNER';
  readonly id: string;
  /** It may spend one of this many portions of its party's share. */
  readonly portions: number;
}

const CREDENTIALS_OF_PARTNER = 4;
const PARTNERS_OF_BRANCH = 2;

/**
 * The holders charged for a comparison, besides the budget of the whole system. A partner can create any number of keys
 * and partners below it, so its whole branch is one party; within the branch, no key and no partner can spend
 * everything.
 */
export function holdersOf({ lineageId, partners }: Spender): Holder[] {
  const [own, top] = [partners[0], partners.at(-1)];
  if (own === undefined || top === undefined) return [{ kind: 'CREDENTIAL', id: lineageId, portions: 1 }];
  return [
    { kind: 'CREDENTIAL', id: lineageId, portions: CREDENTIALS_OF_PARTNER },
    ...(own === top ? [] : [{ kind: 'PARTNER' as const, id: own, portions: PARTNERS_OF_BRANCH }]),
    { kind: 'PARTNER', id: top, portions: 1 },
  ];
}

/** How much a holder may spend of a budget shared by a number of parties. */
export function allowedTo({ portions }: Holder, allowed: number, parties: number): number {
  return portionOf(shareOf(allowed, parties), portions);
}
