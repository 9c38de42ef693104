import { PinRevealsExhausted } from '../rejections/reveals.ts';

/** How often PINs may be asked for in a day of 24 hours. */
export interface RevealLimits {
  /** By one administrator, with all keys that were rotated from or made by the same. */
  readonly byPerson: number;
  readonly inAll: number;
}

/** @throws PinRevealsExhausted when one more would be too many. */
export function refuseTooMany(before: RevealLimits, allowed: RevealLimits): void {
  if (before.byPerson >= allowed.byPerson) {
    throw new PinRevealsExhausted({ allowed: allowed.byPerson, inAll: false });
  }
  if (before.inAll >= allowed.inAll) throw new PinRevealsExhausted({ allowed: allowed.inAll, inAll: true });
}
