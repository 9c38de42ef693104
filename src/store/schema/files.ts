import { index, integer, jsonb, pgEnum, pgTable, primaryKey, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, instant } from './columns.ts';

export const fileLinkPurpose = pgEnum('file_link_purpose', [
  'UPLOAD_RATES',
  'EXPORT_BATCH',
  'EXPORT_AUDIT',
  'EXPORT_REPORT',
  'UPLOAD_CARDS',
]);

/** A one-time link: its purpose, and whether it was used. Only a digest of the secret in its URL is stored. */
export const fileLinks = pgTable(
  'file_links',
  {
    id: id(),
    purpose: fileLinkPurpose('purpose').notNull(),
    digest: bytes('digest').notNull(),
    subject: jsonb('subject').$type<Record<string, unknown>>().notNull(),
    actorId: uuid('actor_id').notNull(),
    partnerId: uuid('partner_id'),
    /** The partners that its creator could access; null: all. */
    reach: uuid('reach').array(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [uniqueIndex('file_links_digest_key').on(t.digest), index('file_links_expires_idx').on(t.expiresAt)],
);

/** The bytes of an upload, in sealed blocks, until they are imported or the link expires. */
export const fileChunks = pgTable(
  'file_chunks',
  {
    linkId: uuid('link_id')
      .notNull()
      .references(() => fileLinks.id, { onDelete: 'cascade' }),
    sequence: integer('sequence').notNull(),
    content: bytes('content').notNull(),
  },
  (t) => [primaryKey({ columns: [t.linkId, t.sequence] })],
);
