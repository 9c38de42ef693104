import type { GraphQLError } from 'graphql';
import type { Role, Scope } from '../../domain/access/role.ts';
import { requestError } from './error-codes.ts';
import { OPEN, PERMISSIONS, type PermissionLine } from './permissions.ts';
import { type RoleLetters, rolesOf } from './role-letters.ts';

type Table = typeof PERMISSIONS;

/** A field that the table lists, such as `Query.cards`. */
export type GuardedField = {
  [Type in keyof Table]: `${Type}.${keyof Table[Type] & string}`;
}[keyof Table];

interface Permission {
  readonly roles: ReadonlySet<Role>;
  readonly scope: Scope;
}

const permissions: ReadonlyMap<string, Permission> = new Map(
  Object.entries(PERMISSIONS).flatMap(([type, fields]) =>
    Object.entries(fields).map(([field, line]) => [`${type}.${field}`, readLine(line)] as const),
  ),
);

/** Whether the table lists a field such as `Query.cards`. */
export function hasPermission(field: string): field is GuardedField {
  return permissions.has(field);
}

const open: ReadonlySet<string> = new Set(
  Object.entries(OPEN).flatMap(([type, fields]) => fields.split(/\s+/).map((field) => `${type}.${field}`)),
);

/** Types that are parts of others: anyone who can reach them may see all of their fields. */
const DERIVED = /^(\w+(Connection|Edge|Payload|Error)|Error|Node|PageInfo)$/;

export function isDerived(type: string): boolean {
  return DERIVED.test(type);
}

/** Whether a field is visible to everyone who may see its object. */
export function isOpen(field: string): boolean {
  return open.has(field) || isDerived(field.slice(0, field.indexOf('.')));
}

/** What a key may do depends on its role and the scopes it is restricted to (null: unrestricted). */
interface Rights {
  readonly role: Role;
  readonly scopes: readonly Scope[] | null;
}

export function mayUse({ role, scopes }: Rights, field: GuardedField): boolean {
  const permission = permissions.get(field);
  if (!permission?.roles.has(role)) return false;
  return scopes === null || scopes.includes(permission.scope);
}

/** FORBIDDEN, naming the field and what its user lacks: a role that may use it, or the scope. */
export function forbidden({ role }: Rights, field: GuardedField): GraphQLError {
  const { roles = new Set(), scope } = permissions.get(field) ?? {};
  const missing = roles.has(role)
    ? `your key lacks the scope ${scope}`
    : `it is for the roles ${[...roles].join(', ')}, and yours is ${role}`;
  return requestError('FORBIDDEN', `${field} is not allowed to you: ${missing}.`);
}

function readLine(line: PermissionLine): Permission {
  const [letters, scope] = line.split(' ') as [RoleLetters, Scope];
  return { roles: rolesOf(letters), scope };
}
