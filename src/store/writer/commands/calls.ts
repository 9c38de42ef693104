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

export type AuthorizationRequest = Omit<CallAuthorization, 'earlier' | 'card' | 'terms'> & {
  readonly cardId: string;
};

export function authorizeCallCommand(giver: Actor, request: AuthorizationRequest): Command<CallOutcome> {
  const { cardId } = request;
  return {
    ...givenBy(giver),
    class: 'CALL',
    needs: { cards: [cardId], calls: [callName(request)] },
    decide(book, at) {
      const card = book.card(cardId, null);
      return authorizeCall({ ...request, earlier: book.call(request), card, terms: book.terms(card) }, at);
    },
  };
}

/** What names a call to a command: its card never changes, so it is known before. */
export interface CallReference {
  readonly scope: string;
  readonly switchCallId: string;
  readonly cardId: string;
  /** The card at the end of the chain of those that replaced it, where money is to go there. */
  readonly successorId?: string;
}

export interface ExtensionRequest {
  readonly requestNumber: number;
  readonly usedSeconds: number;
  readonly requestedSeconds: number | null;
}

export const extendCallCommand = (giver: Actor, meant: CallReference, request: ExtensionRequest) =>
  onCall(giver, meant, (state, at) => extendCall({ ...state, ...request }, at));

export type CompletionRequest = Omit<CallCompletion, keyof CallState>;

export const completeCallCommand = (giver: Actor, meant: CallReference, request: CompletionRequest) =>
  onCall(giver, meant, (state, at) => completeCall({ ...state, ...request }, at));

export const cancelCallCommand = (giver: Actor, meant: CallReference) => onCall(giver, meant, cancelCall);
/** Nobody is on the telephone any more. */
export const abandonCallCommand = (giver: Actor, meant: CallReference): Command<CallOutcome> => ({
  ...onCall(giver, meant, abandonCall),
  class: 'BULK',
});
export const terminateCallCommand = (giver: Actor, meant: CallReference) =>
  onCall(giver, meant, terminateCall);

interface CallState {
  readonly call: Call;
  readonly card: Card;
  readonly terms: BatchTerms;
  readonly successor: Card | undefined;
}

function onCall(
  giver: Actor,
  meant: CallReference,
  decide: (state: CallState, at: RuleContext) => Decision<CallOutcome>,
): Command<CallOutcome> {
  const { switchCallId, cardId, successorId } = meant;
  return {
    ...givenBy(giver),
    class: 'CALL',
    needs: { cards: successorId ? [cardId, successorId] : [cardId], calls: [callName(meant)] },
    decide(book, at) {
      const call = book.call(meant);
      if (!call) throw new NotFound({ what: 'call', reference: switchCallId });
      const card = book.card(cardId, null);
      const successor = successorId ? book.card(successorId, null) : undefined;
      return decide({ call, card, terms: book.terms(card), successor }, at);
    },
  };
}
