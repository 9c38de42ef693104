/** Width of the actor's column. */
const NAME_WIDTH = 11;

export type Actor = 'demo' | 'operator' | 'switch 1' | 'switch 2' | 'Corner Shop' | 'Kiosk' | 'dashboard';

type Write = (line: string) => void;

let write: Write = console.log;

/** Redirects the narration when standard output is needed for something else. */
export function narrateTo(place: Write): void {
  write = place;
}

/** Prints one line: the actor, and what happens in plain words. */
export function say(who: Actor, what: string): void {
  write(`${who.padEnd(NAME_WIDTH)} ${what}`);
}

/** "12.50 EUR" */
export function inWords({
  amount,
  currency,
}: {
  readonly amount: string;
  readonly currency: string;
}): string {
  return `${amount} ${currency}`;
}

/** "10,000" */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
