import { pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** How far the keeping of rows has gone: everything up to this id was looked at, and what was too old is gone. */
export const retentionMarks = pgTable('retention_marks', {
  subject: text('subject').primaryKey(),
  upTo: uuid('up_to').notNull(),
});
