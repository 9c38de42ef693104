/** What a command needs, so that it can be locked and read before any rule runs. */
export interface Needs {
  readonly cards?: readonly string[];
  readonly partners?: readonly string[];
  /** Names of calls. A command that names one names its card too, whose lock covers both. */
  readonly calls?: readonly string[];
  /** Recharges whose reversals the command needs to know. */
  readonly reversalsOf?: readonly string[];
  /** Numbers (E.164) whose bindings the command needs to know. */
  readonly numbers?: readonly string[];
  /** Cards whose bound numbers the command needs to know. */
  readonly boundNumbersOf?: readonly string[];
}

/** The name of a call: a switch's id for it, and the scope of that id. */
export interface CallName {
  /** Contains no spaces. */
  readonly scope: string;
  readonly switchCallId: string;
}

export const callName = ({ scope, switchCallId }: CallName) => `${scope} ${switchCallId}`;

export interface Idempotency {
  /** The partner, the lineage of a switch's key, or OPERATOR_OWNER. */
  readonly ownerId: string;
  readonly key: string;
  /** SHA-256, hexadecimal, of the operation and its arguments, with cards by their ids. */
  readonly fingerprint: string;
  /** The same with cards as the client named them; null: the request names none. */
  readonly wording: string | null;
}

/** The part of a command needed to lock and read for it. */
export interface LockScope {
  readonly needs: Needs;
  readonly once?: { readonly idempotency: Idempotency };
}
