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

test('the program imports nothing but what it lists as its dependencies', async () => {
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const imported = new Set<string>();
  for (const file of await readdir('src', { recursive: true })) {
    // Making the schema, the settings' documents and migrations is development.
    if (!file.endsWith('.ts') || /print-\w+\.ts$|drizzle\.config\.ts$/.test(file)) continue;
    const text = await readFile(`src/${file}`, 'utf8');
    for (const [, name = ''] of text.matchAll(
      /^import (?!type )(?:[^;']* from )?'((?:@[^/']+\/)?[^./'][^/']*)/gm,
    )) {
      if (!name.startsWith('node:')) imported.add(name);
    }
  }
  expect(imported.size).toBeGreaterThan(15);
  expect([...imported].filter((name) => !(name in dependencies))).toEqual([]);
});
