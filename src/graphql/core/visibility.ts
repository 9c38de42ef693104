import { isDerived } from './permission-check.ts';
import type { RoleLetters } from './role-letters.ts';

/** The owner of objects that every partner may see. */
export const EVERY_PARTNER = Symbol('every partner');

/** How to find the owner of an object, and so who may see it. */
export interface Ownership {
  /** Operators and switches see every owner's objects, a partner its branch's, a cardholder its card's. */
  readonly roles: RoleLetters;
  /** The column with the partner's id. If omitted, no partner owns the object. */
  readonly partner?: string | typeof EVERY_PARTNER;
  /** The column with the card's id. If omitted, no card owns the object. */
  readonly card?: string;
  /** Whether the card's partner may see it too: a transfer by the operator has no partner. */
  readonly isOfCardsPartner?: true;
}

/** Types with an id: who may load them with `node`, and which of them a list shows. */
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

/** Types without an owner: visible with their parent object, or to anyone who may use the field that returns them. */
export const PARTS: ReadonlySet<string> = new Set(
  `
  AccessSurcharge ApiKeyUse AuditEntry BatchCardStates BatchLife CallActivity CallGrant CallQuote CallRating
  CallReportOutcome CallTerms CardBalanceChange CardBatchProgress CardChangeOutcome CardEvent CardFileColumn CardImportProblem
  CardImportProgress CardImportTally CardImportTotals CardLock CardLockChange CardRefusal CardStateChange CardVersion ChangedCard DayLiability
  DayRecharges DayRevenue DayUsage DestinationRateChange Discrepancy Download Event EventActor EventPage ExpiringCard FailedAuthentication
  FailureSource GuessAllowance GuessBudget LiveStats LiveTurnover LowBalance MaintenanceFee Money NumberBinding
  PinFormatInUse PinReveal Plan RateBarChange RateDeckColumn RateDeckProblem RateDifference RateImportPreview RechargeMade RechargeRowOutcome RechargeRules RechargedCard ReportedCall ReplacementPolicy
  SecurityAlert SecurityAlertEvent SerialRange TimeBand Upload Verification Viewer
  `
    .trim()
    .split(/\s+/),
);

export function hasOwner(type: string): type is OwnedType {
  return Object.hasOwn(OWNERSHIP, type);
}

/**
 * Whether the tables define who may see objects of a type.
 *
 * @param hasId whether they can be requested by id, which requires an owner
 */
export function isVisibilityKnown(type: string, { hasId }: { readonly hasId: boolean }): boolean {
  return hasOwner(type) || (!hasId && (PARTS.has(type) || isDerived(type)));
}
