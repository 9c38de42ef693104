import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { CREDENTIAL_ROLES, type Scope } from '../../domain/access/role.ts';
import type { PhoneNumberForm } from '../../domain/values/phone-number-form.ts';
import { bytes, id, instant, micros } from './columns.ts';

export const apiKeyRole = pgEnum('api_key_role', CREDENTIAL_ROLES);

/** A reseller with a prepaid wallet. Only the command writer changes the wallet's balance and version. */
export const partners = pgTable(
  'partners',
  {
    id: id(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    balance: micros('balance').notNull().default(0n),
    version: integer('version').notNull().default(0),
    /** The partner above it; null: directly below the operator. */
    parentId: uuid('parent_id').references((): AnyPgColumn => partners.id),
    suspendedAt: instant('suspended_at'),
    /** The partner who suspended it; null: the operator. */
    suspendedById: uuid('suspended_by_id'),
    /** How far below zero the wallet may go. */
    creditLimit: micros('credit_limit').notNull().default(0n),
    /** The operator's share of each recharge, in hundredths of a percent. */
    discountBasisPoints: integer('discount_basis_points').notNull().default(0),
    /** Maximum total of its recharges per UTC day, overall and for each card; null: unlimited. */
    dailyLimit: micros('daily_limit'),
    dailyCardLimit: micros('daily_card_limit'),
    /** The batches whose cards it may recharge, and the rate groups it may sell; null: all. */
    allowedBatchIds: uuid('allowed_batch_ids').array(),
    allowedRateGroupIds: uuid('allowed_rate_group_ids').array(),
    rechargedOn: text('recharged_on'),
    rechargedToday: micros('recharged_today').notNull().default(0n),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    /**
     * Unique among the partners directly below the same parent, which sees them all: so a refusal reveals no names
     * elsewhere.
     */
    unique('partners_name_key').on(t.parentId, t.name).nullsNotDistinct(),
    index('partners_parent_idx').on(t.parentId, t.id),
    check('partners_balance_within_credit', sql`${t.balance} >= -${t.creditLimit} AND ${t.creditLimit} >= 0`),
    check('partners_discount', sql`${t.discountBasisPoints} BETWEEN 0 AND 10000`),
    check('partners_not_below_itself', sql`${t.parentId} <> ${t.id}`),
    check('partners_currency_code', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** A credential. Only the SHA-256 of the key is stored: 256 random bits need no slow hash. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    prefix: text('prefix').notNull(),
    digest: bytes('digest').notNull(),
    name: text('name').notNull(),
    role: apiKeyRole('role').notNull(),
    partnerId: uuid('partner_id').references(() => partners.id),
    /** The scopes it is restricted to; null: restricted by its role only. */
    scopes: text('scopes').array().$type<Scope>(),
    /** The networks it may be used from, as CIDR; null: from anywhere. */
    networks: text('networks').array(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    rotatedFromId: uuid('rotated_from_id'),
    /** The first key of a chain of rotations: the same for all keys of the chain. */
    lineageId: uuid('lineage_id').notNull(),
    /** The origin of a chain of keys that created each other: a lineage, or a person at the identity provider. */
    familyId: uuid('family_id').notNull(),
    /** Switches of one group share their calls; null: no sharing. */
    switchGroup: text('switch_group'),
    /** The scope within which its call ids are unique: its group, or its lineage. */
    callScope: text('call_scope'),
    /** How a switch writes the numbers that its network reports, and those that callers dialed; null: as dialed. */
    callerNumberForm: text('caller_number_form').$type<PhoneNumberForm>(),
    dialedNumberForm: text('dialed_number_form').$type<PhoneNumberForm>(),
  },
  (t) => [
    uniqueIndex('api_keys_digest_key').on(t.digest),
    index('api_keys_partner_idx').on(t.partnerId),
    check('api_keys_partner_owner', sql`(${t.role} = 'PARTNER') = (${t.partnerId} IS NOT NULL)`),
  ],
);

/** When and from where a key was last used, for each network. Separate from the keys, which hardly ever change. */
export const apiKeyUses = pgTable(
  'api_key_uses',
  {
    apiKeyId: uuid('api_key_id')
      .notNull()
      .references(() => apiKeys.id),
    /** The /24 or /48 of the address. */
    network: text('network').notNull(),
    address: text('address').notNull(),
    firstUsedAt: instant('first_used_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.apiKeyId, t.network] })],
);
