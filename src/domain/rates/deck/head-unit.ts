import type { FileHead } from '../../files/file-head.ts';
import { cellProblem, lineProblem } from '../../files/file-problem.ts';
import type { DeckProblem } from '../../files/rate-deck-problem.ts';
import { isCurrency } from '../../values/currency.ts';
import type { DeckColumn } from './deck-preset.ts';
import type { DeckReading } from './deck-reading.ts';
import { isOwnSign, type PriceUnit, SIGN } from './price-cell.ts';

/** What a column of prices says of them in its head, besides a minute in units of the currency. */
const MINUTE =
  /(?:per|\/|p\.?)\s*(?:1\s*)?min(?:ute)?s?(?![a-z])\.?|(?:per|\/)\s*60\s*s(?:ec(?:ond)?s?)?(?![a-z])/g;
const HUNDREDTHS =
  /(?<![a-z])(?:(?:euro|us)?cents?|us c|usc|ct|cts|cpm|ppm|pence|penny|pennies|paise|paisa|kope[ck]s?|kopecks?|centimes?|centavos?|grosz[ey]?|fils|hundredths?|minor)(?![a-z])|¢|(?<![a-z])c\s*\/|\(c\)/;
const OTHER_TIME =
  /(?<![a-z])(?:sec|secs|seconds?|hours?|hourly|pps|pulses?|increments?|blocks?)(?![a-z])|(?:per|\/)\s*(?:s|h|hr|hrs|day|month|call|mb|kb|unit|period|step)(?![a-z])/;
const SCALE =
  /[x×*]\s*\d|\d\s*[x×*]|(?:per|\/)\s*\d|\d*00(?!\d)|\de-?\d|(?<![a-z])(?:hundreds?|thousands?|thousandths?|millions?|milli[a-z]*|micro[a-z]*|mills?|mils?|k|m[€$£])(?![a-z])|[µ%‰]|percent/;
/** Codes of currencies that are words too. */
const WORDS: ReadonlySet<string> = new Set('ALL BAD COP CUP GEL MAD PEN SIT SOS TOP TRY'.split(' '));
const NAMES: Readonly<Record<string, string>> = {
  euro: '€',
  euros: '€',
  dollar: '$',
  dollars: '$',
  pounds: '£',
};

/** What a head says that a price is for, if not for a minute in units of the currency; undefined when it says nothing else. */
function otherPriceUnit(head: string, column: 'ratePerMinute' | 'connectionFee'): string | undefined {
  const text = head.toLowerCase().replace(/[\s_]+/g, ' ');
  const others = text.replace(MINUTE, ' ');
  const found = HUNDREDTHS.exec(text) ?? SCALE.exec(others);
  return (found ?? (column === 'ratePerMinute' ? OTHER_TIME.exec(others) : null))?.[0].trim();
}

/** The currency that a text names when it is another than this; undefined when it names none, or this one. */
function otherCurrency(text: string, currency: string): string | undefined {
  const signs = text.match(new RegExp(SIGN, 'g')) ?? [];
  const words = text.match(/[\p{L}]+/gu) ?? [];
  const named = words.flatMap((word) => NAMES[word.toLowerCase()] ?? []);
  const codes = words.filter((word) => isCurrency(word.toUpperCase()) && !WORDS.has(word.toUpperCase()));
  if (codes.some((code) => code.toUpperCase() === currency)) return undefined;
  return codes[0] ?? [...signs, ...named].find((sign) => !isOwnSign(sign, currency));
}

/** Whether a head of increments says that they are in something else than seconds. */
function isOtherThanSeconds(head: string): boolean {
  return /(?<![a-z])(?:minutes?|hours?|ms|msecs?|milliseconds?|in mins?)(?![a-z])|[([]mins?\.?[)\]]/.test(
    head.toLowerCase().replace(/[\s_]+/g, ' '),
  );
}

const PRICES = ['ratePerMinute', 'connectionFee'] as const;
const INCREMENTS = ['initialIncrement', 'increment', 'increments'] as const;

/** What the heads say of the units of their columns: a problem, or a note when the unit is declared. */
export function readHeadUnits(
  head: FileHead<DeckColumn>,
  { priceUnit, currency }: DeckReading,
  line: number,
): { readonly problems: DeckProblem[]; readonly notes: string[] } {
  const problems: DeckProblem[] = [];
  const notes: string[] = [];
  const refuse = (name: string, value: string, message: string) =>
    problems.push(cellProblem('BAD_UNIT', { line, column: name, value, message }));
  for (const column of PRICES) {
    const { name } = head[column] ?? {};
    if (name === undefined) continue;
    const other = otherCurrency(name, currency);
    if (other !== undefined) refuse(name, other, wrongCurrency(other, currency));
    const unit = otherPriceUnit(name, column);
    if (unit === undefined) continue;
    if (priceUnit === null) refuse(name, unit, UNKNOWN_UNIT);
    else notes.push(`"${name}" is read ${UNITS[priceUnit]}, as declared`);
  }
  for (const column of INCREMENTS) {
    const { name } = head[column] ?? {};
    if (name !== undefined && isOtherThanSeconds(name)) refuse(name, name, NO_SECONDS);
  }
  return { problems, notes };
}

/** The unit that the lines above the head give to all prices, as "All prices in US cents" does. */
export function titleUnitProblem(
  title: string,
  { priceUnit, currency }: DeckReading,
  line: number,
): DeckProblem | undefined {
  if (!/rate|price|tariff|charge|amount|currenc/i.test(title)) return undefined;
  const [cents] = HUNDREDTHS.exec(title.toLowerCase()) ?? [];
  // Of codes in small letters, most are words.
  const other = otherCurrency(title.replace(/(?<!\p{L})(?![A-Z]{3})\p{L}{3}(?!\p{L})/gu, ' '), currency);
  const value = other ?? (priceUnit === null ? cents : undefined);
  if (value === undefined) return undefined;
  const message = other === undefined ? UNKNOWN_UNIT : wrongCurrency(other, currency);
  return lineProblem('BAD_UNIT', line, `The line above the head says "${value}". ${message}`);
}

const UNITS: Readonly<Record<PriceUnit, string>> = {
  MINUTE: 'as a price of a minute, in units of the currency',
  CENTS_PER_MINUTE: 'as a price of a minute, in hundredths of the currency',
  INCREMENT: 'as a price of an increment, in units of the currency',
};

const UNKNOWN_UNIT =
  'This may say that prices are not of a minute in units of the currency: declare the unit of the prices, and convert them when it is none of those that can be declared.';
const NO_SECONDS = 'Increments are read in seconds: convert them, and write so in the head.';

function wrongCurrency(other: string, currency: string): string {
  return `The rate group is in ${currency}, and this says ${other}: import prices of another currency into a rate group of their own.`;
}
