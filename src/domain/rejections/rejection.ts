/** The plain data a rejection carries: what the caller needs to act on it, as it is stored and sent. */
export type RejectionData = Record<string, string | number | boolean | null | readonly string[]>;

/** A subclass of Rejection, which has its code. */
export type RejectionClass<Data extends RejectionData = RejectionData> = {
  readonly code: string;
} & (new (
  data: never,
) => Rejection<Data>);

/**
 * Why a command was refused. One subclass per situation, each with a code that never changes its meaning, a message
 * that says what to change, and whether the same request, sent again later under a new key, could succeed.
 */
export abstract class Rejection<Data extends RejectionData = RejectionData> extends Error {
  /** True when time or someone else's act can change the outcome; false when the request itself must change. */
  abstract readonly retryable: boolean;
  /**
   * Whether it is the outcome of the command, kept under its idempotency key. False for what only stood in the way of this
   * attempt: the same key may succeed later.
   */
  readonly isOutcome: boolean = true;
  readonly data: Data;

  constructor(message: string, data: Data) {
    super(message);
    this.name = new.target.name;
    this.data = data;
  }

  get code(): string {
    return (this.constructor as unknown as RejectionClass).code;
  }
}

/** What is kept of a rejection under an idempotency key. */
export function keptRejection({ code, data }: Rejection): { rejection: string; data: Record<string, never> } {
  return { rejection: code, data: data as Record<string, never> };
}
