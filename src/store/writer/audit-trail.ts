import { type AuditEntry, DONE } from '../../domain/security/audit-entry.ts';
import { type Command, type CommandRunner, NO_CARD } from './command.ts';
import type { Needs } from './needs.ts';

/**
 * The pending audit entry of one operation. A change of money or status writes it in its own transaction, so that no
 * crash separates the two; otherwise it is written after the operation and before its response.
 */
export class AuditTrail {
  readonly #entry: AuditEntry;
  /** The outcome in the written entry; null when none is written yet. */
  written: string | null = null;

  constructor(entry: AuditEntry) {
    this.#entry = entry;
  }

  /** The entry with its outcome, for a command: its card or its partner is the object when the request named none. */
  entry(outcome: string, needs: Needs = {}): AuditEntry {
    if (this.#entry.objectId !== null) return { ...this.#entry, outcome };
    return { ...this.#entry, ...objectOf(needs), outcome };
  }
}

function objectOf({ cards: [card] = [], partners: [partner] = [] }: Needs) {
  if (card !== undefined && card !== NO_CARD) return { objectType: 'Card', objectId: card };
  return partner !== undefined && card === undefined && { objectType: 'Partner', objectId: partner };
}

/** Runs commands that can write an audit entry. */
export interface AuditedRunner extends CommandRunner {
  run<Result>(command: Command<Result>, trail?: AuditTrail): Promise<Result>;
}

/**
 * Makes the first command of an operation that runs write its audit entry; an operation of many commands, such as an
 * activation in chunks, still has one entry.
 */
export function audited(writer: AuditedRunner, trail: AuditTrail): AuditedRunner {
  return {
    get terms() {
      return writer.terms;
    },
    run: (command) => (trail.written === DONE ? writer.run(command) : writer.run(command, trail)),
  };
}
