/** What a command tells the program that started it. They are part of the interface: none changes its meaning. */
export const EXIT = {
  done: 0,
  /** By a rule, or because something is not as it should be. Nothing was changed, but by rows of a list that were not refused. */
  refused: 1,
  /** A mistake of whoever started it: an option, a setting, a file or database that is not there. */
  usage: 2,
  /** A fault of the program or the machine, or a server out of reach: what was under way may be tried again. */
  failed: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** After the help of every command. */
export const EXIT_CODES = `
Exit codes: 0 done, 1 refused or found wrong, 2 a wrong option, setting or file, 3 failed, 130 and 143 interrupted.
With --json the outcome, or {"error": ...}, is one JSON object on standard output. Progress goes to standard error.`;
