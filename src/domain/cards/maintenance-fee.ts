import type { Decision, RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import type { Transfer } from '../transfer.ts';
import { addDays, DAY_MS } from '../values/calendar.ts';
import type { BatchTerms, Card } from './card.ts';
import { cardState, dueAt } from './card-state.ts';
import { chargeFee } from './fee.ts';

/** Periods charged in one decision: after years of downtime the job must not hold up other commands. */
export const PERIODS_AT_ONCE = 100;

type MaintenanceTerms = Pick<BatchTerms, 'maintenanceFee' | 'maintenanceEveryDays'>;

/** When the first period ends for a card first used at `now`; null: its batch has no maintenance fee. */
export function firstFeeAt({ maintenanceEveryDays }: MaintenanceTerms, now: Date): Date | null {
  return maintenanceEveryDays === null ? null : addDays(now, maintenanceEveryDays);
}

/**
 * The card's next fee when it returns to service at an instant: after a lock, a grace period or a deactivation. Periods
 * that ended meanwhile are skipped and never owed, including one that a late job had not yet charged; the rhythm set by
 * the first use is kept.
 */
export function nextFeeFrom(
  { nextFeeAt }: Pick<Card, 'nextFeeAt'>,
  { maintenanceEveryDays }: MaintenanceTerms,
  from: Date,
): Date | null {
  if (nextFeeAt === null || maintenanceEveryDays === null || nextFeeAt >= from) return nextFeeAt;
  const skipped = Math.ceil((from.getTime() - nextFeeAt.getTime()) / (maintenanceEveryDays * DAY_MS));
  return addDays(nextFeeAt, skipped * maintenanceEveryDays);
}

/**
 * Charges the maintenance fee for each period that has ended, oldest first, with one transfer each and the period in
 * its reason. Only a card in service pays; one with no available balance pays nothing for the period. Null when no
 * period has ended.
 */
export function takeMaintenanceFees(
  { card, terms }: { card: Card; terms: BatchTerms },
  at: RuleContext,
): Decision<Card> | null {
  const { maintenanceFee: amount, maintenanceEveryDays: everyDays } = terms;
  let due = card.nextFeeAt;
  if (due === null || everyDays === null || due > at.now) return null;
  if (cardState(card, at.now) !== 'ACTIVE') return null;

  const transfers: Transfer[] = [];
  const events: NewEvent[] = [];
  let paying = card;
  for (let period = 0; period < PERIODS_AT_ONCE && due <= at.now; period += 1) {
    const reason = `maintenance from ${dayOf(addDays(due, -everyDays))} to ${dayOf(due)}`;
    const charged = chargeFee(paying, { kind: 'MAINTENANCE_FEE', amount, reason }, at);
    transfers.push(...charged.transfers);
    events.push(...charged.events);
    paying = charged.card;
    due = addDays(due, everyDays);
  }
  const paid = { ...paying, nextFeeAt: due };
  const after: Card = { ...paid, version: Math.max(paid.version, card.version + 1), dueAt: dueAt(paid) };
  return { outcome: after, cards: [after], transfers, events };
}

/** The day in UTC: periods are whole days, so no two have the same text. */
function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
