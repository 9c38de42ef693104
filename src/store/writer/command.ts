import type { Decision, RuleContext } from '../../domain/decision.ts';
import type { BatchTermsCache } from './batch-terms.ts';
import type { Idempotency, Needs } from './needs.ts';
import type { KeptAnswer, WorkingSet } from './working-set.ts';

/** How urgent a command is: somebody is on the telephone; somebody waits for this one; it is one of many. */
export type CommandClass = 'CALL' | 'SINGLE' | 'BULK';

/** A wish to change money or status. The writer locks and reads what it needs, asks it to decide, and writes that. */
export interface Command<Result> {
  readonly actorId: string;
  /** Whose share of the writer it uses: the partner, or one credential of the operator's. Left out: the actor. */
  readonly ownerId?: string;
  /** Left out: SINGLE. */
  readonly class?: CommandClass;
  readonly needs: Needs;
  /** Runs a pure rule over the working set, or throws its Rejection. */
  decide(state: WorkingSet, at: RuleContext): Decision<Result>;
  /** A command that moves money carries a key; its answer is kept and told again. */
  readonly once?: {
    readonly idempotency: Idempotency;
    /** What to keep of the result, and the same result from what was kept. */
    remember(result: Result): KeptAnswer;
    replay(kept: KeptAnswer, state: WorkingSet): Result;
  };
}

/** Whatever commands can be given to: the command writer, or what stands before it. */
export interface CommandRunner {
  /** The terms of batches, as the commands see them. */
  readonly terms: BatchTermsCache;
  /** Resolves when what the command changed is durable. @throws Rejection */
  run<Result>(command: Command<Result>): Promise<Result>;
}

/**
 * A card as a money command names it. What the caller wrote goes into the fingerprint of the command: a bound number
 * may stand for another card by the time the request is repeated, and the repetition must get the first answer all
 * the same.
 */
export interface CardReference {
  /** The card it stands for now; NO_CARD when it stands for none, so that the refusal too is kept with the key. */
  readonly id: string;
  /** As the caller wrote it, in normal form. */
  readonly reference: string;
}

/** The id of no card: the nil UUID. */
export const NO_CARD = '00000000-0000-0000-0000-000000000000';

/** Owner of the keys of the operator's own credentials, but for switches: the nil UUID. */
export const OPERATOR_OWNER = '00000000-0000-0000-0000-000000000000';
