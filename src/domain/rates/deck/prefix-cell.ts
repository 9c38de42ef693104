import { normalizePrefix } from '../destination.ts';

/** The most prefixes one cell may stand for: all of a country with ten thousand number blocks. */
const MAX_PREFIXES_PER_CELL = 10_000;

/** "1,201" may be two prefixes, or 1201 with its thousands set apart. */
const MAYBE_THOUSANDS = /^\d{1,3}(?:,\d{3})+$/;

const RANGE = /^(\d{1,15})\s*[-–]\s*(\d{1,15})$/;

/**
 * The prefixes of a cell: "39", "1201;1202" or "1201-1205", each behind the country code when there is one. Null when a
 * part is no prefix, or the range is not from lower to higher in as many digits.
 *
 * @param countryCode digits that each prefix begins with beyond those in the cell; then an empty cell is the whole country
 */
export function readPrefixes(cell: string, countryCode = ''): string[] | null {
  const single = countryCode === '' ? normalizePrefix(cell) : null;
  if (single !== null) return [single];
  if (MAYBE_THOUSANDS.test(cell.trim())) return null;
  const parts = cell.split(/[;,/|]/).map((part) => part.trim());
  const found = new Set<string>();
  for (const part of parts.filter((each) => each !== '' || parts.length === 1)) {
    const expanded = expand(part, countryCode);
    if (expanded === null) return null;
    for (const prefix of expanded) found.add(prefix);
    if (found.size > MAX_PREFIXES_PER_CELL) return null;
  }
  return found.size > 0 ? [...found] : null;
}

function expand(part: string, countryCode: string): string[] | null {
  const [, from, to] = RANGE.exec(part) ?? [];
  if (from === undefined || to === undefined) return known(part, countryCode);
  const count = Number(to) - Number(from) + 1;
  if (from.length !== to.length || count < 1 || count > MAX_PREFIXES_PER_CELL) return null;
  const prefixes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const next = known((BigInt(from) + BigInt(index)).toString().padStart(from.length, '0'), countryCode);
    if (next === null) return null;
    prefixes.push(...next);
  }
  return prefixes;
}

function known(part: string, countryCode: string): string[] | null {
  if (countryCode !== '' && !/^\d*$/.test(part)) return null;
  const prefix = normalizePrefix(countryCode + part);
  return prefix === null ? null : [prefix];
}
