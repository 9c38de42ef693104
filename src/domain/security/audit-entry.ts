import type { Role } from '../access/role.ts';

/** The outcome of an operation that succeeded. Otherwise it is the error's code. */
export const DONE = 'OK';

/**
 * One line of the audit trail: who did what, from where, to which object, with which outcome. It contains ids only: no
 * PIN, key, token or telephone number, so that nothing ever has to be removed from it.
 */
export interface AuditEntry {
  /** The key, person or card, or SYSTEM_ACTOR; null for a client that could not authenticate. */
  readonly actorId: string | null;
  readonly role: Role | null;
  /** The first characters of the API key, which are not secret. */
  readonly keyPrefix: string | null;
  /** The field of the mutation, or the name of another operation. */
  readonly operation: string;
  readonly address: string | null;
  readonly requestId: string | null;
  /** The object's type in the API, such as `Card`. */
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly outcome: string;
}

/** An object as the audit trail names it. */
export interface AuditedObject {
  readonly objectType: string;
  readonly objectId: string;
}

/** An entry for background work, or for an operation before its actor is known. */
export function plainEntry(entry: Partial<AuditEntry> & Pick<AuditEntry, 'operation'>): AuditEntry {
  return {
    actorId: null,
    role: null,
    keyPrefix: null,
    address: null,
    requestId: null,
    objectType: null,
    objectId: null,
    outcome: DONE,
    ...entry,
  };
}
