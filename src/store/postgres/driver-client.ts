import postgres from 'postgres';
import { connectionTarget } from './connection-url.ts';

type DriverOptions = NonNullable<Parameters<typeof postgres>[1]>;

/**
 * The driver's client for a URL with libpq's parameters.
 *
 * @param options those of the URL take precedence
 * @throws InvalidConnectionUrl
 */
export function driverClient(url: string, options: DriverOptions): postgres.Sql {
  const target = connectionTarget(url);
  return postgres(target.url, { ...options, ...target.options } as DriverOptions) as postgres.Sql;
}
