export interface OutcomeOptions {
  /** --json: one object for programs instead of text for people. */
  readonly json: boolean | undefined;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly [data: string]: unknown;
}

/** Prints the outcome of a command on standard output. Commands print outcomes only here. */
export function printOutcome(outcome: object, text: string, { json }: OutcomeOptions): void {
  console.log(json ? asJson(outcome) : text);
}

/** Prints why a command failed: for people on standard error, for programs on standard output. */
export function printFailure(failure: Failure, { json }: OutcomeOptions): void {
  console.error(failure.message);
  if (json) printFailureAsJson(failure);
}

/** For failures already reported on standard error. */
export function printFailureAsJson(failure: Failure): void {
  console.log(asJson({ error: failure }));
}

/** Bigints as strings, as in the API: counts and amounts may exceed what a JSON number holds exactly. */
function asJson(value: object): string {
  return JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? each.toString() : each), 2);
}
