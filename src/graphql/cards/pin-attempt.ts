import type { Attempt, PinOperation } from '../../domain/security/guessing.ts';
import { callerLine, readAnyLine } from '../../domain/values/line.ts';
import { countryOf, type NumberReading } from '../../domain/values/phone-number.ts';
import type { PhoneNumberForm } from '../../domain/values/phone-number-form.ts';
import { networkOf } from '../../store/access/ip-networks.ts';
import { type GraphContext, spender } from '../core/context.ts';
import { callerReading } from '../core/number-reading.ts';

export const CALLER_NUMBER =
  'The number that the caller calls from, as reported by your network. Wrong PINs are counted by this number, and a number from which a PIN was entered correctly before is still served when others are blocked. If omitted, or if no caller can have this number, it is treated as withheld.';

interface GivenNumbers {
  readonly callerNumber?: string | null | undefined;
  readonly accessNumber?: string | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted: see numberCountry. */
  readonly country?: string | null | undefined;
  readonly callerNumberForm?: PhoneNumberForm | null | undefined;
}

export const ACCESS_NUMBER =
  "The access number that the caller dialed. A national number is interpreted in `country`, or else in the server's default country.";
export const NUMBER_COUNTRY =
  "ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted and whose international prefixes apply. If omitted, that of the access number, or else the server's default.";

/**
 * The access number that the caller dialed; null when none was given.
 *
 * @throws InvalidPhoneNumber, AmbiguousPhoneNumber, with the field
 */
export function readAccessNumber(
  { accessNumber, country, callerNumberForm: form }: GivenNumbers,
  context: GraphContext,
): string | null {
  if (!accessNumber) return null;
  return readAnyLine(accessNumber, callerReading({ country, form, field: 'accessNumber' }, context));
}

/** The country in which a request's numbers were dialed: the one that is named, or that of the access number. */
export function numberCountry(numbers: GivenNumbers, context: GraphContext): string | null {
  if (numbers.country) return numbers.country;
  const accessNumber = readAccessNumber(numbers, context);
  return (accessNumber && countryOf(accessNumber)) ?? context.defaultCountry;
}

/** How to read the number by which a caller identifies itself. */
export function aniReading(numbers: GivenNumbers, context: GraphContext): NumberReading {
  const form = numbers.callerNumberForm;
  return callerReading({ country: numberCountry(numbers, context), form, field: 'ani' }, context);
}

/**
 * The known origin of a PIN attempt. A caller's number that nobody can have counts as withheld.
 *
 * @throws InvalidPhoneNumber, AmbiguousPhoneNumber for the access number
 */
export function pinAttempt(operation: PinOperation, numbers: GivenNumbers, context: GraphContext): Attempt {
  const { viewer, address } = context;
  return {
    operation,
    callerNumber: callerLine(numbers.callerNumber, aniReading(numbers, context)),
    accessNumber: readAccessNumber(numbers, context),
    actorId: viewer.actorId,
    ...spender(context),
    // The holder of an IPv6 network has more addresses in it than there are PINs.
    address: address.includes(':') ? networkOf(address) : address,
  };
}
