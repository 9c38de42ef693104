import { InvalidPhoneNumber } from '../../domain/rejections/bindings.ts';
import type { Attempt, KeyedOperation } from '../../domain/security/guessing.ts';
import { normalisePhoneNumber } from '../../domain/values/phone-number.ts';
import { networkOf } from '../../store/access/ip-networks.ts';
import { type GraphContext, spender } from '../core/context.ts';

export const CALLER_NUMBER =
  'The number that the caller calls from, as reported by your network. Wrong PINs are counted by this number, and a number from which a PIN was entered correctly before is still served when others are blocked. If omitted, it is treated as withheld.';

interface GivenNumbers {
  readonly callerNumber?: string | null | undefined;
  readonly accessNumber?: string | null | undefined;
  /** ISO 3166-1 alpha-2: in whose plan a national number is read; null: the server's. */
  readonly country: string | null;
}

/** Where a PIN comes from, as far as it is told. */
export function keyedAttempt(
  operation: KeyedOperation,
  { callerNumber, accessNumber, country }: GivenNumbers,
  context: GraphContext,
): Attempt {
  const { viewer, address, defaultCountry } = context;
  const plan = country ?? defaultCountry;
  return {
    operation,
    callerNumber: readable(callerNumber, plan),
    accessNumber: readable(accessNumber, plan),
    actorId: viewer.actorId,
    ...spender(context),
    // One who has an IPv6 network has more addresses in it than there are PINs.
    address: address.includes(':') ? networkOf(address) : address,
  };
}

/** A withheld or garbled number is as good as none: it is no fault of the switch. */
function readable(number: string | null | undefined, country: string | null): string | null {
  if (!number) return null;
  try {
    return normalisePhoneNumber(number, country);
  } catch (error) {
    if (error instanceof InvalidPhoneNumber) return null;
    throw error;
  }
}
