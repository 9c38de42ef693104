import { spellingsOf } from '../values/line.ts';
import type { Rate } from './rating.ts';

/** The rate of the longest prefix in effect: see RateTable. */
type Match<R extends Rate> = (number: string, at: Date) => R | undefined;

/**
 * The rate of a number, whichever spelling of its line the price list has. Mexico's lines are priced as +52…, or else as
 * the +521… of old lists. Argentina's +549… is priced as the mobile number that it is where the list has a prefix of
 * such numbers, and otherwise as the same line without its 9, by place.
 */
export function rateOfLine<R extends Rate>(match: Match<R>, number: string, at: Date): R | undefined {
  const rate = match(number, at);
  if (isArgentineMobile(number)) {
    return rate?.prefix.startsWith(ARGENTINE_MOBILE) ? rate : (match(`+54${number.slice(4)}`, at) ?? rate);
  }
  if (rate || !number.startsWith('+52')) return rate;
  const [, old] = spellingsOf(number);
  return old === undefined ? undefined : match(old, at);
}

/** All spellings that block a number: a prefix of a line blocks each way of dialing it. */
export function blockedSpellings(number: string): string[] {
  if (isArgentineMobile(number)) return [number, `+54${number.slice(4)}`];
  return number.startsWith('+52') ? spellingsOf(number) : [number];
}

const ARGENTINE_MOBILE = '549';

function isArgentineMobile(number: string): boolean {
  return /^\+549[0-9]{10}$/.test(number);
}
