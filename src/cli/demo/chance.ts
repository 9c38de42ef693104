import { randomInt } from 'node:crypto';

/** Any one of them. */
export function anyOf<Item>(items: readonly Item[]): Item {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from.');
  return item;
}

/** True once in so many times. */
export function onceIn(times: number): boolean {
  return randomInt(times) === 0;
}

/** A telephone number as a caller in Baku would have it, in one of the forms in which networks send it. */
export function anyNumber(): string {
  const subscriber = `${randomInt(2, 10)}${String(randomInt(1_000_000)).padStart(6, '0')}`;
  return anyOf([`+99450${subscriber}`, `0099450${subscriber}`, `+994 50 ${subscriber}`]);
}
