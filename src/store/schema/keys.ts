import { sql } from 'drizzle-orm';
import { check, integer, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/**
 * The master keys that seal or once sealed this database's PINs, each identified by a value that proves it and reveals
 * nothing about it. One is in use: new cards are sealed under it. A superseded key still has cards until they are moved
 * to the next; when it has none, it is retired: see store/keys/key-rotation.ts.
 */
export const keyChecks = pgTable(
  'key_checks',
  {
    keyId: smallint('key_id').primaryKey(),
    fingerprint: bytes('fingerprint').notNull(),
    /**
     * The secret for the references of voucher PINs in stored answers, sealed under the key; null when the key is
     * retired.
     */
    voucherSecret: bytes('voucher_secret'),
    createdAt: instant('created_at').notNull().defaultNow(),
    supersededAt: instant('superseded_at'),
    /** The last card, in the order of ids, that was moved to the next key. */
    movedThrough: uuid('moved_through'),
    movedCards: integer('moved_cards').notNull().default(0),
    movedAt: instant('moved_at'),
    retiredAt: instant('retired_at'),
  },
  (t) => [
    uniqueIndex('key_checks_one_in_use').on(sql`(true)`).where(sql`${t.supersededAt} IS NULL`),
    uniqueIndex('key_checks_fingerprint_key').on(t.fingerprint),
    check('key_checks_retired_after_use', sql`${t.retiredAt} IS NULL OR ${t.supersededAt} IS NOT NULL`),
  ],
);

/** Which instance has which master keys: a key is not taken into use before all have it. */
export const keyHolders = pgTable('key_holders', {
  instanceId: uuid('instance_id').primaryKey(),
  /** The location of the instance, for display. */
  place: text('place').notNull(),
  /** The names of its keys. */
  keys: text('keys').array().notNull(),
  seenAt: instant('seen_at').notNull(),
});
