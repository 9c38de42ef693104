import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, instant } from './columns.ts';

/**
 * A list of cards that was sent from a file, kept like the idempotency keys of its rows. Its digests are of what its
 * rows say, not of the bytes of the file: a spreadsheet that saves it again makes no other list of it.
 */
export const cardLists = pgTable(
  'card_lists',
  {
    id: id(),
    /** The idempotency key that its rows derive theirs from; belongs to the operator. */
    key: text('key').notNull(),
    /** Whether the sender chose the key; otherwise the content did. */
    isNamed: boolean('is_named').notNull(),
    /** Digest of its rows, in their order, with the cards that they meant when it was first sent. */
    content: bytes('content').notNull(),
    /** The same with serials and numbers as written: a number may belong to another card by the time it is sent again. */
    wording: bytes('wording').notNull(),
    /** How many lists without a name have this content, this one included: more than 1 by request only. */
    go: integer('go').notNull(),
    rows: integer('rows').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When its last row was processed for the first time; null: not yet. */
    finishedAt: instant('finished_at'),
  },
  (t) => [
    uniqueIndex('card_lists_key').on(t.key),
    index('card_lists_content_idx').on(t.content),
    index('card_lists_wording_idx').on(t.wording),
  ],
);

export const cardListRows = pgTable(
  'card_list_rows',
  {
    listId: uuid('list_id')
      .notNull()
      .references(() => cardLists.id),
    /** Its index in the list, from 0: blank lines do not count. */
    number: integer('number').notNull(),
    /** The card that it meant when the list was first sent; null: none. */
    cardId: uuid('card_id'),
    /** Digest of what it asks for, and for which card. */
    content: bytes('content').notNull(),
    /** Its own idempotency key; null: it has one derived from the list's. */
    key: text('key'),
  },
  (t) => [primaryKey({ columns: [t.listId, t.number] }), index('card_list_rows_content_idx').on(t.content)],
);
