import { NotAllowed } from '../rejections/access.ts';
import { InvalidInput } from '../rejections/input.ts';
import type { PhoneNumberForm } from '../values/phone-number-form.ts';
import type { CredentialRole, Role, Scope } from './role.ts';

/** A key to be made. */
export interface NewApiKey {
  readonly name: string;
  readonly role: CredentialRole;
  /** The partner for whom a PARTNER key acts; null for the others. */
  readonly partnerId: string | null;
  /** The scopes it is restricted to; null: only its role restricts it. */
  readonly scopes: Scope[] | null;
  /** The IP networks it may be used from, as CIDR; null: anywhere. */
  readonly networks: string[] | null;
  readonly expiresAt: Date | null;
  /** SWITCH keys in the same group share their calls; null: the key shares its calls with no other. */
  readonly switchGroup?: string | null;
  /** How a SWITCH key's client writes numbers of callers and access numbers; null: AS_DIALED. */
  readonly callerNumberForm?: PhoneNumberForm | null;
  /** How it writes the numbers that callers dialed; null: AS_DIALED. */
  readonly dialedNumberForm?: PhoneNumberForm | null;
}

/** Who makes the key. */
export interface KeyMaker {
  readonly role: Role;
  readonly partnerId: string | null;
  readonly scopes: readonly Scope[] | null;
  /** The IP networks its own key may be used from; null: anywhere. */
  readonly networks: readonly string[] | null;
  /** When its own key expires; null: never. */
  readonly expiresAt: Date | null;
  /** The family its new keys belong to; null: each new key starts a family. */
  readonly familyId: string | null;
}

/** Someone with access to the machine: the command line, and the first start. */
export const TRUSTED_MAKER: KeyMaker = {
  role: 'ADMINISTRATOR',
  partnerId: null,
  scopes: null,
  networks: null,
  expiresAt: null,
  familyId: null,
};

/** The longest time an old key stays valid beside the new one, in seconds: thirty days. */
export const LONGEST_OVERLAP_SECONDS = 30 * 86_400;

/**
 * Refuses a key that contradicts itself.
 *
 * @throws InvalidInput
 */
export function refuseMisfit(key: NewApiKey, now: Date): void {
  const { name, role, partnerId, scopes, expiresAt, switchGroup = null } = key;
  const refuse = (field: string, problem: string) => {
    throw new InvalidInput({ field, problem });
  };
  if (name.trim().length === 0 || name.length > 200) refuse('name', 'must have 1 to 200 characters.');
  if (role === 'PARTNER' && partnerId === null)
    refuse('partnerId', 'is needed for a PARTNER key: name the partner it acts for.');
  if (role !== 'PARTNER' && partnerId !== null)
    refuse('partnerId', 'belongs to PARTNER keys only: leave it out.');
  if (scopes?.length === 0) refuse('scopes', 'names none: leave it out for all that the role allows.');
  if (switchGroup !== null && role !== 'SWITCH')
    refuse('switchGroup', 'belongs to SWITCH keys only: leave it out.');
  if (switchGroup !== null && !/^[\w.-]{1,64}$/.test(switchGroup))
    refuse('switchGroup', 'must have 1 to 64 letters, digits, points, dashes and underscores.');
  if (role !== 'SWITCH' && key.callerNumberForm)
    refuse('callerNumberForm', 'belongs to SWITCH keys only: leave it out.');
  if (role !== 'SWITCH' && key.dialedNumberForm)
    refuse('dialedNumberForm', 'belongs to SWITCH keys only: leave it out.');
  if (expiresAt !== null && expiresAt <= now)
    refuse('expiresAt', 'is in the past: leave it out or name a later time.');
}

/**
 * A key can't make another that may do more than itself. A partner makes keys for its own partner only, and a
 * restricted key makes keys with the same scopes or fewer that end no later. store/access/ip-networks.ts checks that
 * their networks are within its own.
 *
 * @throws NotAllowed
 */
export function refuseMore(
  maker: KeyMaker,
  requested: Pick<NewApiKey, 'role' | 'scopes' | 'expiresAt'>,
): void {
  if (maker.role !== 'ADMINISTRATOR' && requested.role !== maker.role) {
    throw new NotAllowed({ problem: `A ${maker.role} key makes ${maker.role} keys only.` });
  }
  refuseLonger(maker, requested);
  const { scopes } = maker;
  if (scopes === null) return;
  const beyond =
    requested.scopes === null ? 'all scopes' : requested.scopes.find((scope) => !scopes.includes(scope));
  if (beyond !== undefined) {
    throw new NotAllowed({ problem: `Your key may not give ${beyond}: it has only ${scopes.join(', ')}.` });
  }
}

function refuseLonger({ expiresAt: end }: KeyMaker, { expiresAt }: Pick<NewApiKey, 'expiresAt'>): void {
  if (end === null || (expiresAt !== null && expiresAt <= end)) return;
  throw new NotAllowed({ problem: `Your key ends at ${end.toISOString()}: one you make ends no later.` });
}
