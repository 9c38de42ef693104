import { available, type BatchTerms, type Card } from '../cards/card.ts';
import { closeCard, expireCard } from '../cards/expiry.ts';
import { passOn } from '../cards/replacement.ts';
import type { Decision, RuleContext } from '../decision.ts';
import { callCharge } from '../rates/rating.ts';
import { CallEnded } from '../rejections/calls.ts';
import { counted } from '../rejections/counted.ts';
import { InvalidInput } from '../rejections/input.ts';
import type { Transfer } from '../transfer.ts';
import { formatMicros } from '../values/money.ts';
import { type Call, isOverdue } from './call.ts';
import type { CallOutcome } from './call-authorization.ts';
import { callEvent } from './call-event.ts';
import { refuseBefore } from './call-times.ts';
import { countUsage } from './fair-use.ts';

interface Settled {
  readonly call: Call;
  readonly card: Card;
  readonly terms: BatchTerms;
  /** The last card in the chain of replacements of this one, when it is known. */
  readonly successor?: Card | undefined;
}

export interface CallCompletion extends Settled {
  /** Total seconds since the answer; 0 when nobody answered. */
  readonly totalSeconds: number;
  readonly hangupCause: string | null;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
}

/**
 * Charges what a call has used and releases the rest of its hold, once: a repeated completion returns the first
 * outcome. Completing a call that was abandoned posts the difference to what was charged then.
 *
 * @throws CallEnded when the call was canceled or refused, but has used seconds; InvalidInput for times before the
 *   authorization.
 */
export function completeCall(request: CallCompletion, at: RuleContext): Decision<CallOutcome> {
  const { call, card, totalSeconds } = request;
  if (call.state === 'COMPLETED') return { outcome: { call, card } };
  if (call.state === 'CANCELLED' || call.state === 'REFUSED') {
    if (totalSeconds === 0) return { outcome: { call, card } };
    throw new CallEnded({ switchCallId: call.switchCallId, state: call.state });
  }
  const { hangupCause, answeredAt, endedAt } = request;
  refuseBefore(call.authorizedAt, { answeredAt, endedAt });
  const end = { hangupCause, answeredAt, endedAt: endedAt ?? at.now };
  return settle({ ...request, call: { ...call, ...end } }, 'COMPLETED', totalSeconds, at);
}

/**
 * Releases the hold of a call that was never answered.
 *
 * @throws CallEnded when it was charged before; InvalidInput when its switch has reported use: then it was answered.
 */
export function cancelCall(
  { call, card, terms, successor }: Settled,
  at: RuleContext,
): Decision<CallOutcome> {
  if (call.state === 'AUTHORIZED' && !isOverdue(call, at.now)) {
    refuseAnswered(call);
    return settle({ call: { ...call, endedAt: at.now }, card, terms, successor }, 'CANCELLED', 0, at);
  }
  // A cancellation that comes too late finds the call abandoned, whether or not the job has run.
  const decision = abandonCall({ call, card, terms, successor }, at);
  const { state, charge, surchargePosted, switchCallId } = decision.outcome.call;
  if (charge + surchargePosted > 0n || state === 'REFUSED') throw new CallEnded({ switchCallId, state });
  return decision;
}

function refuseAnswered({ usedSeconds }: Call): void {
  if (usedSeconds === 0) return;
  const problem = `has reported ${counted(usedSeconds, 'second')}, so it was answered: end it with completeCall.`;
  throw new InvalidInput({ field: 'switchCallId', problem });
}

/**
 * Settles a call whose switch stopped reporting, at its last reported use. A call that is not overdue stays unchanged.
 */
export function abandonCall(
  { call, card, terms, successor }: Settled,
  at: RuleContext,
): Decision<CallOutcome> {
  if (!isOverdue(call, at.now)) return { outcome: { call, card } };
  return settle(
    { call: { ...call, endedAt: call.expiresAt }, card, terms, successor },
    'ABANDONED',
    call.usedSeconds,
    at,
  );
}

/** Makes the next extension of a call its last. */
export function terminateCall({ call, card }: Settled, at: RuleContext): Decision<CallOutcome> {
  const { switchCallId } = call;
  if (call.state !== 'AUTHORIZED') throw new CallEnded({ switchCallId, state: call.state });
  if (isOverdue(call, at.now)) throw new CallEnded({ switchCallId, state: 'ABANDONED' });
  if (call.terminating) return { outcome: { call, card } };
  const terminating = { ...call, terminating: true };
  return {
    outcome: { call: terminating, card },
    calls: [terminating],
    events: [callEvent('CALL_TERMINATING', terminating, card, at.actorId, {})],
  };
}

const EVENTS = {
  COMPLETED: 'CALL_COMPLETED',
  CANCELLED: 'CALL_CANCELLED',
  ABANDONED: 'CALL_ABANDONED',
} as const;

/**
 * Ends a call: the hold is released, the charge is what the seconds cost but at most what the card has, and the
 * difference between the charge and what was posted before is posted. What the card could not pay is recorded on the
 * call.
 *
 * Money that returns to a card that was replaced goes on to its replacement: nobody could spend it on the old card.
 *
 * An answered call closes a disposable card. When it ends so late that another call has begun, the card expires
 * instead, and is closed after that call.
 */
function settle(
  { call, card, terms, successor }: Settled,
  state: keyof typeof EVENTS,
  seconds: number,
  at: RuleContext,
): Decision<CallOutcome> {
  const isClosed = (card.replacedById === null ? card : successor)?.status === 'CLOSED';
  const charges = postCharges({ card: releaseHold(card, call, seconds), call, seconds, isClosed }, at);
  const settled: Call = {
    ...call,
    ...charges.amounts,
    state,
    usedSeconds: seconds,
    held: 0n,
    expiresAt: null,
    settledAt: at.now,
  };
  const isSpent = terms.type === 'DISPOSABLE' && seconds > 0;
  const spent = isSpent ? spendDisposable(charges.card, at) : { card: charges.card, closing: null };
  const closed = spent.closing?.outcome ?? spent.card;
  const passed = passOn({ card: closed, successor, reason: `call ${call.id}` }, at);
  const after = passed?.card ?? closed;
  return {
    outcome: { call: settled, card: after },
    cards: [after, ...(passed ? [passed.successor] : [])],
    calls: [settled],
    transfers: [...charges.transfers, ...(spent.closing?.transfers ?? []), ...(passed?.transfers ?? [])],
    events: [
      callEvent(EVENTS[state], settled, spent.card, at.actorId, {
        ...changeOf(charges.transfers, charges.card.balance - card.balance),
        ...(call.state !== 'AUTHORIZED' && { late: true as const }),
      }),
      ...(spent.closing?.events ?? []),
      ...(passed?.events ?? []),
    ],
  };
}

/** The card without the hold of a call that ends, and with all the seconds that the call used. */
function releaseHold(card: Card, call: Call, seconds: number): Card {
  const inProgress = call.state === 'AUTHORIZED';
  const counted = inProgress ? call.granted.seconds : call.usedSeconds;
  return {
    ...countUsage(card, call.usageDay, seconds - counted),
    held: card.held - call.held,
    callsInProgress: card.callsInProgress - (inProgress ? 1 : 0),
    version: card.version + 1,
  };
}

interface Charges {
  readonly card: Card;
  readonly amounts: Pick<Call, 'charge' | 'surchargePosted' | 'uncollected'>;
  readonly transfers: readonly Transfer[];
}

/** Posts what is still due for the use, then for the surcharge. What the card could not pay is uncollected. */
function postCharges(
  { card, call, seconds, isClosed }: { card: Card; call: Call; seconds: number; isClosed: boolean },
  at: RuleContext,
): Charges {
  const due = dueFor(call, seconds);
  const usage = post({ card, call, kind: 'CALL', posted: call.charge, due: due.charge, isClosed }, at);
  const surcharge = post(
    {
      card: usage.card,
      call,
      kind: 'CALL_SURCHARGE',
      posted: call.surchargePosted,
      due: due.surcharge,
      isClosed,
    },
    at,
  );
  // A closed card gets nothing back: then less is due than was posted.
  const shortfall = due.charge + due.surcharge - usage.posted - surcharge.posted;
  return {
    card: surcharge.card,
    amounts: {
      charge: usage.posted,
      surchargePosted: surcharge.posted,
      uncollected: shortfall > 0n ? shortfall : 0n,
    },
    transfers: [...usage.transfers, ...surcharge.transfers],
  };
}

/** A disposable card after its one call: expired while another call is in progress, otherwise to be closed. */
function spendDisposable(card: Card, at: RuleContext): { card: Card; closing: Decision<Card> | null } {
  if (card.status === 'CLOSED') return { card, closing: null };
  if (card.callsInProgress > 0) return { card: expireCard(card, at.now), closing: null };
  return { card, closing: closeCard(card, at, 'the one call of a disposable card') };
}

/** What the event says about the balance: the first transfer, and by how much the balance changed. */
function changeOf([transfer]: readonly Transfer[], change: bigint) {
  return {
    ...(transfer && { transferId: transfer.id, kind: transfer.kind }),
    ...(change !== 0n && { change: formatMicros(change) }),
  };
}

/** Micro-units that this many seconds cost by the call's own rating. */
function dueFor({ rating }: Call, seconds: number): { charge: bigint; surcharge: bigint } {
  if (!rating || rating.included || seconds === 0) return { charge: 0n, surcharge: 0n };
  return { charge: callCharge(rating.tariff, seconds), surcharge: rating.surcharge };
}

interface Posting {
  readonly card: Card;
  readonly call: Call;
  readonly kind: 'CALL' | 'CALL_SURCHARGE';
  readonly posted: bigint;
  readonly due: bigint;
  /** Whether nothing is given back: the card, or its replacement, is closed. */
  readonly isClosed: boolean;
}

/** Posts the difference between what is due and what was posted, in either direction; a closed card takes no part. */
function post(
  { card, call, kind, posted, due, isClosed }: Posting,
  at: RuleContext,
): { card: Card; posted: bigint; transfers: readonly Transfer[] } {
  const left = available(card);
  const difference = due - posted < left ? due - posted : left;
  if (difference === 0n || isClosed) return { card, posted, transfers: [] };
  const after: Card = {
    ...card,
    balance: card.balance - difference,
    version: card.version + 1,
  };
  const operator = { operator: { kind: 'USAGE' as const, currency: card.currency } };
  const charged = difference > 0n;
  const transfer: Transfer = {
    id: at.newId(),
    kind: charged ? kind : 'CALL_REFUND',
    debit: charged ? { card: after } : operator,
    credit: charged ? operator : { card: after },
    amount: charged ? difference : -difference,
    currency: card.currency,
    callId: call.id,
  };
  return { card: after, posted: posted + difference, transfers: [transfer] };
}
