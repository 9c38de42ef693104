import { isDerived } from './permission-check.ts';
import type { RoleLetters } from './role-letters.ts';

/** The owner of what every partner may see. */
export const EVERY_PARTNER = Symbol('every partner');

/** How the owner of an object is found, and who may see it. */
export interface Ownership {
  /** Operators and switches see every owner's objects, a partner those of its branch, a cardholder those of its card. */
  readonly roles: RoleLetters;
  /** The column with the id of the partner. Left out: it is no partner's. */
  readonly partner?: string | typeof EVERY_PARTNER;
  /** The column with the id of the card. Left out: it is no card's. */
  readonly card?: string;
  /** Whether the partner of that card sees it too: an operator's transfer names no partner. */
  readonly isOfCardsPartner?: true;
}

/** What has an id: who gets it from `node`, and which of it a list shows. */
export const OWNERSHIP = {
  ApiKey: { roles: 'A-UP--', partner: 'partnerId' },
  Call: { roles: 'ASUPWC', partner: 'partnerId', card: 'cardId' },
  Card: { roles: 'ASUPWC', partner: 'partnerId', card: 'id' },
  CardBatch: { roles: 'ASUP--', partner: 'partnerId' },
  CardImport: { roles: 'A-U---' },
  Partner: { roles: 'ASUP--', partner: 'id' },
  Rate: { roles: 'ASUPW-', partner: EVERY_PARTNER },
  RateGroup: { roles: 'ASUPW-', partner: EVERY_PARTNER },
  Transfer: { roles: 'ASUP-C', partner: 'partnerId', card: 'cardId', isOfCardsPartner: true },
} as const satisfies Readonly<Record<string, Ownership>>;

export type OwnedType = keyof typeof OWNERSHIP;

/** What has no owner of its own: seen with the object it is part of, or by who may use the field that returns it. */
export const PARTS: ReadonlySet<string> = new Set(
  `
  AccessSurcharge ApiKeyUse AuditEntry BatchCardStates BatchLife CallActivity CallGrant CallQuote CallRating
  CallReportOutcome CallTerms CardBalanceChange CardBatchProgress CardChangeOutcome CardEvent CardImportProblem
  CardImportProgress CardLock CardLockChange CardRefusal CardStateChange CardVersion ChangedCard DayLiability
  DayRecharges DayRevenue DayUsage Discrepancy Download Event EventActor EventPage ExpiringCard FailedAuthentication
  FailureSource GuessAllowance GuessBudget LiveStats LiveTurnover LowBalance MaintenanceFee Money NumberBinding
  PinFormatInUse PinReveal Plan RateDeckProblem RechargeMade RechargeRowOutcome RechargeRules RechargedCard ReportedCall ReplacementPolicy
  SecurityAlert SecurityAlertEvent SerialRange TimeBand Upload Verification Viewer
  `
    .trim()
    .split(/\s+/),
);

export function hasOwner(type: string): type is OwnedType {
  return Object.hasOwn(OWNERSHIP, type);
}

/**
 * Whether the tables say who may see objects of a type.
 *
 * @param hasId whether they can be asked for by id: then they need an owner
 */
export function isVisibilityKnown(type: string, { hasId }: { readonly hasId: boolean }): boolean {
  return hasOwner(type) || (!hasId && (PARTS.has(type) || isDerived(type)));
}
