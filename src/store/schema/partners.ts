import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, instant, micros } from './columns.ts';

export const apiKeyRole = pgEnum('api_key_role', ['ADMINISTRATOR', 'PARTNER', 'SWITCH']);

/** A reseller with a prepaid wallet. The wallet's balance and version change only in the command writer. */
export const partners = pgTable(
  'partners',
  {
    id: id(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    balance: micros('balance').notNull().default(0n),
    version: integer('version').notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('partners_name_key').on(t.name),
    check('partners_balance_not_negative', sql`${t.balance} >= 0`),
    check('partners_currency_code', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** A credential. Only the SHA-256 of the key is kept: 256 random bits need no slow hash. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    prefix: text('prefix').notNull(),
    digest: bytes('digest').notNull(),
    name: text('name').notNull(),
    role: apiKeyRole('role').notNull(),
    partnerId: uuid('partner_id').references(() => partners.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    uniqueIndex('api_keys_digest_key').on(t.digest),
    index('api_keys_partner_idx').on(t.partnerId),
    check('api_keys_partner_owner', sql`(${t.role} = 'PARTNER') = (${t.partnerId} IS NOT NULL)`),
  ],
);
