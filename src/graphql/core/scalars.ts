import { GraphQLError, Kind, type ValueNode } from 'graphql';
import { namesRealDay } from '../../domain/values/calendar.ts';
import { builder } from './builder.ts';

/** The year 9999 is reserved for values computed from a date. */
const DATE_TIME =
  /^(?:19[789]\d|[2-8]\d{3}|9[0-8]\d{2}|99[0-8]\d|999[0-8])-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;

builder.scalarType('DateTime', {
  description: 'A point in time in ISO 8601 format with a UTC offset, such as "2026-03-01T00:00:00Z".',
  serialize: (instant) => (instant as Date).toISOString(),
  parseValue: (value) => {
    const written = typeof value === 'string' ? DATE_TIME.exec(value) : null;
    const instant = new Date(written?.[0] ?? Number.NaN);
    if (!written || Number.isNaN(instant.getTime()) || !namesRealDay(written[0])) {
      throw new GraphQLError(
        'A DateTime is ISO 8601 with its offset, such as "2026-03-01T00:00:00Z", in the years 1970 to 9998.',
      );
    }
    return instant;
  },
});

builder.scalarType('Date', {
  description: 'A calendar date such as "2026-03-01". The time zone is documented where the type is used.',
  serialize: String,
  parseValue: text('Date', 'a day such as "2026-03-01"', 10),
});

builder.scalarType('Decimal', {
  description: 'A decimal number as a string, such as "9.95". Never a float: "0.1" is exactly one tenth.',
  serialize: String,
  parseValue: text('Decimal', 'a string such as "9.95"', 64),
  // A number literal in the document keeps its digits; one in the variables has already been parsed as a float.
  parseLiteral: (node: ValueNode) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return node.value;
    throw new GraphQLError('A Decimal is a string such as "9.95".');
  },
});

builder.scalarType('CurrencyCode', {
  description: 'An ISO 4217 currency code, such as "EUR".',
  serialize: String,
  parseValue: (value) => {
    if (typeof value === 'string' && /^[A-Z]{3}$/.test(value)) return value;
    throw new GraphQLError('A CurrencyCode is three capital letters, such as "EUR".');
  },
});

builder.scalarType('PhoneNumber', {
  description:
    'A telephone number. Output is always E.164 ("+390612345678"); input may be in any common form.',
  serialize: String,
  parseValue: text('PhoneNumber', 'a string such as "+39 06 1234 5678"', 64),
});

builder.scalarType('Cursor', {
  description: 'A position in the event log. Opaque: store it and send it back unchanged.',
  serialize: String,
  parseValue: text('Cursor', 'a string that an event carried', 64),
});

function text(name: string, form: string, maxLength: number) {
  return (value: unknown): string => {
    if (typeof value === 'string' && value.length <= maxLength && /^[\x20-\x7e\u00a0-\ud7ff]*$/.test(value))
      return value;
    throw new GraphQLError(`A ${name} is ${form}.`);
  };
}
