import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../../domain/access/role.ts';
import { bytes, instant } from './columns.ts';

/** The single row that every writer of the trail updates: positions have no gaps and follow the order of commits. */
export const auditHead = pgTable(
  'audit_head',
  {
    id: smallint('id').primaryKey(),
    position: bigint('position', { mode: 'bigint' }).notNull(),
  },
  (t) => [check('audit_head_one_row', sql`${t.id} = 1`)],
);

/**
 * The audit trail. Partitioned by position (see the migration), append-only by trigger. See
 * domain/security/audit-entry.ts.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    position: bigint('position', { mode: 'bigint' }).primaryKey(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id'),
    role: text('role').$type<Role>(),
    keyPrefix: text('key_prefix'),
    operation: text('operation').notNull(),
    address: text('address'),
    requestId: text('request_id'),
    objectType: text('object_type'),
    objectId: uuid('object_id'),
    outcome: text('outcome').notNull(),
  },
  (t) => [
    index('audit_entries_actor_idx').on(t.actorId, t.position),
    index('audit_entries_object_idx').on(t.objectId, t.position).where(sql`${t.objectId} IS NOT NULL`),
    index('audit_entries_failures_idx').on(t.outcome, t.position).where(sql`${t.outcome} <> 'OK'`),
    // Instants grow with positions, so a BRIN index finds them and costs next to nothing to maintain.
    index('audit_entries_at_idx').using('brin', t.at),
  ],
);

/**
 * The seals: each covers consecutive entries and the previous seal. The digests are those of its entries, 32 bytes
 * each, in order: the hash shows whether entries were altered, and the digests show which.
 */
export const auditBlocks = pgTable(
  'audit_blocks',
  {
    number: bigint('number', { mode: 'bigint' }).primaryKey(),
    fromPosition: bigint('from_position', { mode: 'bigint' }).notNull(),
    toPosition: bigint('to_position', { mode: 'bigint' }).notNull(),
    count: integer('count').notNull(),
    digests: bytes('digests').notNull(),
    previousHash: bytes('previous_hash').notNull(),
    hash: bytes('hash').notNull(),
    sealedAt: instant('sealed_at').notNull().defaultNow(),
  },
  (t) => [check('audit_blocks_whole', sql`${t.count} = ${t.toPosition} - ${t.fromPosition} + 1`)],
);
