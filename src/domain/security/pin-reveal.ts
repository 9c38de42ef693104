import { normalisePin } from '../batches/pin-format.ts';
import { InvalidInput } from '../rejections/input.ts';
import { PinRevealsExhausted } from '../rejections/reveals.ts';

/** How often PINs may be asked for in a day of 24 hours. */
export interface RevealLimits {
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

/** The reason is kept and read by others. @throws InvalidInput when the PIN stands in it. */
export function refusePinIn(reason: string, pin: string): void {
  if (!normalisePin(reason).includes(normalisePin(pin))) return;
  throw new InvalidInput({ field: 'reason', problem: 'must not have the PIN in it.' });
}
