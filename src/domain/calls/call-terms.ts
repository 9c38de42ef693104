import { normalizePrefix } from '../rates/destination.ts';
import { blockedSpellings } from '../rates/line-rate.ts';
import type { Rate, RateTerms, Tariff } from '../rates/rating.ts';
import { checkTimeBand, isTimeZone, type TimeBand, timeBandAt } from '../rates/time-band.ts';
import { InvalidInput } from '../rejections/input.ts';
import { lineOf } from '../values/line.ts';
import { boundedText } from '../values/text.ts';

/** The surcharge on calls that come in by one access number. */
export interface AccessSurcharge {
  /** E.164, with its plus. */
  readonly accessNumber: string;
  /** 10^-8 of a unit per minute, on top of the rate. */
  readonly ratePer1e8Minute: bigint;
  /** Micro-units, on top of the connection fee. */
  readonly connectionFee: bigint;
}

/** The terms of every call by a rate group, beside the rates. Amounts are in the group's currency. */
export interface CallTerms {
  /** IANA name of the time zone whose days and hours time bands and fair use follow. */
  readonly timeZone: string;
  /** Seconds granted at a time, unless the switch requests another number; at least the initial increment. */
  readonly sliceSeconds: number;
  readonly freeSeconds: number;
  /** The least an answered call costs, in micro-units. */
  readonly minimumCharge: bigint;
  /** The most a call may cost, in micro-units: it ends there. Null: no limit. */
  readonly maxCharge: bigint | null;
  /** The most seconds a call may last. Null: no limit but MAX_CALL_SECONDS. */
  readonly maxSeconds: number | null;
  /** Prefixes that may not be called, whatever the rates. */
  readonly blockedPrefixes: readonly string[];
  readonly surcharges: readonly AccessSurcharge[];
  readonly timeBands: readonly TimeBand[];
}

/** No call lasts longer than a day: a switch that reports more has lost count. */
export const MAX_CALL_SECONDS = 86_400;
const MAX_LIST = 1_000;

export const PLAIN_CALL_TERMS: CallTerms = {
  timeZone: 'UTC',
  sliceSeconds: 300,
  freeSeconds: 0,
  minimumCharge: 0n,
  maxCharge: null,
  maxSeconds: null,
  blockedPrefixes: [],
  surcharges: [],
  timeBands: [],
};

/**
 * Returns terms that calls can be rated by, with prefixes in their normal form.
 *
 * @throws InvalidInput with the term and what is allowed.
 */
export function checkCallTerms(terms: CallTerms): CallTerms {
  if (!isTimeZone(terms.timeZone)) {
    throw new InvalidInput({ field: 'timeZone', problem: 'must be an IANA name such as "Europe/Rome".' });
  }
  within('sliceSeconds', terms.sliceSeconds, 10, MAX_CALL_SECONDS);
  within('freeSeconds', terms.freeSeconds, 0, 3_600);
  within('maxSeconds', terms.maxSeconds, 1, MAX_CALL_SECONDS);
  notNegative('minimumCharge', terms.minimumCharge);
  notNegative('maxCharge', terms.maxCharge);
  for (const list of ['blockedPrefixes', 'surcharges', 'timeBands'] as const) {
    if (terms[list].length > MAX_LIST) {
      throw new InvalidInput({ field: list, problem: `must have ${MAX_LIST} entries at most.` });
    }
  }
  for (const { ratePer1e8Minute, connectionFee } of terms.surcharges) {
    notNegative('surcharges', ratePer1e8Minute);
    notNegative('surcharges', connectionFee);
  }
  refuseContradictions(terms);
  return {
    ...terms,
    blockedPrefixes: terms.blockedPrefixes.map(blockedPrefix),
    timeBands: terms.timeBands.map((band) =>
      checkTimeBand({ ...band, name: boundedText('name', band.name, 50) }),
    ),
  };
}

/** Terms that are valid by themselves and make each other meaningless. @throws InvalidInput */
function refuseContradictions({ minimumCharge, maxCharge, surcharges }: CallTerms): void {
  if (maxCharge === 0n) {
    throw new InvalidInput({ field: 'maxCharge', problem: 'must be above zero: no call could begin.' });
  }
  if (maxCharge !== null && minimumCharge > maxCharge) {
    throw new InvalidInput({ field: 'minimumCharge', problem: 'must not be more than maxCharge.' });
  }
  const lines = surcharges.map(({ accessNumber }) => lineOf(accessNumber));
  if (new Set(lines).size < lines.length) {
    throw new InvalidInput({ field: 'surcharges', problem: 'must name each access number once.' });
  }
}

export function isBlocked({ blockedPrefixes }: CallTerms, number: string): boolean {
  const spellings = blockedSpellings(number);
  return blockedPrefixes.some((prefix) => spellings.some((each) => each.startsWith(prefix, 1)));
}

/** The tariff of a call that starts now: its rate in the current time band, plus its access number's surcharge. */
export function tariffOf(
  rate: RateTerms,
  terms: CallTerms,
  { accessNumber, now }: { accessNumber: string | null; now: Date },
): { tariff: Tariff; timeBand: string | null } {
  const band = timeBandAt(terms.timeBands, terms.timeZone, now);
  const surcharge =
    accessNumber === null
      ? undefined
      : terms.surcharges.find((each) => lineOf(each.accessNumber) === lineOf(accessNumber));
  const inBand = band ? (rate.ratePer1e8Minute * BigInt(band.percent) + 99n) / 100n : rate.ratePer1e8Minute;
  return {
    timeBand: band?.name ?? null,
    tariff: {
      ratePer1e8Minute: inBand + (surcharge?.ratePer1e8Minute ?? 0n),
      connectionFee: rate.connectionFee + (surcharge?.connectionFee ?? 0n),
      initialIncrementSeconds: rate.initialIncrementSeconds,
      incrementSeconds: rate.incrementSeconds,
      freeSeconds: terms.freeSeconds,
      minimumCharge: terms.minimumCharge,
    },
  };
}

/** The prices and terms that a call is rated by. */
export interface Pricing {
  readonly rateGroupId: string;
  readonly currency: string;
  readonly terms: CallTerms;
  /** The rate of the longest prefix in effect at an instant. */
  match(number: string, at: Date): Rate | undefined;
}

function blockedPrefix(written: string): string {
  const prefix = normalizePrefix(written);
  if (prefix !== null) return prefix;
  throw new InvalidInput({
    field: 'blockedPrefixes',
    problem: 'must be 1 to 15 digits each, such as 39900.',
  });
}

function within(field: string, value: number | null, min: number, max: number): void {
  if (value === null || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw new InvalidInput({ field, problem: `must be ${min} to ${max}.` });
}

function notNegative(field: string, value: bigint | null): void {
  if (value !== null && value < 0n) throw new InvalidInput({ field, problem: 'must not be negative.' });
}
