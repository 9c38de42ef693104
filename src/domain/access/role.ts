/** Who an asker is. A CARDHOLDER is never a key's role: it is a session that an authentication opens. */
export const ROLES = ['ADMINISTRATOR', 'SUPPORT', 'AUDITOR', 'PARTNER', 'SWITCH', 'CARDHOLDER'] as const;

export type Role = (typeof ROLES)[number];

/** The roles that a key or an identity provider can give. */
export type CredentialRole = Exclude<Role, 'CARDHOLDER'>;

export const CREDENTIAL_ROLES = ROLES.filter((role) => role !== 'CARDHOLDER') as readonly CredentialRole[];

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

/** Whether a role is the operator's own: it sees what belongs to every partner. */
export function isOperator(role: Role): boolean {
  return role === 'ADMINISTRATOR' || role === 'SUPPORT' || role === 'AUDITOR';
}
