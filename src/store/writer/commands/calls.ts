import type { Call } from '../../../domain/calls/call.ts';
import {
  authorizeCall,
  type CallAuthorization,
  type CallOutcome,
} from '../../../domain/calls/call-authorization.ts';
import { extendCall } from '../../../domain/calls/call-extension.ts';
import {
  abandonCall,
  type CallCompletion,
  cancelCall,
  completeCall,
  terminateCall,
} from '../../../domain/calls/call-settlement.ts';
import type { BatchTerms, Card } from '../../../domain/cards/card.ts';
import type { Decision, RuleContext } from '../../../domain/decision.ts';
import { NotFound } from '../../../domain/rejections/input.ts';
import type { Command } from '../command.ts';
import { callName } from '../needs.ts';
import { type Actor, givenBy } from './once.ts';

type AuthorizationRequest = Omit<CallAuthorization, 'earlier' | 'card' | 'terms'> & {
  readonly cardId: string;
};

export function authorizeCallCommand(actor: Actor, request: AuthorizationRequest): Command<CallOutcome> {
  const { cardId } = request;
  return {
    ...givenBy(actor),
    class: 'CALL',
    needs: { cards: [cardId], calls: [callName(request)] },
    decide(state, at) {
      const card = state.card(cardId, null);
      return authorizeCall({ ...request, earlier: state.call(request), card, terms: state.terms(card) }, at);
    },
  };
}

/** What identifies a call to a command. Its card never changes, so it is known in advance. */
export interface CallReference {
  readonly scope: string;
  readonly switchCallId: string;
  readonly cardId: string;
  /** The last card in its chain of replacements, when money must go there. */
  readonly successorId?: string;
}

export interface ExtensionRequest {
  readonly requestNumber: number;
  readonly usedSeconds: number;
  readonly requestedSeconds: number | null;
}

export const extendCallCommand = (actor: Actor, reference: CallReference, request: ExtensionRequest) =>
  onCall(actor, reference, (state, at) => extendCall({ ...state, ...request }, at));

export type CompletionRequest = Omit<CallCompletion, keyof CallState>;

export const completeCallCommand = (actor: Actor, reference: CallReference, request: CompletionRequest) =>
  onCall(actor, reference, (state, at) => completeCall({ ...state, ...request }, at));

export const cancelCallCommand = (actor: Actor, reference: CallReference) =>
  onCall(actor, reference, cancelCall);
/** Runs as BULK: nobody is waiting on the telephone. */
export const abandonCallCommand = (
  actor: Actor,
  reference: CallReference,
  isTrusted: (now: Date) => boolean = () => true,
): Command<CallOutcome> => ({
  ...onCall(actor, reference, (state, at) =>
    isTrusted(at.now) ? abandonCall(state, at) : { outcome: { call: state.call, card: state.card } },
  ),
  class: 'BULK',
});
export const terminateCallCommand = (actor: Actor, reference: CallReference) =>
  onCall(actor, reference, terminateCall);

interface CallState {
  readonly call: Call;
  readonly card: Card;
  readonly terms: BatchTerms;
  readonly successor: Card | undefined;
}

function onCall(
  actor: Actor,
  reference: CallReference,
  decide: (state: CallState, at: RuleContext) => Decision<CallOutcome>,
): Command<CallOutcome> {
  const { switchCallId, cardId, successorId } = reference;
  return {
    ...givenBy(actor),
    class: 'CALL',
    needs: { cards: successorId ? [cardId, successorId] : [cardId], calls: [callName(reference)] },
    decide(state, at) {
      const call = state.call(reference);
      if (!call) throw new NotFound({ what: 'call', reference: switchCallId });
      const card = state.card(cardId, null);
      const successor = successorId ? state.card(successorId, null) : undefined;
      return decide({ call, card, terms: state.terms(card), successor }, at);
    },
  };
}
