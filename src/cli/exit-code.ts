/** Exit codes of the commands. They are part of the interface: none changes its meaning. */
export const EXIT = {
  done: 0,
  /** Refused by a rule, or a check failed. Nothing changed, except by the rows of a list that were not refused. */
  refused: 1,
  /** A mistake in the invocation: an option, a setting, a missing file or database. */
  usage: 2,
  /** A fault of the program or the machine, or an unreachable server: the command may be retried. */
  failed: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Printed after the help of every command. */
export const EXIT_CODES = `
Exit codes: 0 done, 1 refused or found wrong, 2 a wrong option, setting or file, 3 failed, 130 and 143 interrupted.
With --json the outcome, or {"error": ...}, is one JSON object on standard output. Progress goes to standard error.`;
