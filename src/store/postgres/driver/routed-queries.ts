import type postgres from 'postgres';
import type { Query } from './undocumented.ts';

type Sql = postgres.Sql<{ bigint: bigint }>;

/** A client's parsed options, which its connections share. */
export const parsedOptions = (client: Sql): object => client.options;

/**
 * A client's interface that sends its queries another way.
 *
 * @param own replaces the client's functions of these names
 */
export function routed(
  client: Sql,
  send: (query: Query) => void,
  own: Readonly<Record<string, unknown>>,
): Sql {
  const route = (made: unknown) => {
    if (!isQuery(made)) return made;
    made.handler = send;
    made.forEachFn = keepRow;
    return made;
  };
  const overrides: Readonly<Record<string, unknown>> = {
    unsafe: (...given: Parameters<Sql['unsafe']>) => route(client.unsafe(...given)),
    ...own,
  };
  return new Proxy(client, {
    apply: (target, self, given) => route(Reflect.apply(target as never, self, given)),
    get: (target, key) => (typeof key === 'string' && overrides[key]) || Reflect.get(target, key),
  });
}

/**
 * The driver stores each row at an index that it does not reset when a statement fails after its first rows: the next
 * answer on that connection then starts with holes.
 */
function keepRow(row: unknown, rows: unknown[]): void {
  rows.push(row);
}

function isQuery(made: unknown): made is Query {
  return made instanceof Promise && 'handler' in made;
}
