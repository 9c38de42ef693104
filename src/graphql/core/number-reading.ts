import type { NumberReading } from '../../domain/values/phone-number.ts';
import type { PhoneNumberForm } from '../../domain/values/phone-number-form.ts';
import { builder } from './builder.ts';
import type { GraphContext } from './context.ts';

export const PhoneNumberFormEnum = builder.enumType('PhoneNumberForm', {
  description: 'How telephone numbers are written.',
  values: {
    AS_DIALED: {
      description:
        'As people dial and write them: with a plus, with an international prefix of the country, or as a national number.',
    },
    E164: {
      description:
        'With their country code, with or without a plus, as SIP peers send them. A number that begins with 0 is read as dialed.',
    },
    NATIONAL: {
      description:
        'As dialed in the country. Only a plus or an international prefix makes a number an international one.',
    },
  } satisfies Record<PhoneNumberForm, { description: string }>,
});

export const CALLER_NUMBER_FORM =
  'How the numbers that the network reports are written: those of callers, and access numbers. If omitted, as the API key says, or else AS_DIALED.';
export const DIALED_NUMBER_FORM =
  'How the dialed number is written. If omitted, as the API key says, or else AS_DIALED.';

type ReadingContext = Pick<GraphContext, 'defaultCountry' | 'viewer'>;

interface GivenReading {
  /** ISO 3166-1 alpha-2; null or omitted: the server's default. */
  readonly country?: string | null | undefined;
  /** Null or omitted: as the viewer's key says. */
  readonly form?: PhoneNumberForm | null | undefined;
  readonly field?: string;
}

/** How to read a number that the network reports, or one of a caller. */
export function callerReading(
  { country, form, field = 'number' }: GivenReading,
  { defaultCountry, viewer }: ReadingContext,
): NumberReading {
  return { country: country ?? defaultCountry, form: form ?? viewer.callerNumberForm, field };
}

/** How to read a number that a caller dialed. */
export function dialedReading(
  { country, form, field = 'number' }: GivenReading,
  { defaultCountry, viewer }: ReadingContext,
): NumberReading {
  return { country: country ?? defaultCountry, form: form ?? viewer.dialedNumberForm, field };
}
