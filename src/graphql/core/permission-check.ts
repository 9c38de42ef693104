import type { Role, Scope } from '../../domain/access/role.ts';
import { OPEN, PERMISSIONS } from './permissions.ts';

/** The columns, in order. */
const LETTERS: Readonly<Record<string, Role>> = {
  A: 'ADMINISTRATOR',
  S: 'SUPPORT',
  U: 'AUDITOR',
  P: 'PARTNER',
  W: 'SWITCH',
  C: 'CARDHOLDER',
};

interface Permission {
  readonly roles: ReadonlySet<Role>;
  readonly scope: Scope;
}

const permissions: ReadonlyMap<string, Permission> = new Map(
  Object.entries(PERMISSIONS).flatMap(([type, fields]) =>
    Object.entries(fields).map(([field, line]) => [`${type}.${field}`, readLine(line)] as const),
  ),
);

/** Whether a field, such as `Query.cards`, has a line of its own. */
export function hasPermission(field: string): boolean {
  return permissions.has(field);
}

const open: ReadonlySet<string> = new Set(
  Object.entries(OPEN).flatMap(([type, fields]) => fields.split(/\s+/).map((field) => `${type}.${field}`)),
);

/** Types that come with others: whoever got there may see all of what is in them. */
const DERIVED = /^(\w+(Connection|Edge|Payload|Error)|Error|Node|PageInfo)\./;

/** Whether a field is for everybody who may see the object it is of. */
export function isOpen(field: string): boolean {
  return open.has(field) || DERIVED.test(field);
}

/** What a key of a role, restricted to some scopes or to none (null), may ask for. */
export function mayUse(
  { role, scopes }: { readonly role: Role; readonly scopes: readonly Scope[] | null },
  field: string,
): boolean {
  const permission = permissions.get(field);
  if (!permission?.roles.has(role)) return false;
  return scopes === null || scopes.includes(permission.scope);
}

/** Whether a role is one of those that letters stand for, as in the tables. */
export function isAmong(role: Role, letters: string): boolean {
  return [...letters].some((letter) => LETTERS[letter] === role);
}

function readLine(line: string): Permission {
  const [letters = '', scope] = line.split(' ');
  const roles = [...letters].flatMap((letter) => LETTERS[letter] ?? []);
  return { roles: new Set(roles), scope: scope as Scope };
}
