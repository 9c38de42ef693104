import { aroundAll, aroundEach } from 'vitest';

export interface FixtureOptions<Fixture> {
  start(): Promise<Fixture>;
  /** Also called after a test or a hook that failed. */
  stop(fixture: Fixture): Promise<unknown>;
  /** Once around the whole file or `describe` block (the default), or anew around each test. */
  readonly scope?: 'file' | 'test';
}

/**
 * Something that a test file needs to be up, started before the file's hooks and tests and stopped after them. Several
 * are nested in the order in which the file asks for them. Vitest's own file-scoped fixtures reach only a test or a
 * hook that names them as a parameter; this returns one object for all functions of the file.
 *
 * @returns an object that has the members of what is started, once it is started
 */
export function useFixture<Fixture extends object>({
  start,
  stop,
  scope = 'file',
}: FixtureOptions<Fixture>): Fixture {
  const fixture = {} as Fixture;
  const around = async (run: () => Promise<void>) => {
    const started = await start();
    Object.assign(fixture, started);
    try {
      await run();
    } finally {
      await stop(started);
    }
  };
  if (scope === 'file') aroundAll(around);
  else aroundEach(around);
  return fixture;
}
