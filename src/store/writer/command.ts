import type { Decision, RuleContext } from '../../domain/decision.ts';
import type { BatchTermsCache } from './batch-terms.ts';
import type { Idempotency, Needs } from './needs.ts';
import type { KeptAnswer, WorkingSet } from './working-set.ts';

/** How urgent a command is: a call in progress, a single request, or one of many. */
export type CommandClass = 'CALL' | 'SINGLE' | 'BULK';

/**
 * A requested change of money or status. The writer locks and reads what it needs, asks it to decide, and writes the
 * decision.
 */
export interface Command<Result> {
  readonly actorId: string;
  /**
   * The owner whose share of the writer it uses: the partner, or one of the operator's credentials. Left out: the
   * actor.
   */
  readonly ownerId?: string;
  /** Left out: SINGLE. */
  readonly class?: CommandClass;
  readonly needs: Needs;
  /** Runs a pure rule over the working set, or throws its Rejection. */
  decide(state: WorkingSet, at: RuleContext): Decision<Result>;
  /** A command that moves money has a key; its answer is stored and replayed. */
  readonly once?: {
    readonly idempotency: Idempotency;
    /** What to store of the result, and the same result from what was stored. */
    remember(result: Result): KeptAnswer;
    replay(kept: KeptAnswer, state: WorkingSet): Result;
  };
}

/** Anything that runs commands: the command writer, or a wrapper around it. */
export interface CommandRunner {
  /** The terms of batches, as commands see them. */
  readonly terms: BatchTermsCache;
  /** Resolves when the command's changes are durable. @throws Rejection */
  run<Result>(command: Command<Result>): Promise<Result>;
}

/**
 * A card as a money command names it. A repetition may name the same card in another way: by its id, its serial or a
 * number. And a bound number may have moved to another card by then: the same words still get the first answer.
 */
export interface CardReference {
  /**
   * The card it currently resolves to; NO_CARD when there is none, so that even this refusal is stored with the key.
   */
  readonly id: string;
  /** As the client wrote it, in normal form. */
  readonly reference: string;
}

/** The id of no card: the nil UUID. */
export const NO_CARD = '00000000-0000-0000-0000-000000000000';

/** Owner of the idempotency keys of all the operator's credentials except switches: the nil UUID. */
export const OPERATOR_OWNER = '00000000-0000-0000-0000-000000000000';
