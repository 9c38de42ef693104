import { getCountries } from 'libphonenumber-js';
import { z } from 'zod';
import { MAX_TERM_DAYS } from '../../domain/values/calendar.ts';
import { isNetwork } from '../../store/access/ip-networks.ts';

// What the text of a variable may be. Messages and documents say it in the words of `expected`, and in those of `otherwise`
// what applies without the variable. The text of a secret is never shown.

/** What messages and documents say of a variable. */
export interface Variable {
  readonly variable: string;
  readonly form: Form;
  readonly expected: string;
  readonly about: string;
  /** The default as one would write it; empty: none. */
  readonly usual: string;
  readonly otherwise?: string;
  readonly secret?: boolean;
}

type Form = z.ZodOptional<z.ZodType> | z.ZodPrefault<z.ZodType>;

/** The shape with a value for each variable in the place of its form. */
export function valuesFor(shape: z.core.$ZodShape, textOf: (variable: Variable) => unknown): object {
  const valueFor = (form: z.core.$ZodType) =>
    form instanceof z.ZodObject ? valuesFor(form.shape, textOf) : textOf(variableOf(form as Form));
  return Object.fromEntries(Object.entries(shape).map(([name, form]) => [name, valueFor(form)]));
}

/** The variables of a shape and of the shapes within, in order. */
export function variablesIn(shape: z.core.$ZodShape): Variable[] {
  const found: Variable[] = [];
  valuesFor(shape, (variable) => found.push(variable));
  return found;
}

function variableOf(form: Form): Variable {
  const meta = form.unwrap().meta() as Pick<Variable, 'variable' | 'expected' | 'otherwise' | 'secret'>;
  const usual = form instanceof z.ZodPrefault ? String(form.def.defaultValue) : '';
  return { ...meta, form, about: form.description ?? '', usual };
}

type Range = readonly [least: number, most: number];

export const text = (variable: string, expected: string, most = Number.POSITIVE_INFINITY) =>
  z.string().max(most).meta({ variable, expected });

export const yesOrNo = (variable: string, otherwise?: string) =>
  oneOf(variable, ['true', 'false'], otherwise)
    .transform((value) => value === 'true')
    .meta({ variable, expected: 'true or false', otherwise });

export const oneOf = <const T extends readonly string[]>(variable: string, values: T, otherwise?: string) =>
  z.enum(values).meta({ variable, expected: `one of ${values.join(', ')}`, otherwise });

/** A whole number; the factor converts it to the unit in which the program counts. */
export const whole = (variable: string, what: string, [least, most]: Range, factor = 1) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .transform((value) => value * factor)
    .meta({ variable, expected: `${what}, ${least} to ${most}` });

/** A number of some unit, with its default. */
export const count = (variable: string, unit: string, range: Range, usual: number, factor?: number) =>
  whole(variable, `a number of ${unit}`, range, factor).prefault(String(usual));

export const port = (variable: string) => whole(variable, 'a port', [0, 65_535]);

export const retentionDays = (variable: string) =>
  whole(variable, 'a number of days', [1, MAX_TERM_DAYS]).optional();

export const secret = (variable: string, [least, most]: Range) => {
  const expected = `a secret of ${least} to ${most} characters`;
  return z.string().min(least).max(most).meta({ variable, expected, secret: true }).optional();
};

export const country = (variable: string) =>
  z
    .string()
    .refine((value) => (getCountries() as string[]).includes(value))
    .meta({ variable, expected: 'a country of ISO 3166, two capital letters such as AZ' })
    .optional();

export const webAddress = (variable: string, otherwise: string) =>
  addressOf('http:', 'https:')
    .transform((url) => url.replace(/\/+$/, ''))
    .meta({ variable, expected: 'an http or https URL', otherwise })
    .optional();

export const providerAddress = (variable: string, expected: string, otherwise?: string) =>
  z
    .url({ protocol: /^https?$/ })
    .meta({ variable, expected, otherwise })
    .optional();

export const databaseAddress = (variable: string, otherwise?: string) => {
  const expected =
    'a PostgreSQL URL such as postgres://user:password@host:5432/cardline, with several hosts postgres://user:password@host1:5432,host2:5432/cardline?target_session_attrs=read-write';
  return z
    .string()
    .refine(isDatabaseAddress)
    .meta({ variable, expected, otherwise, secret: true })
    .optional();
};

/** PostgreSQL keeps 63 bytes of an application_name; the name stands behind that of the program. */
const INSTANCE_NAME = /^[\w.:@-]{1,50}$/;

export const instanceName = (variable: string) => {
  const expected = 'up to 50 letters, digits, dots, colons, @, hyphens and underscores';
  return z
    .string()
    .refine((value) => INSTANCE_NAME.test(value))
    .meta({ variable, expected, otherwise: 'the name of the machine and the process id' })
    .optional();
};

export const key = (variable: string) => {
  const expected = '32 random bytes in base64 or hexadecimal, as "openssl rand -base64 32" makes them';
  return z.string().refine(isKey).transform(asKey).meta({ variable, expected, secret: true }).optional();
};

export const keys = (variable: string) => {
  const expected = 'a list of keys as CARDLINE_MASTER_KEY is one, with commas between them';
  return listOf(isKey)
    .transform((values) => values.map(asKey))
    .meta({ variable, expected, secret: true })
    .prefault('');
};

export const networks = (variable: string) => {
  const expected = 'a list of networks such as 10.0.0.0/8, with commas between them';
  return listOf(isNetwork).meta({ variable, expected }).prefault('');
};

export const origins = (variable: string) => {
  const expected = 'a list of origins such as https://portal.example.com, with commas between them';
  return listOf((value) => URL.canParse(value) && new URL(value).origin === value)
    .meta({ variable, expected })
    .prefault('');
};

const KEY_FORM = /^([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)$/i;
const isKey = (value: string) => KEY_FORM.test(value);
const asKey = (value: string) => Buffer.from(value, value.length === 64 ? 'hex' : 'base64');

/** The values of `target_session_attrs`, as in libpq, that the driver knows. */
const SESSION_ATTRIBUTES = ['read-write', 'read-only', 'primary', 'standby', 'prefer-standby'];

function isDatabaseAddress(value: string): boolean {
  // A URL has one host; the driver, as libpq, takes several with commas between them.
  const first = value.replace(/^(\w+:\/\/(?:[^@/?]*@)?[^/?,]*),[^/?]*/, '$1');
  if (!URL.canParse(first)) return false;
  const { protocol, searchParams } = new URL(first);
  const attributes = searchParams.get('target_session_attrs');
  if (attributes !== null && !SESSION_ATTRIBUTES.includes(attributes)) return false;
  return ['postgres:', 'postgresql:'].includes(protocol);
}

const addressOf = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));

const listOf = (accepts: (value: string) => boolean) =>
  z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((values) => values.every(accepts));
