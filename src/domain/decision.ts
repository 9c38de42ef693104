import type { Call } from './calls/call.ts';
import type { Card } from './cards/card.ts';
import type { NewEvent } from './event.ts';
import type { Partner } from './partners/partner.ts';
import type { Transfer } from './transfer.ts';

/** What a rule may know besides the state: the database's clock, a source of ids, and the actor. */
export interface RuleContext {
  readonly now: Date;
  readonly actorId: string;
  /** A fresh UUIDv7. */
  newId(): string;
}

/**
 * What a command changes: the new states of what it touched, its transfers and its events; and its outcome. A rule
 * returns one of these or throws a Rejection, and has no other effect.
 */
export interface Decision<Outcome> {
  readonly outcome: Outcome;
  readonly cards?: readonly Card[];
  readonly partners?: readonly Partner[];
  readonly transfers?: readonly Transfer[];
  readonly bind?: readonly NumberBinding[];
  readonly unbind?: readonly string[];
  readonly calls?: readonly Call[];
  /** Serials whose failed attempts are cleared. */
  readonly clearedFailures?: readonly string[];
  readonly events?: readonly NewEvent[];
}

/** A telephone number (E.164, with its plus) bound to a card. */
export interface NumberBinding {
  readonly number: string;
  readonly cardId: string;
  readonly createdAt: Date;
}
