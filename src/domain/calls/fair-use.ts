import type { Card } from '../cards/card.ts';

type Usage = Pick<Card, 'usageDay' | 'usageDaySeconds' | 'usageMonthSeconds'>;

/**
 * What a card has used of its plan on a day (YYYY-MM-DD) and in that day's month; a new day or month starts at zero.
 */
export function usageOn(card: Usage, day: string): Usage & { usageDay: string } {
  const sameMonth = card.usageDay?.slice(0, 7) === day.slice(0, 7);
  return {
    usageDay: day,
    usageDaySeconds: card.usageDay === day ? card.usageDaySeconds : 0,
    usageMonthSeconds: sameMonth ? card.usageMonthSeconds : 0,
  };
}

/**
 * Counts seconds, or gives them back when negative, for a call that counts on a day. For a day or month that is over,
 * nothing changes.
 */
export function countUsage<C extends Usage>(card: C, day: string | null, seconds: number): C {
  if (day === null || card.usageDay === null || seconds === 0) return card;
  const sameDay = card.usageDay === day;
  const sameMonth = card.usageDay.slice(0, 7) === day.slice(0, 7);
  return {
    ...card,
    usageDaySeconds: Math.max(0, card.usageDaySeconds + (sameDay ? seconds : 0)),
    usageMonthSeconds: Math.max(0, card.usageMonthSeconds + (sameMonth ? seconds : 0)),
  };
}

/**
 * Moves a call's granted but unused seconds from the day they counted on to the card's current day, when another call
 * has begun there. The call then counts on the new day, whose limit applies.
 */
export function moveUsage<C extends Usage>(card: C, from: string | null, openSeconds: number): C {
  const { usageDay } = card;
  if (from === null || usageDay === null || usageDay === from) return card;
  const sameMonth = usageDay.slice(0, 7) === from.slice(0, 7);
  return {
    ...card,
    usageDaySeconds: card.usageDaySeconds + openSeconds,
    usageMonthSeconds: card.usageMonthSeconds + (sameMonth ? 0 : openSeconds),
  };
}
