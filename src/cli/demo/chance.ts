import { randomInt } from 'node:crypto';

/** A random item. */
export function anyOf<Item>(items: readonly Item[]): Item {
  const item = items[randomInt(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from.');
  return item;
}

/** True with probability 1 / `times`. */
export function onceIn(times: number): boolean {
  return randomInt(times) === 0;
}

/** A random telephone number in Baku, in one of the formats that networks send. */
export function anyNumber(): string {
  const subscriber = `${randomInt(2, 10)}${String(randomInt(1_000_000)).padStart(6, '0')}`;
  return anyOf([`+99450${subscriber}`, `0099450${subscriber}`, `+994 50 ${subscriber}`]);
}
