import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { CARD_IMPORT_STATES } from '../../domain/imports/import-event.ts';
import { cardBatches } from './batches.ts';
import { bytes, id, instant } from './columns.ts';

export const cardImportState = pgEnum('card_import_state', CARD_IMPORT_STATES);

/** An import of a file of cards, and its result. Its cards are in the tables if and only if it is DONE. */
export const cardImports = pgTable(
  'card_imports',
  {
    id: id(),
    /** Belongs to the operator, like all imports. */
    idempotencyKey: text('idempotency_key').notNull(),
    /** Digest of the order. */
    fingerprint: bytes('fingerprint').notNull(),
    /** Digest of what the rows of the file say, whatever its form. Null until it was read. */
    content: bytes('content'),
    state: cardImportState('state').notNull().default('PENDING'),
    /** The uploaded file; null: the console that runs the import has it. */
    uploadId: uuid('upload_id'),
    /** Whether it only checks the file; the upload is kept for the import itself. */
    isCheck: boolean('is_check').notNull().default(false),
    /** The order: the terms of the batch, and how the file is read. */
    order: jsonb('order').notNull(),
    /** Bytes of the file. */
    size: bigint('size', { mode: 'number' }).notNull(),
    rowCount: integer('row_count').notNull().default(0),
    problemCount: integer('problem_count').notNull().default(0),
    batchId: uuid('batch_id').references(() => cardBatches.id),
    /** What the file brings in: see domain/imports/import-totals.ts. Null until it was read. */
    totals: jsonb('totals'),
    /** What became of each of its columns: see domain/imports/card-columns.ts. Null until it was read. */
    columns: jsonb('columns'),
    failure: text('failure'),
    claimedBy: uuid('claimed_by'),
    claimedUntil: instant('claimed_until'),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    uniqueIndex('card_imports_key').on(t.idempotencyKey),
    uniqueIndex('card_imports_upload_key')
      .on(t.uploadId)
      .where(sql`${t.uploadId} IS NOT NULL AND NOT ${t.isCheck}`),
    index('card_imports_content_idx').on(t.content),
    index('card_imports_unfinished_idx')
      .on(t.id)
      .where(sql`${t.state} IN ('PENDING', 'CHECKING', 'WRITING')`),
  ],
);

/**
 * All problems of a refused file, and what is noted of rows that are taken or left out, in the order of its lines. Never
 * contains the values in the file.
 */
export const cardImportProblems = pgTable(
  'card_import_problems',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => cardImports.id, { onDelete: 'cascade' }),
    number: integer('number').notNull(),
    line: integer('line').notNull(),
    column: text('column_name'),
    code: text('code').notNull(),
    message: text('message').notNull(),
    isNote: boolean('is_note').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.importId, t.number] })],
);
