import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The house style, as far as a machine can check it. */
const SOURCES = resolve('src');

/** What each folder may import besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  store: ['domain'],
  realtime: ['domain', 'store'],
  graphql: ['domain', 'store', 'realtime'],
  jobs: ['domain', 'store', 'realtime'],
  client: [],
  server: ['domain', 'store', 'realtime', 'graphql', 'jobs'],
  cli: ['domain', 'store', 'realtime', 'graphql', 'jobs', 'server', 'client'],
};
const OUTSIDE_DOMAIN = /^(drizzle-orm|postgres$|graphql$|node:(fs|net|http|child_process))/;
const LEFTOVERS = /\b(TODO|FIXME|XXX|HACK)\b|\bas any\b|@ts-ignore|@ts-expect-error|\.(only|skip)\(/;

type Files = ReadonlyMap<string, string>;

function read(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/^(?:import|export)\b[^;]*?['"]([^'"]+)['"];/gm)].map(([, from = '']) => from);
}

function wrongArrows(files: Files): string[] {
  const wrong: string[] = [];
  for (const [file, text] of files) {
    const folder = file.split('/')[0] ?? '';
    for (const from of importsOf(text)) {
      if (folder === 'domain' && OUTSIDE_DOMAIN.test(from)) wrong.push(`${file} imports ${from}`);
      if (!from.startsWith('.')) continue;
      const target = relative('.', join(dirname(file), from)).split('/')[0] ?? '';
      if (target !== folder && !MAY_IMPORT[folder]?.includes(target)) wrong.push(`${file} imports ${from}`);
    }
  }
  return wrong;
}

function cycles(files: Files): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const from of importsOf(files.get(file) ?? '')) {
      if (from.startsWith('.')) visit(join(dirname(file), from), [...path, file]);
    }
    done.add(file);
  };
  for (const file of files.keys()) visit(file, []);
  return found;
}

const tooLong = (files: Files) =>
  [...files].filter(([, text]) => text.split('\n').length > 351).map(([file]) => file);
const nameless = (files: Files) =>
  [...files.keys()].filter((file) => /(^|\/)(utils|helpers|common|types|interfaces|index)\.ts$/.test(file));
const leftovers = (files: Files) =>
  [...files].filter(([, text]) => LEFTOVERS.test(text)).map(([file]) => file);

/** Files of the API that nobody imports add nothing to it. */
function forgotten(files: Files): string[] {
  const imported = new Set(
    [...files].flatMap(([file, text]) => importsOf(text).map((from) => join(dirname(file), from))),
  );
  return [...files.keys()].filter(
    (file) => file.startsWith('graphql/') && !imported.has(file) && file !== 'graphql/print-schema.ts',
  );
}

const generated = new Set(['client/operations.ts']);
const sources: Files = new Map([...read(SOURCES)].filter(([file]) => !generated.has(file)));

describe('the sources', () => {
  test.each([
    [
      'import in one direction',
      wrongArrows,
      'domain/cards/card.ts',
      "import { x } from '../../store/rows.ts';",
    ],
    ['keep I/O out of the domain', wrongArrows, 'domain/cards/card.ts', "import postgres from 'postgres';"],
    ['have no import cycles', cycles, 'domain/a.ts', "import { a } from './a.ts';"],
    ['have no file of two purposes', tooLong, 'domain/a.ts', '\n'.repeat(400)],
    ['name their files', nameless, 'store/utils.ts', ''],
    ['have no leftovers', leftovers, 'store/a.ts', '// TODO later'],
    ['forget no file of the API', forgotten, 'graphql/a.ts', ''],
  ])('%s', (_rule, check, badFile, badText) => {
    // A check that can't fail checks nothing.
    expect(check(new Map([...sources, [badFile, badText]]))).not.toEqual([]);
    expect(check(sources)).toEqual([]);
  });
});
