export interface OutcomeOptions {
  /** What --json asks for: one object for programs instead of words for people. */
  readonly json: boolean | undefined;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly [data: string]: unknown;
}

/** Tells what became of a command, on standard output, the one place for it. */
export function tell(outcome: object, text: string, { json }: OutcomeOptions): void {
  console.log(json ? asJson(outcome) : text);
}

/** Tells why a command came to nothing: to people on standard error, to programs where they read the outcome. */
export function tellFailure(failure: Failure, { json }: OutcomeOptions): void {
  console.error(failure.message);
  if (json) tellPrograms(failure);
}

/** For what people have been told already. */
export function tellPrograms(failure: Failure): void {
  console.log(asJson({ error: failure }));
}

/** A count in words, such as "1 card" and "2 cards". */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** As the API gives them: counts and amounts are beyond what a JSON number is sure to hold. */
function asJson(value: object): string {
  return JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? each.toString() : each), 2);
}
