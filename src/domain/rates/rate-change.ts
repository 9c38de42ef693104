import { InvalidInput, NotFound } from '../rejections/input.ts';
import { normalizeDestination } from './destination.ts';
import type { Rate } from './rating.ts';

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

export type RateTerms = Omit<Rate, 'prefix' | 'effectiveFrom'>;
/** A prefix of a group, from an instant on. */
export type RateStart = Pick<Rate, 'prefix' | 'effectiveFrom'>;

export const MAX_INCREMENT_SECONDS = 86_400;

const NEW_TERMS = {
  ratePer1e8Minute: undefined,
  connectionFee: 0n,
  initialIncrementSeconds: 60,
  incrementSeconds: 60,
  effectiveTo: null,
};

/**
 * The terms of a prefix whose price is set.
 *
 * @param before what applies to it until then
 * @throws InvalidInput
 */
export function termsWhenSet(
  before: Rate | undefined,
  terms: NewTerms,
  { prefix, effectiveFrom }: RateStart,
): RateTerms {
  const offered = before && isOffered(before, effectiveFrom) ? before : undefined;
  const rate = { ...NEW_TERMS, destination: before?.destination ?? `+${prefix}`, ...offered, ...terms };
  const { ratePer1e8Minute, effectiveTo } = rate;
  // A barred or ended prefix has no price that anybody meant to be charged.
  if (ratePer1e8Minute === undefined)
    throw invalid(
      'pricePerMinute',
      'is missing: the prefix is not offered then, so it has no price to keep.',
    );
  const destination = normalizeDestination(rate.destination);
  if (destination === null)
    throw invalid('destination', 'must have 1 to 500 characters, none of them a control character.');
  checkIncrement('initialIncrement', rate.initialIncrementSeconds);
  checkIncrement('increment', rate.incrementSeconds);
  if (effectiveTo !== null && effectiveTo <= effectiveFrom)
    throw invalid('effectiveTo', 'must be after effectiveFrom.');
  return { ...rate, ratePer1e8Minute, destination, withdrawn: false, barred: false };
}

/**
 * The terms of a prefix whose offer ends: withdrawn, so that a shorter prefix applies, or barred.
 *
 * @throws NotFound when it is to be withdrawn and has no rate before that
 */
export function termsWhenWithdrawn(
  before: Rate | undefined,
  { isBarred }: { isBarred: boolean },
  { prefix }: RateStart,
): RateTerms {
  if (!before && !isBarred) throw new NotFound({ what: 'rate in effect then', reference: prefix });
  const terms = before ?? { ...NEW_TERMS, destination: `+${prefix}`, ratePer1e8Minute: 0n };
  return { ...terms, effectiveTo: null, withdrawn: !isBarred, barred: isBarred };
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

export function haveSameTerms(before: RateTerms, after: RateTerms): boolean {
  return (
    TERMS.every((term) => before[term] === after[term]) &&
    before.effectiveTo?.getTime() === after.effectiveTo?.getTime()
  );
}

function isOffered({ withdrawn, barred, effectiveTo }: Rate, at: Date): boolean {
  return !withdrawn && !barred && (effectiveTo === null || effectiveTo > at);
}

function checkIncrement(field: string, seconds: number): void {
  if (seconds < 1 || seconds > MAX_INCREMENT_SECONDS)
    throw invalid(field, `must be 1 to ${MAX_INCREMENT_SECONDS} seconds.`);
}

function invalid(field: string, problem: string): InvalidInput {
  return new InvalidInput({ field, problem });
}
