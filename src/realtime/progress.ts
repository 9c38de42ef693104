/** Where one execution of a subscription stands in the log, told by who reads it and read by who shares it. */
export interface Progress {
  /** Where it is to begin, whatever it was asked for: another execution of the same came this far. */
  readonly resumeAfter: bigint | undefined;
  /** The position of the last event that was handed out, or after which it began. Undefined: not of the log. */
  position: bigint | undefined;
}

export function newProgress(resumeAfter?: bigint): Progress {
  return { resumeAfter, position: undefined };
}
