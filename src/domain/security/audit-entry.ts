import type { Role } from '../access/role.ts';

/** What an entry says of what became of the operation, when nothing went wrong. Else it is the error's code. */
export const DONE = 'OK';

/**
 * One line of the audit trail: who did what, from where, to which object, with which outcome. It holds ids only: no
 * PIN, no key, no token, and no telephone number, so that nothing in it ever has to be taken out again.
 */
export interface AuditEntry {
  /** The key, person or card, or SYSTEM_ACTOR; null for who could not show who they are. */
  readonly actorId: string | null;
  readonly role: Role | null;
  /** The first characters of the API key, which are not secret. */
  readonly keyPrefix: string | null;
  /** The field of the mutation, or what else was done. */
  readonly operation: string;
  readonly address: string | null;
  readonly requestId: string | null;
  /** The type of the object in the API, such as `Card`. */
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly outcome: string;
}

/** An object as the trail names it. */
export interface AuditedObject {
  readonly objectType: string;
  readonly objectId: string;
}

/** Of what a process does by itself, or before it knows who asks. */
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
