import { hash } from 'node:crypto';
import type { Decision, RuleContext } from '../../../domain/decision.ts';
import type { MovedMoney } from '../../../domain/money/recharge.ts';
import { type Branch, soleBranch } from '../../../domain/partners/branch.ts';
import { InvalidInput } from '../../../domain/rejections/input.ts';
import type { PostedTransfer } from '../../../domain/transfer.ts';
import { asPosted } from '../../money/posted-transfer.ts';
import type { Sql } from '../../postgres/database.ts';
import { type Command, OPERATOR_OWNER } from '../command.ts';
import type { Idempotency } from '../needs.ts';

/** Who gives a command. */
export interface Actor {
  readonly actorId: string;
  /** The partner it acts for; null: the operator. */
  readonly partnerId: string | null;
  /** That partner and those below it. Left out: it alone. */
  readonly branch?: Branch | null;
  /** Whose its idempotency keys are. Left out: the partner's, or the operator's. */
  readonly keysOf?: string;
  /** Whose calls it may go on with. Left out: its own. */
  readonly callScope?: string | undefined;
}

export const callScopeOf = ({ callScope, actorId }: Actor) => callScope ?? actorId;

/** Whose things the actor may touch; null: everybody's. */
export function reachOf({ partnerId, branch }: Actor): Branch | null {
  return branch ?? (partnerId === null ? null : soleBranch(partnerId));
}

/** The part of a command that says whose it is. */
export function givenBy({ actorId, partnerId }: Actor) {
  return { actorId, ownerId: partnerId ?? actorId };
}

export interface MoneyMoved {
  readonly transfer: PostedTransfer;
}

/**
 * The part of a money command that makes it have one effect: its key, and the fingerprint of what it asks.
 *
 * @param asked the operation and all its arguments, in a fixed order: another value under the same key is refused.
 * @throws InvalidInput when the key is empty or longer than 255 characters.
 */
export function once(
  actor: Actor,
  key: string,
  asked: readonly (string | bigint | null)[],
): NonNullable<Command<MoneyMoved>['once']> {
  return {
    idempotency: idempotency(actor, key, asked),
    remember: ({ transfer }) => ({ transfer: transfer.id }),
    replay: (kept, state) => ({ transfer: state.keptTransfer(kept) }),
  };
}

/** The key, and the fingerprint of what is asked under it: see `once`. */
export function idempotency(
  actor: Actor,
  key: string,
  asked: readonly (string | bigint | null)[],
): Idempotency {
  if (key.length === 0 || key.length > 255) {
    throw new InvalidInput({
      field: 'idempotencyKey',
      problem: 'must have 1 to 255 characters, a UUID for example.',
    });
  }
  const text = JSON.stringify(asked.map((part) => (typeof part === 'bigint' ? part.toString() : part)));
  return {
    ownerId: actor.keysOf ?? actor.partnerId ?? OPERATOR_OWNER,
    key,
    fingerprint: hash('sha256', text, 'hex'),
  };
}

/** Whether a command was answered under its key before. */
export async function isAnswered(sql: Sql, { once }: Pick<Command<unknown>, 'once'>): Promise<boolean> {
  if (!once) return false;
  const { ownerId, key } = once.idempotency;
  return (await sql`SELECT FROM idempotency_keys WHERE owner_id = ${ownerId} AND key = ${key}`).length > 0;
}

/** A decision of the domain, its outcome as it will be read back: a first answer and a replay are the same value. */
export function moneyMoved(decision: Decision<MovedMoney>, at: RuleContext): Decision<MoneyMoved> {
  return { ...decision, outcome: { transfer: asPosted(decision.outcome.transfer, at) } };
}
