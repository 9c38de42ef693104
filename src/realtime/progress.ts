/** The log position of one execution of a subscription: written by its reader, read by the code that shares it. */
export interface Progress {
  /** Overrides the requested start: an earlier execution of the same subscription got this far. */
  readonly resumeAfter: bigint | undefined;
  /** The position of the last event delivered, or the start. Undefined when the execution does not follow the log. */
  position: bigint | undefined;
}

export function newProgress(resumeAfter?: bigint): Progress {
  return { resumeAfter, position: undefined };
}
