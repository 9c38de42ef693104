import { getColumns, getTableName, type InferSelectModel } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Sql, Transaction } from './database.ts';

/** A row as the domain has it: under the schema's property names, with bytes as hexadecimal digits. */
export type RowOf<Table extends PgTable> = {
  readonly [Key in keyof InferSelectModel<Table>]: Exclude<InferSelectModel<Table>[Key], null> extends Buffer
    ? string | Extract<InferSelectModel<Table>[Key], null>
    : InferSelectModel<Table>[Key];
};

/** How to compute the columns that a source does not have under the same name and type. */
type Computed<Row, Source> = {
  readonly [Key in keyof Row as Key extends keyof Source
    ? Source[Key] extends Row[Key]
      ? never
      : Key
    : Key]: (source: Source) => Row[Key];
};
type Getters<Given> = Readonly<Record<string, (given: Given) => unknown>>;

type Value = string | number | null;

/** How values of a type are sent: the array's type, and the conversion of each value. */
interface Wire {
  readonly array: string;
  /** PostgreSQL's array parameters take strings: the driver derives the array's type from its first item. */
  write(value: never): string | number;
}

const NUMBERS = (type: string): Wire => ({ array: type, write: (value) => value });
const TEXT: Wire = { array: 'text', write: (value) => value };
const WIRES: Readonly<Record<string, Wire>> = {
  uuid: { array: 'uuid', write: (value) => value },
  smallint: NUMBERS('smallint'),
  integer: NUMBERS('integer'),
  bigint: { array: 'bigint', write: (value: bigint | number) => value.toString() },
  boolean: { array: 'text', write: (value: boolean) => (value ? 't' : 'f') },
  bytea: { array: 'text', write: (value: string) => `\\x${value}` },
  jsonb: { array: 'text', write: (value: unknown) => JSON.stringify(value) },
  'timestamp with time zone': { array: 'text', write: (value: Date) => value.toISOString() },
};
/** Text needs no cast, whatever its collation. */
const isText = (type: string) => type.startsWith('text');

/**
 * Some columns of a table: the select list, the bulk INSERT and the bulk UPDATE that name all of them. They are derived
 * from the schema once, when the program starts. A bulk statement sends one array per column, so its text does not
 * depend on the number of rows, and it is prepared once.
 */
export class TableRows<Row extends object, Given = Row> {
  readonly #table: string;
  readonly #columns: Readonly<Record<string, PgColumn>>;
  readonly #list: string;
  readonly #names: string;
  readonly #values: string;
  readonly #unnest: TemplateStringsArray;
  readonly #insert: TemplateStringsArray;
  readonly #update: TemplateStringsArray;
  readonly #writers: readonly ((given: Given) => Value)[];

  private constructor(
    table: string,
    columns: Readonly<Record<string, PgColumn>>,
    getters: Getters<Given> = {},
  ) {
    const all = Object.entries(columns);
    this.#table = table;
    this.#columns = columns;
    this.#writers = all.map(([key, column]) => writer(column, getters[key] ?? getter(key)));
    this.#list = all.map(selected).join(', ');
    this.#names = all.map(([, { name }]) => name).join(', ');
    this.#values = all.map(([, column]) => sent(column)).join(', ');
    const source = (before: string, after: string) => template(Object.values(columns), before, after);
    const changes = all.filter(([, { name }]) => name !== 'id');
    const sets = changes.map(([, column]) => `${column.name} = ${sent(column)}`).join(', ');
    this.#unnest = source('unnest(', ')');
    this.#insert = source(
      `INSERT INTO ${table} (${this.#names}) SELECT ${this.#values} FROM unnest(`,
      `) AS n (${this.#names})`,
    );
    this.#update = source(
      `UPDATE ${table} SET ${sets} FROM unnest(`,
      `) AS n (${this.#names}) WHERE ${table}.id = n.id`,
    );
  }

  static of<Table extends PgTable>(table: Table): TableRows<RowOf<Table>> {
    return new TableRows(getTableName(table), getColumns(table) as Readonly<Record<string, PgColumn>>);
  }

  pick<Key extends keyof Row & string>(...keys: readonly Key[]) {
    return this.#filter<Pick<Row, Key>>((key) => (keys as readonly string[]).includes(key));
  }

  omit<Key extends keyof Row & string>(...keys: readonly Key[]) {
    return this.#filter<Omit<Row, Key>>((key) => !(keys as readonly string[]).includes(key));
  }

  /** The same, written from objects that have some columns nested or in another form, since copying them is slow. */
  from<Source>(computed: Computed<Row, Source>): TableRows<Row, Source> {
    return new TableRows<Row, Source>(this.#table, this.#columns, computed as Getters<Source>);
  }

  /** For a handwritten SELECT from one table: `batch_id AS "batchId", …`. */
  readonly list = (sql: Sql | Transaction) => sql.unsafe(this.#list);

  /** For a handwritten INSERT: `batch_id, …`, and `n.batch_id, …` from `unnest(…) AS n (batch_id, …)`. */
  readonly names = (sql: Sql | Transaction) => sql.unsafe(this.#names);
  readonly values = (sql: Sql | Transaction) => sql.unsafe(this.#values);
  readonly unnest = (sql: Sql | Transaction, rows: readonly Given[]) =>
    sql(this.#unnest, ...this.#arrays(rows));

  /** A query that inserts rows, not yet awaited. */
  readonly insert = (sql: Sql | Transaction, rows: readonly Given[]) =>
    sql(this.#insert, ...this.#arrays(rows));

  /** A query that updates all of these columns in the rows with these ids, not yet awaited. */
  readonly update = (sql: Sql | Transaction, rows: readonly (Given & { readonly id: string })[]) =>
    sql(this.#update, ...this.#arrays(rows));

  /** The row with an id. */
  readonly find = async (sql: Sql | Transaction, id: string): Promise<Row | undefined> => {
    const [row] = await sql<Row[]>`SELECT ${this.list(sql)} FROM ${sql(this.#table)} WHERE id = ${id}`;
    return row;
  };

  /** Whether two rows are equal in all of these columns. */
  areEqual(one: Row, other: Row): boolean {
    for (const key in this.#columns) {
      const [a, b] = [one[key as keyof Row], other[key as keyof Row]] as [unknown, unknown];
      if (a !== b && !(a instanceof Date && b instanceof Date && a.getTime() === b.getTime())) return false;
    }
    return true;
  }

  #filter<Kept extends object>(keeps: (key: string) => boolean): TableRows<Kept> {
    const kept = Object.entries(this.#columns).filter(([key]) => keeps(key));
    return new TableRows(this.#table, Object.fromEntries(kept));
  }

  #arrays(rows: readonly Given[]): Value[][] {
    return this.#writers.map((write) => rows.map(write));
  }
}

/** The names of columns in this order, for a COPY or an INSERT from another table. */
export function columnNames<Table extends PgTable>(
  table: Table,
  keys: readonly (keyof InferSelectModel<Table> & string)[],
): string {
  const columns = getColumns(table) as Readonly<Record<string, PgColumn>>;
  return keys.map((key) => columns[key]?.name).join(', ');
}

function selected([key, column]: [string, PgColumn]): string {
  const { name } = column;
  if (column.getSQLType() === 'bytea') return `encode(${name}, 'hex') AS "${key}"`;
  // The driver reads int8 as bigint: see database.ts. These values are small enough for a float to be exact.
  if (column.columnType === 'PgBigInt53') return `${name}::float8 AS "${key}"`;
  return name === key ? name : `${name} AS "${key}"`;
}

const wireOf = (column: PgColumn): Wire => WIRES[column.getSQLType()] ?? TEXT;

function sent(column: PgColumn): string {
  const type = column.getSQLType();
  return wireOf(column).array === 'text' && !isText(type) ? `n.${column.name}::${type}` : `n.${column.name}`;
}

function getter<Given>(key: string): (given: Given) => unknown {
  return (given) => given[key as keyof Given];
}

function writer<Given>(column: PgColumn, read: (given: Given) => unknown): (given: Given) => Value {
  const { write } = wireOf(column);
  return (given) => {
    const value = read(given);
    return value === null ? null : write(value as never);
  };
}

/** A template with one parameter per column. The driver caches each template for ever, so none is made later. */
function template(columns: readonly PgColumn[], before: string, after: string): TemplateStringsArray {
  const casts = columns.map((column) => `::${wireOf(column).array}[]`);
  const strings = [before, ...casts.map((cast, at) => `${cast}${at === casts.length - 1 ? after : ', '}`)];
  return Object.assign(strings, { raw: strings });
}
