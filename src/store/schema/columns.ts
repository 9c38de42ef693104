import { bigint, customType, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Micro-units (10^-6) of the row's currency. Never a float. */
export const micros = (name: string) => bigint(name, { mode: 'bigint' });

/** An instant, microseconds in PostgreSQL; JavaScript sees milliseconds, so nothing is ordered by it. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** UUIDv7 made by the process: PostgreSQL 15 has no uuidv7(). */
export const id = () => uuid('id').primaryKey();

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
});

/** Text ordered by its bytes whatever the database's locale, so that ranges and prefixes of serials use the index. */
export const codeText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
});
