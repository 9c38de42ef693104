import { type AuditEntry, DONE } from '../../domain/security/audit-entry.ts';
import { type Command, type CommandRunner, NO_CARD } from './command.ts';
import type { Needs } from './needs.ts';

/**
 * The entry of one operation, on its way. A change of money or status takes it along into its own transaction, so that
 * no crash comes between the two; what was not taken along is written after the operation and before its answer.
 */
export class AuditTrail {
  readonly #entry: AuditEntry;
  /** The outcome that the trail has of it; null when it has none yet. */
  written: string | null = null;

  constructor(entry: AuditEntry) {
    this.#entry = entry;
  }

  /** The entry with its outcome, of a command: its card or its partner is the object when the request named none. */
  entry(outcome: string, needs: Needs = {}): AuditEntry {
    if (this.#entry.objectId !== null) return { ...this.#entry, outcome };
    return { ...this.#entry, ...objectOf(needs), outcome };
  }
}

function objectOf({ cards: [card] = [], partners: [partner] = [] }: Needs) {
  if (card !== undefined && card !== NO_CARD) return { objectType: 'Card', objectId: card };
  return partner !== undefined && card === undefined && { objectType: 'Partner', objectId: partner };
}

/** Who gives commands that can take an entry along. */
export interface AuditedRunner extends CommandRunner {
  run<Result>(command: Command<Result>, trail?: AuditTrail): Promise<Result>;
}

/**
 * Has the first command of an operation that is carried out take its entry along; an operation of many, such as an
 * activation in chunks, has one entry all the same.
 */
export function audited(writer: AuditedRunner, trail: AuditTrail): AuditedRunner {
  return {
    get terms() {
      return writer.terms;
    },
    run: (command) => (trail.written === DONE ? writer.run(command) : writer.run(command, trail)),
  };
}
