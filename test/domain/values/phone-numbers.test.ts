import fc from 'fast-check';
import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { AmbiguousPhoneNumber, InvalidPhoneNumber } from '../../../src/domain/rejections/bindings.ts';
import { hasCommonPrefix, prefixLengths } from '../../../src/domain/values/international-prefix.ts';
import { callerLine, lineOf, readAnyLine, readLine, spellingsOf } from '../../../src/domain/values/line.ts';
import { readPhoneNumber } from '../../../src/domain/values/phone-number.ts';
import type { PhoneNumberForm } from '../../../src/domain/values/phone-number-form.ts';

const COUNTRIES = getCountries();

/** The number, or the code of the refusal. */
function read(written: string, country: string | null, form?: PhoneNumberForm): string {
  return outcome(() => readPhoneNumber(written, { country, form }));
}

function outcome(reading: () => string): string {
  try {
    return reading();
  } catch (error) {
    if (error instanceof InvalidPhoneNumber) return error.data.reason;
    if (error instanceof AmbiguousPhoneNumber) return error.code;
    throw error;
  }
}

describe('access codes of the country', () => {
  test.each([
    ['AU', '0011 64 9 300 1234', '+6493001234'],
    ['AU', '00116493001234', '+6493001234'],
    ['HK', '001 65 6555 1234', '+6565551234'],
    ['HK', '0016565551234', '+6565551234'],
    ['SG', '001 65 6555 1234', '+6565551234'],
    ['SG', '018 61 2 9374 4000', '+61293744000'],
    ['SG', '00891 98765 43211', '+919876543211'],
    ['KR', '001 65 6555 1234', '+6565551234'],
    ['KR', '00700 65 6555 1234', '+6565551234'],
    ['NG', '009 39 06 1234 5679', '+390612345679'],
    ['BR', '00 21 39 06 1234 5679', '+390612345679'],
    ['BR', '0015390612345679', '+390612345679'],
    ['JP', '010 39 06 1234 5679', '+390612345679'],
    ['JP', '001-010-39-06-1234-5679', '+390612345679'],
    ['RU', '8~10 39 06 1234 5679', '+390612345679'],
    ['RU', '8 10 39 06 1234 5679', '+390612345679'],
    ['CO', '009 39 06 1234 5679', '+390612345679'],
    ['IL', '014 39 06 1234 5679', '+390612345679'],
    ['ID', '001 65 6555 1234', '+6565551234'],
    ['ID', '017 62 21 5550 1234', 'UNREADABLE'],
    ['TH', '001 65 6555 1234', '+6565551234'],
    ['US', '011 39 06 1234 5679', '+390612345679'],
    ['IT', '00 39 06 1234 5679', '+390612345679'],
    ['BR', '00 39 06 1234 5679', '+390612345679'],
    ['IT', '0044 (0) 20 7946 0018', '+442079460018'],
    [null, '00 39 06 1234 5679', '+390612345679'],
  ] as const)('in %s, %s is %s', (country, written, number) => {
    expect(read(written, country)).toBe(number);
  });

  test('that are the start of another reading are refused, unless a blank decides', () => {
    expect(read('0016565551234', 'US')).toBe('AMBIGUOUS_PHONE_NUMBER');
    expect(read('00 16565551234', 'US')).toBe('+16565551234');
    expect(read('00 1 201 555 0123', 'HK')).toBe('AMBIGUOUS_PHONE_NUMBER');
  });
});

describe('bare E.164', () => {
  test.each([
    ['390612345679', null, 'E164', '+390612345679'],
    ['+390612345679', null, 'E164', '+390612345679'],
    ['525512345678', 'IT', 'E164', '+525512345678'],
    ['525512345678', 'IT', undefined, 'UNREADABLE'],
    ['390612345679', 'IT', undefined, '+390612345679'],
    ['390612345679', null, undefined, 'UNREADABLE'],
    ['06 1234 5679', 'IT', 'E164', '+390612345679'],
    ['4930123456', 'DE', 'E164', '+4930123456'],
    ['4923123456', 'DE', undefined, 'AMBIGUOUS_PHONE_NUMBER'],
    ['04923123456', 'DE', undefined, '+494923123456'],
    ['4923123456', 'DE', 'NATIONAL', '+494923123456'],
    ['390612345679', 'IT', 'NATIONAL', 'UNREADABLE'],
  ] as const)('%s in %s, written as %s, is %s', (written, country, form, number) => {
    expect(read(written, country, form)).toBe(number);
  });
});

test('a number with more digits than E.164 allows is none', () => {
  expect(read('20100000000000', 'DE')).toBe('UNREADABLE');
  expect(read('+4920100000000000', null)).toBe('UNREADABLE');
});

describe('text around a number', () => {
  test.each([
    '*67 0612345679',
    '#31#0612345679',
    'PIN 0612345679',
    'abc+390612345679xyz',
    '+390612345679 ext. 5',
    '06 1234 5679,,5',
    '+39061234567890123456789',
    's',
    '4040',
    'sip:gw@10.0.0.1',
    'tel:0612345679;phone-context=+44',
    '',
    '+',
  ])('is not left out: %s', (written) => {
    expect(read(written, 'IT')).toBe('UNREADABLE');
  });

  test.each([
    '+390612345679#',
    '0612345679##',
    'tel:+39-06-1234-5679',
    'sip:+390612345679@10.0.0.1:5060;user=phone',
    'sip:%2B390612345679@gw',
    '<sip:+390612345679;npdi;rn=+39012@gw>',
    '+390612345679;npdi',
    '+390612345679;user=phone',
    '(+39) 06/1234.5679',
    '+39 (0)6 1234 5679',
    '\u200e+39\u00a006\u20131234\u20115679\u202c',
    '＋３９０６１２３４５６７９',
    '+٣٩٠٦١٢٣٤٥٦٧٩',
    '+390612345679.0',
    '390612345679.00',
    "'+390612345679",
  ])('that belongs to its form is: %s', (written) => {
    expect(read(written, 'IT')).toBe('+390612345679');
  });

  test('of a spreadsheet adds no digit', () => {
    expect(read('393401234567.0', null, 'E164')).toBe('+393401234567');
    expect(read('612345678.0', 'ES')).toBe('+34612345678');
    expect(read('06.12.34.56.70', 'FR')).toBe('+33612345670');
  });
});

describe('a number that nobody has', () => {
  test.each([
    ['0000000000', 'IT', 'UNREADABLE'],
    ['+10000000000', null, 'NOT_IN_USE'],
    ['+15555555555', null, 'NOT_IN_USE'],
    ['+39 6 1234 5678', null, 'NOT_IN_USE'],
    ['266696687', 'IT', 'UNREADABLE'],
    ['266696687', 'PL', 'PLACEHOLDER'],
    ['+48266696687', null, 'PLACEHOLDER'],
    ['333 333 3333', 'IT', 'PLACEHOLDER'],
    ['98765 43210', 'IN', 'PLACEHOLDER'],
    ['+12345678901', null, 'PLACEHOLDER'],
    ['+12125550100', null, 'PLACEHOLDER'],
    ['+12125550199', null, 'PLACEHOLDER'],
    ['anonymous', 'IT', 'UNREADABLE'],
  ] as const)('%s in %s identifies no caller: %s', (written, country, reason) => {
    expect(outcome(() => readLine(written, { country }))).toBe(reason);
    expect(callerLine(written, { country })).toBeNull();
  });

  test('is still read to end what stands on record', () => {
    expect(readAnyLine('+15555555555', { country: null })).toBe('+15555555555');
  });

  test('is not one that somebody has', () => {
    for (const number of ['+12125551234', '+390612345678', '+393401234567', '+442079460018']) {
      expect(readLine(number, { country: null })).toBe(number);
    }
  });
});

describe('two spellings of a line', () => {
  test.each([
    ['+52 1 55 1234 5678', '+52 55 1234 5678', '+525512345678'],
    ['+54 9 11 2345 6789', '+54 11 2345 6789', '+541123456789'],
    ['+39 0549 886123', '+378 886123', '+3780549886123'],
  ])('%s and %s are %s', (one, other, line) => {
    expect(readLine(one, { country: null })).toBe(line);
    expect(readLine(other, { country: null })).toBe(line);
    for (const spelling of spellingsOf(line)) expect(lineOf(spelling)).toBe(line);
  });

  test('include how they are dialed at home', () => {
    expect(readLine('011 15 2345 6789', { country: 'AR' })).toBe('+541123456789');
    expect(readLine('044 55 1234 5678', { country: 'MX' })).toBe('+525512345678');
  });
});

/** Digits that the country's plan has as an international prefix. */
function prefixesOf(country: CountryCode): string[] {
  const found: string[] = hasCommonPrefix(country) ? ['00'] : [];
  const grow = (digits: string) => {
    if (digits !== '00' && prefixLengths(digits, country)[0] === digits.length) found.push(digits);
    if (digits.length < 5) for (const next of '0123456789') grow(digits + next);
  };
  if (!hasCommonPrefix(country)) for (const first of '0189') grow(first);
  return found.length > 0 ? found : ['00'];
}

const PREFIXES = new Map(COUNTRIES.map((country) => [country, prefixesOf(country)]));

/** A valid number near a country's example: its last digits are drawn. */
const validNumber = fc
  .record({
    country: fc.constantFrom(...COUNTRIES),
    tail: fc.integer({ min: 0, max: 99_999 }),
    keep: fc.boolean(),
  })
  .map(({ country, tail, keep }) => {
    const example = getExampleNumber(country, examples)?.number ?? '+390612345679';
    const digits = String(tail)
      .padStart(5, '0')
      .slice(0, keep ? 2 : 5);
    return parsePhoneNumberFromString(example.slice(0, -digits.length) + digits);
  })
  .filter((number) => number?.isValid() === true)
  .map((number) => number as NonNullable<typeof number>);

const marks = fc.constantFrom('', ' ', '-', '.', '\u00a0');

/** The digits with marks between some of them. */
function spaced(digits: string, mark: string, every: number): string {
  return mark === '' ? digits : digits.replace(new RegExp(`([0-9]{${every}})(?=[0-9]{2})`, 'g'), `$1${mark}`);
}

describe('any valid number', () => {
  const style = fc.record({ mark: marks, every: fc.integer({ min: 2, max: 4 }) });

  test('however it is written and wherever it is dialed, is read as itself or refused', () => {
    fc.assert(
      fc.property(
        validNumber,
        fc.constantFrom(...COUNTRIES),
        fc.nat(),
        style,
        (number, from, pick, { mark, every }) => {
          const bare = number.number.slice(1);
          const prefixes = PREFIXES.get(from) ?? ['00'];
          const prefix = prefixes[pick % prefixes.length] ?? '00';
          const own = (number.country ?? from) as CountryCode;
          const ways: [string, CountryCode | null, PhoneNumberForm | undefined][] = [
            [`+${spaced(bare, mark, every)}`, from, undefined],
            [number.formatInternational(), null, undefined],
            [bare, from, 'E164'],
            [spaced(bare, mark, every), from, 'E164'],
            [`+${bare}`, from, 'E164'],
            [prefix + bare, from, undefined],
            [`${prefix}${mark || ' '}${spaced(bare, mark, every)}`, from, undefined],
            [prefix + bare, from, 'NATIONAL'],
            [`00${bare}`, null, undefined],
            [number.formatNational(), own, undefined],
            [number.formatNational(), own, 'NATIONAL'],
            [`tel:+${bare}`, from, undefined],
            [`sip:+${bare}@198.51.100.1;user=phone`, from, undefined],
          ];
          for (const [written, country, form] of ways) {
            const meaning = read(written, country, form);
            expect(
              ['AMBIGUOUS_PHONE_NUMBER', 'UNREADABLE', number.number],
              `${written} in ${country} as ${form} for ${number.number}: ${meaning}`,
            ).toContain(meaning);
          }
          // These say plainly what they mean.
          for (const [written, country, form] of ways.slice(0, 5)) {
            expect(read(written, country, form), `${written} in ${country} as ${form}`).toBe(number.number);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('behind its only international prefix is read, not refused', () => {
    fc.assert(
      fc.property(validNumber, fc.constantFrom(...COUNTRIES), (number, from) => {
        const [prefix, ...others] = PREFIXES.get(from) ?? [];
        fc.pre(prefix !== undefined && others.length === 0);
        expect(read(`${prefix}${number.number.slice(1)}`, from), `${prefix} ${from}`).toBe(number.number);
      }),
      { numRuns: 1_000 },
    );
  });

  test('digits at random are a number with their country code, or none', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{4,15}$/), fc.constantFrom(...COUNTRIES), (digits, country) => {
        expect(read(digits, country)).toMatch(/^\+[1-9][0-9]{4,14}$|^UNREADABLE$|^AMBIGUOUS_PHONE_NUMBER$/);
      }),
      { numRuns: 1_000 },
    );
  });
});
