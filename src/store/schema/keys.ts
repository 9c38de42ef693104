import { pgTable, smallint } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/** Which master key this database's PINs are under: a value that proves it and tells nothing of it. */
export const keyChecks = pgTable('key_checks', {
  keyId: smallint('key_id').primaryKey(),
  fingerprint: bytes('fingerprint').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
});
