import { portionOf, shareOf } from './guess-budget.ts';

/** Who pays for comparisons. */
export interface Spender {
  /** The lineage of the credential. */
  readonly lineageId: string;
  /** The partner it acts for, the one above that, and so on to the top; empty: the operator. */
  readonly partners: readonly string[];
}

/** Whose use is bounded: a credential, or a partner with its branch. */
export interface Holder {
  readonly kind: 'CREDENTIAL' | 'PARTNER';
  readonly id: string;
  /** It may spend one of so many portions of what its party may. */
  readonly portions: number;
}

const CREDENTIALS_OF_PARTNER = 4;
const PARTNERS_OF_BRANCH = 2;

/**
 * Whose shares a comparison is paid from, besides the budget of the whole system. A partner makes keys and partners
 * below it as it likes, so its whole branch is one party; within it, no key and no partner spends all.
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

/** What a holder may spend of a budget that so many parties share. */
export function allowedTo({ portions }: Holder, allowed: number, parties: number): number {
  return portionOf(shareOf(allowed, parties), portions);
}
