export const CARD_HEAD = 'serial,pin,balance,state,first_used_at,expires_at,bound_numbers';

const STATES = ['inactive', 'active', 'active', 'locked', 'deactivated'];

/** A line of a file of many cards: of each five one in stock, two in use, one with a number of its own. */
export function cardLine(n: number, { serialPrefix = 'MANY-' } = {}): string {
  const state = STATES[n % STATES.length] ?? '';
  const used = state === 'inactive' ? '' : '2026-01-05 10:00:00';
  const number = n % STATES.length === 1 ? `+3933${(10_000_000 + n).toString()}` : '';
  const pin = (10n ** 15n + BigInt(n) * 7_919n).toString();
  return `${serialPrefix}${n},${pin},${((n % 1000) / 100 + 1).toFixed(2)},${state},${used},,${number}`;
}

/** A file of so many cards; `spoil` may put another line in the place of one. */
export function cardFile(count: number, spoil: (n: number) => string | undefined = () => undefined): string {
  const lines = [CARD_HEAD];
  for (let n = 0; n < count; n += 1) lines.push(spoil(n) ?? cardLine(n));
  return `${lines.join('\n')}\n`;
}
