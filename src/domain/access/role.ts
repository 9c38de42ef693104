/** The roles that a key or an identity provider can grant. */
export const CREDENTIAL_ROLES = ['ADMINISTRATOR', 'SUPPORT', 'AUDITOR', 'PARTNER', 'SWITCH'] as const;

export type CredentialRole = (typeof CREDENTIAL_ROLES)[number];

/** The role of a client. No key has the role CARDHOLDER: it belongs to a session that an authentication opens. */
export const ROLES = [...CREDENTIAL_ROLES, 'CARDHOLDER'] as const;

export type Role = (typeof ROLES)[number];

/** The parts of the API that a key can be restricted to. */
export const SCOPES = [
  'READ',
  'CARDS',
  'RECHARGES',
  'CALLS',
  'BATCHES',
  'RATES',
  'PARTNERS',
  'ACCESS',
] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether a role belongs to the operator and sees the data of every partner. */
export function isOperator(role: Role): boolean {
  return role === 'ADMINISTRATOR' || role === 'SUPPORT' || role === 'AUDITOR';
}
