import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { CardState } from '../../domain/cards/card-state.ts';

interface StateColumns {
  status: AnyPgColumn;
  validUntil: AnyPgColumn;
  graceUntil: AnyPgColumn;
  lockedAt: AnyPgColumn;
  unlockAt: AnyPgColumn;
}

/** domain/cards/card-state.ts in SQL, for filters; a property test keeps the two equal. */
export function stateIs(card: StateColumns, state: CardState, now: SQL = sql`now()`): SQL {
  const closed = sql`${card.status} = 'CLOSED'`;
  const expired = sql`coalesce(${card.graceUntil} <= ${now}, false)`;
  const resting = sql`${card.status} IN ('INACTIVE', 'DEACTIVATED')`;
  const inGrace = sql`coalesce(${card.validUntil} <= ${now}, false)`;
  const locked = sql`(${card.lockedAt} IS NOT NULL AND coalesce(${card.unlockAt} > ${now}, true))`;
  const inService = sql`NOT ${closed} AND NOT ${expired} AND NOT ${resting} AND NOT ${inGrace}`;
  switch (state) {
    case 'CLOSED':
      return closed;
    case 'EXPIRED':
      return sql`(NOT ${closed} AND ${expired})`;
    case 'INACTIVE':
    case 'DEACTIVATED':
      return sql`(${card.status} = ${state} AND NOT ${expired})`;
    case 'IN_GRACE':
      return sql`(NOT ${closed} AND NOT ${expired} AND NOT ${resting} AND ${inGrace})`;
    case 'LOCKED':
      return sql`(${inService} AND ${locked})`;
    case 'ACTIVE':
      return sql`(${inService} AND NOT ${locked})`;
  }
}

/** The same as one expression over a row of cards with an alias, for listing or counting by state. */
export const stateNow = (card: string) => `
  CASE
    WHEN ${card}.status = 'CLOSED' THEN 'CLOSED'
    WHEN ${card}.grace_until <= now() THEN 'EXPIRED'
    WHEN ${card}.status IN ('INACTIVE', 'DEACTIVATED') THEN ${card}.status::text
    WHEN ${card}.valid_until <= now() THEN 'IN_GRACE'
    WHEN ${card}.locked_at IS NOT NULL AND (${card}.unlock_at IS NULL OR ${card}.unlock_at > now()) THEN 'LOCKED'
    ELSE 'ACTIVE'
  END`;
