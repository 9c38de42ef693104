import type { Rate } from '../../domain/rates/rating.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** A rate as it is stored. */
export interface StoredRate extends Rate {
  id: string;
  rateGroupId: string;
}

export const rateColumns = (sql: Sql | Transaction) => sql`
  id, rate_group_id AS "rateGroupId", prefix, destination, rate_per_1e8_minute AS "ratePer1e8Minute",
  connection_fee AS "connectionFee", initial_increment_seconds AS "initialIncrementSeconds",
  increment_seconds AS "incrementSeconds", effective_from AS "effectiveFrom", effective_to AS "effectiveTo",
  withdrawn, barred`;
