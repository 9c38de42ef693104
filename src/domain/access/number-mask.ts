import type { Role } from './role.ts';

/** The visible digits of a masked number: its country and the start of its network, and the last two. */
const VISIBLE_FIRST = 4;
const VISIBLE_LAST = 2;

/**
 * A masked number, for people who must tell it from others but not know it: +4930*****12.
 *
 * @param number E.164, with its plus; a masked or erased number stays unchanged
 */
function maskNumber(number: string): string {
  const hidden = number.length - 1 - VISIBLE_FIRST - VISIBLE_LAST;
  if (number.includes('*') || hidden <= 0) return erasedNumber(number);
  return number.slice(0, 1 + VISIBLE_FIRST) + '*'.repeat(hidden) + number.slice(-VISIBLE_LAST);
}

/** What remains of an erased number: its region, but not its owner: +4930*******. It never changes again. */
export function erasedNumber(number: string): string {
  if (number.includes('*')) return number;
  const visible = Math.min(VISIBLE_FIRST, Math.max(1, number.length - 3));
  return number.slice(0, 1 + visible) + '*'.repeat(Math.max(0, number.length - 1 - visible));
}

/**
 * The number as a role may see it: a partner does not need the numbers that its cards called or that were bound to
 * them.
 */
export function numberFor(role: Role, number: string): string {
  return role === 'PARTNER' ? maskNumber(number) : number;
}
