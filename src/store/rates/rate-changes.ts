import { normalizePrefix } from '../../domain/rates/destination.ts';
import {
  haveSameTerms,
  type NewTerms,
  type RateStart,
  type RateTerms,
  termsWhenSet,
  termsWhenWithdrawn,
} from '../../domain/rates/rate-change.ts';
import type { Rate } from '../../domain/rates/rating.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { lockRateGroup, nextVersion } from './rate-import.ts';
import { rateColumns, type StoredRate } from './stored-rate.ts';

/** One price of a group, from an instant on. */
interface RateSetting {
  readonly rateGroupId: string;
  readonly prefix: string;
  /** From then on. Omitted: now, on the database's clock. */
  readonly effectiveFrom?: Date;
  readonly actorId: string;
}

/**
 * Sets the price of one prefix from an instant on, until its next rate begins. Calls in progress keep their price. Terms
 * that it has already change nothing.
 *
 * @throws NotFound, InvalidInput
 */
export function setRate(sql: Sql, setting: RateSetting, terms: NewTerms): Promise<StoredRate> {
  return change(sql, setting, (before, start) => termsWhenSet(before, terms, start));
}

/**
 * Ends the offer of one prefix from an instant on, until its next rate begins: withdrawn, so that a shorter prefix
 * applies, or barred. Calls in progress keep their price.
 *
 * @throws NotFound when it is to be withdrawn and has no rate before that; InvalidInput
 */
export function withdrawRate(
  sql: Sql,
  setting: RateSetting,
  ending: { isBarred: boolean },
): Promise<StoredRate> {
  return change(sql, setting, (before, start) => termsWhenWithdrawn(before, ending, start));
}

/** Locks the group, changes one rate, and appends the event. */
async function change(
  sql: Sql,
  { rateGroupId, prefix: written, effectiveFrom, actorId }: RateSetting,
  decide: (before: StoredRate | undefined, start: RateStart) => RateTerms,
): Promise<StoredRate> {
  const prefix = normalizePrefix(written);
  if (prefix === null)
    throw new InvalidInput({ field: 'prefix', problem: 'must be 1 to 15 digits such as 39 or +39.' });
  return sql.begin(async (tx) => {
    await lockRateGroup(tx, rateGroupId);
    const place = { rateGroupId, prefix, effectiveFrom: effectiveFrom ?? (await instantNow(tx)) };
    const [before] = await tx<StoredRate[]>`
      SELECT ${rateColumns(tx)} FROM rates
      WHERE rate_group_id = ${rateGroupId} AND prefix = ${prefix} AND effective_from <= ${place.effectiveFrom}
      ORDER BY effective_from DESC LIMIT 1`;
    const terms = decide(before, place);
    if (before && haveSameTerms(before, terms)) return before;
    const rate = await store(tx, { ...terms, ...place });
    const { version } = await nextVersion(tx, rateGroupId);
    await appendEvents(tx, [{ type: 'RATE_CHANGED', actorId, payload: { rateGroupId, prefix, version } }]);
    return rate;
  });
}

/** Of now, not of the transaction's begin: another change of the prefix may have been waited for. */
async function instantNow(tx: Transaction): Promise<Date> {
  const [row] = await tx<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
  return row?.now ?? new Date();
}

async function store(tx: Transaction, rate: Rate & { rateGroupId: string }): Promise<StoredRate> {
  const [stored] = await tx<StoredRate[]>`
    INSERT INTO rates (id, rate_group_id, prefix, destination, rate_per_1e8_minute, connection_fee,
                       initial_increment_seconds, increment_seconds, effective_from, effective_to, withdrawn, barred)
    VALUES (${newId()}, ${rate.rateGroupId}, ${rate.prefix}, ${rate.destination},
            ${rate.ratePer1e8Minute.toString()}::bigint, ${rate.connectionFee.toString()}::bigint,
            ${rate.initialIncrementSeconds}, ${rate.incrementSeconds}, ${rate.effectiveFrom}, ${rate.effectiveTo},
            ${rate.withdrawn}, ${rate.barred})
    ON CONFLICT (rate_group_id, prefix, effective_from) DO UPDATE SET
      destination = excluded.destination, rate_per_1e8_minute = excluded.rate_per_1e8_minute,
      connection_fee = excluded.connection_fee, initial_increment_seconds = excluded.initial_increment_seconds,
      increment_seconds = excluded.increment_seconds, effective_to = excluded.effective_to,
      withdrawn = excluded.withdrawn, barred = excluded.barred
    RETURNING ${rateColumns(tx)}`;
  if (!stored) throw new Error('An insert returned no row.');
  return stored;
}
