import { PinRevealsExhausted } from '../rejections/reveals.ts';

/** How often PINs may be revealed in a day of 24 hours. */
export interface RevealLimits {
  /** By one administrator, counting all keys that were rotated from or created by the same key. */
  readonly byPerson: number;
  readonly inAll: number;
}

/** @throws PinRevealsExhausted when one more would exceed a limit. */
export function refuseTooMany(before: RevealLimits, allowed: RevealLimits): void {
  if (before.byPerson >= allowed.byPerson) {
    throw new PinRevealsExhausted({ allowed: allowed.byPerson, inAll: false });
  }
  if (before.inAll >= allowed.inAll) throw new PinRevealsExhausted({ allowed: allowed.inAll, inAll: true });
}
