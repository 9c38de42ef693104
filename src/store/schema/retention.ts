import { pgTable, text, uuid } from 'drizzle-orm/pg-core';

/** The progress of a retention job: rows up to this id were examined, and those that were too old are deleted. */
export const retentionMarks = pgTable('retention_marks', {
  subject: text('subject').primaryKey(),
  upTo: uuid('up_to').notNull(),
});
