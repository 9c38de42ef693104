/** The plain data of a rejection: what the client needs in order to act on it, as stored and sent. */
export type RejectionData = Record<string, string | number | boolean | null | readonly string[]>;

/** A subclass of Rejection, with its code. */
export type RejectionClass<Data extends RejectionData = RejectionData> = {
  readonly code: string;
} & (new (
  data: never,
) => Rejection<Data>);

/**
 * Why a command was refused. One subclass per situation, each with a code that never changes its meaning, a message
 * that says what to change, and whether the same request could succeed later under a new key.
 */
export abstract class Rejection<Data extends RejectionData = RejectionData> extends Error {
  /** True when time or somebody else's action can change the outcome; false when the request itself must change. */
  abstract readonly retryable: boolean;
  /**
   * Whether it is the outcome of the command, stored under its idempotency key. False for an obstacle to this attempt
   * only: the same key may succeed later.
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

/** What is stored of a rejection under an idempotency key. */
export function keptRejection({ code, data }: Rejection): { rejection: string; data: Record<string, never> } {
  return { rejection: code, data: data as Record<string, never> };
}
