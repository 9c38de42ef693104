import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

test('npm pack takes the program, its schema and its migrations, and none of the sources and tests', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  const [packed] = JSON.parse(stdout) as [Packed];
  const paths = packed.files.map(({ path }) => path);
  const { bin } = JSON.parse(await readFile('package.json', 'utf8')) as { bin: { cardline: string } };
  const migrations = await readdir('drizzle', { recursive: true, withFileTypes: true });
  const files = migrations
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
  expect(paths).toEqual(expect.arrayContaining([bin.cardline, 'schema.graphql', ...files]));
  const folders = new Set(paths.map((each) => each.split('/')[0]));
  expect([...folders].toSorted()).toEqual(
    ['LICENSE', 'README.md', 'dist', 'drizzle', 'package.json', 'schema.graphql'].toSorted(),
  );
});

test('what starts the program needs no dev dependencies', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const name of ['start', 'verify', 'keys:rotate', 'demo']) {
    // `prepare` builds where the compiler is installed, and does nothing where it is not.
    expect(scripts[name]).toMatch(/^npm run --silent prepare && node (?:--\S+ )?dist\/cli\/cardline\.js /);
  }
  expect(scripts.prepare).toContain("existsSync('node_modules/typescript') &&");
});
