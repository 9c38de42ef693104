import { normaliseDestination, normalisePrefix } from '../../domain/rates/destination.ts';
import type { Rate } from '../../domain/rates/rating.ts';
import { InvalidInput, NotFound } from '../../domain/rejections/input.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { lockRateGroup, nextVersion } from './rate-import.ts';
import { rateColumns, type StoredRate } from './stored-rate.ts';

/** One price of a group, from an instant on. */
export interface RateSetting {
  readonly rateGroupId: string;
  readonly prefix: string;
  /** From then on. Omitted: now, on the database's clock. */
  readonly effectiveFrom?: Date;
  readonly actorId: string;
}

/** The terms of a price. What is omitted stays as it was for the prefix; a new prefix needs its price. */
export type NewTerms = Partial<
  Pick<
    Rate,
    | 'destination'
    | 'ratePer1e8Minute'
    | 'connectionFee'
    | 'initialIncrementSeconds'
    | 'incrementSeconds'
    | 'effectiveTo'
  >
>;

const MAX_INCREMENT_SECONDS = 86_400;

/**
 * Sets the price of one prefix from an instant on, until its next rate begins. Calls in progress keep their price. Terms
 * that it has already change nothing.
 *
 * @throws NotFound, InvalidInput
 */
export function setRate(sql: Sql, setting: RateSetting, terms: NewTerms): Promise<StoredRate> {
  return change(sql, setting, (before, { prefix, effectiveFrom }) => {
    const offered = before && isOffered(before, effectiveFrom) ? before : undefined;
    const rate = { ...NEW_TERMS, destination: before?.destination ?? `+${prefix}`, ...offered, ...terms };
    const { ratePer1e8Minute, effectiveTo } = rate;
    // A barred or ended prefix has no price that anybody meant to be charged.
    if (ratePer1e8Minute === undefined)
      throw invalid(
        'pricePerMinute',
        'is missing: the prefix is not offered then, so it has no price to keep.',
      );
    const destination = normaliseDestination(rate.destination);
    if (destination === null)
      throw invalid('destination', 'must have 1 to 500 characters, none of them a control character.');
    checkIncrement('initialIncrement', rate.initialIncrementSeconds);
    checkIncrement('increment', rate.incrementSeconds);
    if (effectiveTo !== null && effectiveTo <= effectiveFrom)
      throw invalid('effectiveTo', 'must be after effectiveFrom.');
    return { ...rate, ratePer1e8Minute, destination, withdrawn: false, barred: false };
  });
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
  { isBarred }: { isBarred: boolean },
): Promise<StoredRate> {
  return change(sql, setting, (before, { prefix }) => {
    if (!before && !isBarred) throw new NotFound({ what: 'rate in effect then', reference: prefix });
    const terms = before ?? { ...NEW_TERMS, destination: `+${prefix}`, ratePer1e8Minute: 0n };
    return { ...terms, effectiveTo: null, withdrawn: !isBarred, barred: isBarred };
  });
}

type Terms = Omit<Rate, 'prefix' | 'effectiveFrom'>;
type Place = Pick<StoredRate, 'rateGroupId' | 'prefix' | 'effectiveFrom'>;

const NEW_TERMS = {
  ratePer1e8Minute: undefined,
  connectionFee: 0n,
  initialIncrementSeconds: 60,
  incrementSeconds: 60,
  effectiveTo: null,
};

/** Locks the group, changes one rate, and appends the event. */
async function change(
  sql: Sql,
  { rateGroupId, prefix: written, effectiveFrom, actorId }: RateSetting,
  decide: (before: StoredRate | undefined, place: Place) => Terms,
): Promise<StoredRate> {
  const prefix = normalisePrefix(written);
  if (prefix === null) throw invalid('prefix', 'must be 1 to 15 digits such as 39 or +39.');
  return sql.begin(async (tx) => {
    await lockRateGroup(tx, rateGroupId);
    const place = { rateGroupId, prefix, effectiveFrom: effectiveFrom ?? (await clockTime(tx)) };
    const [before] = await tx<StoredRate[]>`
      SELECT ${rateColumns(tx)} FROM rates
      WHERE rate_group_id = ${rateGroupId} AND prefix = ${prefix} AND effective_from <= ${place.effectiveFrom}
      ORDER BY effective_from DESC LIMIT 1`;
    const terms = decide(before, place);
    if (before && isSame(before, terms)) return before;
    const rate = await store(tx, { ...terms, ...place });
    const { version } = await nextVersion(tx, rateGroupId);
    await appendEvents(tx, [{ type: 'RATE_CHANGED', actorId, payload: { rateGroupId, prefix, version } }]);
    return rate;
  });
}

/** Of now, not of the transaction's begin: another change of the prefix may have been waited for. */
async function clockTime(tx: Transaction): Promise<Date> {
  const [row] = await tx<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
  return row?.now ?? new Date();
}

function isOffered({ withdrawn, barred, effectiveTo }: Rate, at: Date): boolean {
  return !withdrawn && !barred && (effectiveTo === null || effectiveTo > at);
}

const TERMS = [
  'destination',
  'ratePer1e8Minute',
  'connectionFee',
  'initialIncrementSeconds',
  'incrementSeconds',
  'withdrawn',
  'barred',
] as const;

function isSame(before: Terms, after: Terms): boolean {
  return (
    TERMS.every((term) => before[term] === after[term]) &&
    before.effectiveTo?.getTime() === after.effectiveTo?.getTime()
  );
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

function checkIncrement(field: string, seconds: number): void {
  if (seconds < 1 || seconds > MAX_INCREMENT_SECONDS) throw invalid(field, 'must be 1 to 86400 seconds.');
}

function invalid(field: string, problem: string): InvalidInput {
  return new InvalidInput({ field, problem });
}
