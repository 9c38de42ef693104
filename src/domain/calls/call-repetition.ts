import type { Card } from '../cards/card.ts';
import { stateForKnown } from '../cards/card-state.ts';
import { type Call, type Grant, type GrantLimit, isOverdue } from './call.ts';

/**
 * What a repeated request is granted. A stored answer is no permission by itself: it was given for a hold that may have
 * been released since. So a repetition gets the stored answer only as far as the present state of the call covers it:
 *
 * - a call that has ended, or is overdue, gets no further second;
 * - a call that an operator ended, or whose card was locked, has expired or is out of service, gets none either;
 * - otherwise it gets the stored answer, or the latest one when that has fewer seconds, since only those are held for.
 *
 * Nothing is changed: it answers a question that was answered before.
 */
export function repeatedGrant(
  { call, card, answer }: { call: Call; card: Card; answer: Grant },
  now: Date,
): Grant {
  if (hasEnded(call, now)) return endOf(call);
  const stop = stopOf(call, card, now);
  if (stop) return { seconds: call.usedSeconds, limit: stop };
  return answer.seconds <= call.granted.seconds ? answer : call.granted;
}

/**
 * What a repeated authorization is granted. After the end of the call it is zero in all: whoever asks is about to
 * connect a call, and would let it run for the seconds of the one that has ended.
 */
export function repeatedAuthorization(state: { call: Call; card: Card; answer: Grant }, now: Date): Grant {
  return hasEnded(state.call, now) ? { seconds: 0, limit: 'ENDED' } : repeatedGrant(state, now);
}

/** Whether nothing more may be granted, whether or not the job has recorded a silent call as abandoned. */
export function hasEnded(call: Call, now: Date): boolean {
  return call.state !== 'AUTHORIZED' || isOverdue(call, now);
}

/** The grant of a call that has ended: the seconds it used, and none more. */
export function endOf({ usedSeconds }: Pick<Call, 'usedSeconds'>): Grant {
  return { seconds: usedSeconds, limit: 'ENDED' };
}

/** Why a call in progress must end now; undefined: it may go on. */
export function stopOf(call: Call, card: Card, now: Date): GrantLimit | undefined {
  if (call.terminating) return 'TERMINATED';
  const state = stateForKnown(card, now);
  if (state === 'IN_GRACE' || state === 'EXPIRED') return 'VALIDITY';
  return state === 'ACTIVE' && call.rating ? undefined : 'CARD_STATE';
}
