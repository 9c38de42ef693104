import type { Role } from '../../domain/access/role.ts';

/** One letter per role, in this order. */
const LETTERS = {
  A: 'ADMINISTRATOR',
  S: 'SUPPORT',
  U: 'AUDITOR',
  P: 'PARTNER',
  W: 'SWITCH',
  C: 'CARDHOLDER',
} as const satisfies Readonly<Record<string, Role>>;

type Letter = keyof typeof LETTERS;
type OrNot<Name extends Letter> = Name | '-';

/** Roles in columns: "A--P--" means administrators and partners. */
export type RoleLetters = `${OrNot<'A'>}${OrNot<'S'>}${OrNot<'U'>}${OrNot<'P'>}${OrNot<'W'>}${OrNot<'C'>}`;

export function rolesOf(letters: RoleLetters): ReadonlySet<Role> {
  return new Set([...letters].flatMap((letter) => LETTERS[letter as Letter] ?? []));
}

/** Whether the letters include a role. */
export function isAmong(role: Role, letters: RoleLetters): boolean {
  return [...letters].some((letter) => LETTERS[letter as Letter] === role);
}
