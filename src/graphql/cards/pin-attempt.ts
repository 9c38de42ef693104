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
  /** ISO 3166-1 alpha-2 code of the country in which a national number is interpreted; null: the server's default. */
  readonly country: string | null;
}

/** The known origin of a PIN attempt. */
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
    // The holder of an IPv6 network has more addresses in it than there are PINs.
    address: address.includes(':') ? networkOf(address) : address,
  };
}

/** A withheld or garbled number counts as missing rather than as an error of the switch. */
function readable(number: string | null | undefined, country: string | null): string | null {
  if (!number) return null;
  try {
    return normalisePhoneNumber(number, country);
  } catch (error) {
    if (error instanceof InvalidPhoneNumber) return null;
    throw error;
  }
}
