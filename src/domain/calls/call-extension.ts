import { available, type BatchTerms, type Card } from '../cards/card.ts';
import type { Decision, RuleContext } from '../decision.ts';
import { answerTo, type Call, type Grant, isOverdue, withAnswer } from './call.ts';
import { type CallOutcome, expiryOf } from './call-authorization.ts';
import { callEvent } from './call-event.ts';
import { nextGrant, priceOf } from './call-grant.ts';
import { endOf, repeatedGrant, stopOf } from './call-repetition.ts';
import { abandonCall } from './call-settlement.ts';
import { countUsage, moveUsage } from './fair-use.ts';

interface CallExtension {
  readonly call: Call;
  readonly card: Card;
  readonly terms: BatchTerms;
  /** Increases with each request of the call; the authorization was 0. */
  readonly requestNumber: number;
  /** Total seconds since the answer. */
  readonly usedSeconds: number;
  /** Further seconds requested; null: a slice. */
  readonly requestedSeconds: number | null;
}

/**
 * Records what a call has used and lets it run on. The grant in the outcome's call is the answer.
 *
 * A request number that was answered before gets the same answer, as far as the call is still allowed it: see
 * call-repetition.ts. One that arrives after a higher number is recorded for the use it reports and gets the latest
 * answer. After the end of the call nothing is granted. So lost, repeated and reordered reports change neither the
 * final charge nor the balance.
 */
export function extendCall(request: CallExtension, at: RuleContext): Decision<CallOutcome> {
  const { call, card, requestNumber } = request;
  if (call.state !== 'AUTHORIZED') return ended(call, card);
  if (isOverdue(call, at.now)) {
    const abandoned = abandonCall({ call, card, terms: request.terms }, at);
    return { ...abandoned, ...ended(abandoned.outcome.call, abandoned.outcome.card) };
  }
  const known = answerTo(call, requestNumber);
  if (known) return { outcome: { call: repeated(call, card, known, at.now), card } };
  const usedSeconds = Math.max(call.usedSeconds, request.usedSeconds);
  if (requestNumber < call.requestNumber) {
    const updated = { ...call, usedSeconds };
    return {
      outcome: { call: repeated(updated, card, call.granted, at.now), card },
      ...(usedSeconds > call.usedSeconds && { calls: [updated] }),
    };
  }

  const usageDay = call.usageDay && card.usageDay;
  const counted = moveUsage(card, call.usageDay, Math.max(0, call.granted.seconds - usedSeconds));
  const grant = grantFor({ ...request, card: counted, usedSeconds }, at.now);
  const { rating } = call;
  const wanted = rating ? priceOf(rating, grant.seconds) : 0n;
  const funds = available(card) + call.held;
  const held = wanted < funds ? wanted : funds;
  const after: Card = {
    ...countUsage(counted, usageDay, grant.seconds - call.granted.seconds),
    held: card.held + held - call.held,
    version: card.version + 1,
  };
  const extended = withAnswer(
    { ...call, usedSeconds, held, usageDay, expiresAt: expiryOf(grant.seconds - usedSeconds, at.now) },
    requestNumber,
    grant,
  );
  return {
    outcome: { call: extended, card: after },
    cards: [after],
    calls: [extended],
    events: [callEvent('CALL_EXTENDED', extended, after, at.actorId, {})],
  };
}

function grantFor({ call, card, terms, usedSeconds, requestedSeconds }: CallExtension, now: Date): Grant {
  const stop = stopOf(call, card, now);
  if (stop || !call.rating) return { seconds: usedSeconds, limit: stop ?? 'CARD_STATE' };
  return nextGrant({
    rating: call.rating,
    card,
    terms,
    usedSeconds,
    grantedSeconds: call.granted.seconds,
    funds: available(card) + call.held,
    requestedSeconds,
    now,
  });
}

function ended(call: Call, card: Card): { outcome: CallOutcome } {
  return { outcome: { call: { ...call, granted: endOf(call) }, card } };
}

function repeated(call: Call, card: Card, answer: Grant, now: Date): Call {
  return { ...call, granted: repeatedGrant({ call, card, answer }, now) };
}
