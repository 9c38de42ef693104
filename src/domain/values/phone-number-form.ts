/**
 * How telephone numbers are written. AS_DIALED: as people dial and write them. E164: with their country code, with or
 * without its plus, as SIP peers send them; a number that begins with 0 is read as dialed. NATIONAL: as dialed, but
 * never with a bare country code.
 */
export const PHONE_NUMBER_FORMS = ['AS_DIALED', 'E164', 'NATIONAL'] as const;
export type PhoneNumberForm = (typeof PHONE_NUMBER_FORMS)[number];
