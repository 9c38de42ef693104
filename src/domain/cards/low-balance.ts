import type { RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import { formatMicros } from '../values/money.ts';
import type { BatchTerms, Card } from './card.ts';
import { cardEvent } from './card-event.ts';

/**
 * Tells of a card whose balance falls below its batch's threshold: once for each time it crosses it, by what it had
 * before a decision and what it has after it. What is held for calls is still on the card. A card that leaves service
 * with its money, replaced or closed, has nothing to be refilled; and a threshold that is raised crosses no card.
 */
export function lowBalanceEvents(
  { before, after, terms }: { before: Card; after: Card; terms: BatchTerms },
  { actorId }: Pick<RuleContext, 'actorId'>,
): NewEvent[] {
  const { lowBalanceThreshold: threshold } = terms;
  if (threshold === null || before.balance < threshold || after.balance >= threshold) return [];
  if (after.status !== 'ACTIVE' && after.status !== 'IN_GRACE') return [];
  return [cardEvent('LOW_BALANCE', after, actorId, { threshold: formatMicros(threshold) })];
}
