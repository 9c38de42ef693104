/** What a command names, so that it can be locked and read before any rule runs. */
export interface Needs {
  readonly cards?: readonly string[];
  readonly partners?: readonly string[];
  /** Calls, by their names. Whoever names one names its card too, whose lock stands for both. */
  readonly calls?: readonly string[];
  /** Recharges of which it matters whether they are reversed. */
  readonly reversalsOf?: readonly string[];
  /** Numbers (E.164) of which it matters what they stand for. */
  readonly numbers?: readonly string[];
  /** Cards of which it matters how many numbers stand for them. */
  readonly boundNumbersOf?: readonly string[];
}

/** What a call is named by: a switch's id of it, and whose id that is. */
export interface CallName {
  /** Has no spaces. */
  readonly scope: string;
  readonly switchCallId: string;
}

export const callName = ({ scope, switchCallId }: CallName) => `${scope} ${switchCallId}`;

export interface Idempotency {
  /** The partner, the lineage of a switch's key, or OPERATOR_OWNER. */
  readonly ownerId: string;
  readonly key: string;
  /** SHA-256, hexadecimal, of the operation and its arguments. */
  readonly fingerprint: string;
}

/** As much of a command as has to be known to lock and read for it. */
export interface LockScope {
  readonly needs: Needs;
  readonly once?: { readonly idempotency: Idempotency };
}
