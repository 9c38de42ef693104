import { hash } from 'node:crypto';
import { serialKey } from '../../../domain/cards/serial.ts';
import type { Decision, RuleContext } from '../../../domain/decision.ts';
import type { MovedMoney } from '../../../domain/money/recharge.ts';
import { type Branch, soleBranch } from '../../../domain/partners/branch.ts';
import type { PostedTransfer } from '../../../domain/transfer.ts';
import { identifier } from '../../../domain/values/text.ts';
import { asPosted } from '../../money/posted-transfer.ts';
import type { Sql } from '../../postgres/database.ts';
import { type CardReference, type Command, NO_CARD, OPERATOR_OWNER } from '../command.ts';
import type { Idempotency } from '../needs.ts';

/** Who runs a command. */
export interface Actor {
  readonly actorId: string;
  /** The partner it acts for; null: the operator. */
  readonly partnerId: string | null;
  /** That partner and those below it. Left out: only that partner. */
  readonly branch?: Branch | null;
  /** The owner of its idempotency keys. Left out: the partner, or the operator. */
  readonly keysOf?: string;
  /** The scope whose calls it may continue. Left out: its own. */
  readonly callScope?: string | undefined;
}

export const callScopeOf = ({ callScope, actorId }: Actor) => callScope ?? actorId;

/** The partners whose objects the actor may touch; null: all. */
export function reachOf({ partnerId, branch }: Actor): Branch | null {
  return branch ?? (partnerId === null ? null : soleBranch(partnerId));
}

/** The part of a command that identifies its actor and owner. */
export function givenBy({ actorId, partnerId }: Actor) {
  return { actorId, ownerId: partnerId ?? actorId };
}

/** The operation, or one of its arguments. */
export type Asked = string | bigint | null | CardReference;

export interface MoneyMoved {
  readonly transfer: PostedTransfer;
}

/**
 * The part of a money command that makes it take effect only once: its key, and the fingerprint of the request.
 *
 * @param asked the operation and all its arguments, in a fixed order: another value under the same key is refused.
 * @throws InvalidInput when the key is empty, longer than 255 characters or has blanks around it.
 */
export function once(
  actor: Actor,
  key: string,
  asked: readonly Asked[],
): NonNullable<Command<MoneyMoved>['once']> {
  return {
    idempotency: idempotency(actor, key, asked),
    remember: ({ transfer }) => ({ transfer: transfer.id }),
    replay: (kept, state) => ({ transfer: state.keptTransfer(kept) }),
  };
}

/** The key, and the fingerprint of the request made with it: see `once`. */
export function idempotency(actor: Actor, key: string, asked: readonly Asked[]): Idempotency {
  identifier('idempotencyKey', key);
  return {
    ownerId: actor.keysOf ?? actor.partnerId ?? OPERATOR_OWNER,
    key,
    fingerprint: digest(asked, ({ id, reference }) => (id === NO_CARD ? serialKey(reference) : id)),
    wording: asked.some(isCard)
      ? digest(asked, ({ id, reference }) => (id === reference ? id : serialKey(reference)))
      : null,
  };
}

function digest(asked: readonly Asked[], nameOf: (card: CardReference) => string): string {
  const parts = asked.map((part) => {
    if (isCard(part)) return nameOf(part);
    return typeof part === 'bigint' ? part.toString() : part;
  });
  return hash('sha256', JSON.stringify(parts), 'hex');
}

function isCard(part: Asked): part is CardReference {
  return typeof part === 'object' && part !== null;
}

/** Whether an answer is already stored under a command's key. */
export async function isAnswered(sql: Sql, { once }: Pick<Command<unknown>, 'once'>): Promise<boolean> {
  if (!once) return false;
  const { ownerId, key } = once.idempotency;
  return (await sql`SELECT FROM idempotency_keys WHERE owner_id = ${ownerId} AND key = ${key}`).length > 0;
}

/**
 * A domain decision whose outcome is in the form it will be read back in, so that a first answer and a replay are
 * equal.
 */
export function moneyMoved(decision: Decision<MovedMoney>, at: RuleContext): Decision<MoneyMoved> {
  return { ...decision, outcome: { transfer: asPosted(decision.outcome.transfer, at) } };
}
