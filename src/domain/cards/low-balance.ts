import type { RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import { formatMicros } from '../values/money.ts';
import type { BatchTerms, Card } from './card.ts';
import { cardEvent } from './card-event.ts';

/**
 * Reports a card whose balance falls below its batch's threshold: once per crossing, comparing the balance before and
 * after a decision. What is held for calls still counts as balance. A card that leaves service with its money (replaced
 * or closed) is not reported, since it can't be refilled. Raising the threshold does not notify for existing cards.
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
