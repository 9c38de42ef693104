import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAst } from 'vitest/node';

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
/**
 * The folders of a layer, lowest first: each may import those above it in this list. Files at the top of a layer are free.
 */
const ROOMS: Record<string, readonly string[]> = {
  domain: [
    'files',
    'rejections',
    'values',
    'access',
    'partners',
    'rates',
    'rates/deck',
    'cards',
    'calls',
    'money',
    'batches',
    'imports',
    'security',
    'reports',
  ],
  store: [
    'schema',
    'postgres/driver',
    'postgres',
    'batching',
    'events',
    'audit',
    'security',
    'access',
    'money',
    'writer',
    'writer/commands',
    'keys',
    'files/formats',
    'files',
    'rates',
    'pins',
    'batches',
    'cards',
    'calls',
    'reports',
    'partners',
    'imports',
    'exports',
  ],
};
const MAX_LINES = 350;
const MAX_FUNCTION_LINES = 70;
const MAX_MEDIAN_LINES = 100;
const MAX_FILES = 30;
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

function wrongRooms(files: Files): string[] {
  const wrong: string[] = [];
  for (const [file, text] of files) {
    const [layer = '', room] = roomOf(file);
    const rooms = ROOMS[layer];
    if (!rooms || room === '') continue;
    if (!rooms.includes(room)) wrong.push(`${layer}/${room} is not in the list of rooms`);
    for (const from of importsOf(text).filter((each) => each.startsWith('.'))) {
      const [targetLayer, target] = roomOf(join(dirname(file), from));
      if (targetLayer !== layer || target === '') continue;
      if (rooms.indexOf(target) > rooms.indexOf(room)) wrong.push(`${file} imports ${from}`);
    }
  }
  return wrong;
}

function roomOf(file: string): [layer: string, room: string] {
  const [layer = '', ...room] = dirname(file).split('/');
  return [layer, room.join('/')];
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

const linesOf = (text: string) => text.split('\n').length - 1;
const tooLong = (files: Files) =>
  [...files].filter(([, text]) => linesOf(text) > MAX_LINES).map(([file]) => file);

function tooLongInTheMiddle(files: Files): string[] {
  const lengths = [...files.values()].map(linesOf).toSorted((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  return median < MAX_MEDIAN_LINES ? [] : [`The median file has ${median} lines.`];
}

function tooFull(files: Files): string[] {
  const counts = new Map<string, number>();
  for (const folder of [...files.keys()].map(dirname)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > MAX_FILES).map(([folder]) => folder);
}

/**
 * Functions with too many lines of code: blank lines and those of comments alone do not count, those of functions inside do.
 * An arrow function that is nothing but one object, such as the fields of a type, is a list and not a sequence of steps.
 */
function tooLongFunctions(files: Files): string[] {
  const found: string[] = [];
  for (const [file, text] of files) {
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, body, start, end } = node as Partial<SyntaxNode>;
      const isFunction = type !== undefined && /^(Function|ArrowFunction)/.test(type) && body;
      if (isFunction && body.type !== 'ObjectExpression') {
        const code = text.slice(start, end).split('\n').filter(isCode);
        if (code.length > MAX_FUNCTION_LINES) found.push(`${file}:${linesOf(text.slice(0, start)) + 1}`);
      }
      Object.values(node).forEach(visit);
    };
    visit(parseAst(text, { lang: 'ts' }));
  }
  return found;
}

interface SyntaxNode {
  readonly type: string;
  readonly body: { readonly type?: string } | null;
  readonly start: number;
  readonly end: number;
}

const isCode = (line: string) => !/^\s*($|\/\/|\/\*|\*)/.test(line);

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

/** What only its own file uses is not exported. The tables are: drizzle-kit reads them all. */
function exportedForNobody(files: Files): string[] {
  const words = new Map([...files, ...suites].map(([file, text]) => [file, new Set(text.match(/\w+/g))]));
  return [...files].flatMap(([file, text]) => {
    if (file.startsWith('store/schema/')) return [];
    const names = text.matchAll(/^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm);
    return [...names].flatMap(([, name = '']) => {
      const isUsed = [...words].some(([other, used]) => other !== file && used.has(name));
      return isUsed ? [] : [`${file}: ${name}`];
    });
  });
}

const suites = read(resolve('test'));
const many = (folder: string, count: number) => Array.from({ length: count }, (_, n) => `${folder}/${n}.ts`);
const LONG_FUNCTION = `export const f = () => {\n${'  g();\n'.repeat(70)}};\n`;
const generated = new Set(['client/operations.ts']);
const sources: Files = new Map([...read(SOURCES)].filter(([file]) => !generated.has(file)));

describe('the sources', () => {
  test('are found', () => {
    expect(sources.size).toBeGreaterThan(300);
    for (const folder of Object.keys(MAY_IMPORT)) {
      expect(
        [...sources.keys()].some((file) => file.startsWith(`${folder}/`)),
        folder,
      ).toBe(true);
    }
  });

  test.each([
    [
      'import in one direction',
      wrongArrows,
      'domain/cards/card.ts',
      "import { x } from '../../store/rows.ts';",
    ],
    ['keep I/O out of the domain', wrongArrows, 'domain/cards/card.ts', "import postgres from 'postgres';"],
    [
      'import in one direction within a layer',
      wrongRooms,
      'store/money/a.ts',
      "import { x } from '../writer/write-out.ts';",
    ],
    ['have no room without a rank', wrongRooms, 'store/attic/a.ts', ''],
    ['have no import cycles', cycles, 'domain/a.ts', "import { a } from './a.ts';"],
    ['have no file of two purposes', tooLong, 'domain/a.ts', '\n'.repeat(400)],
    ['have no function of two purposes', tooLongFunctions, 'domain/a.ts', LONG_FUNCTION],
    ['are short, most of them', tooLongInTheMiddle, many('domain', 1_000), '\n'.repeat(200)],
    ['lie in rooms that can be overlooked', tooFull, many('domain', 31), ''],
    ['name their files', nameless, 'store/utils.ts', ''],
    ['have no leftovers', leftovers, 'store/a.ts', '// TODO later'],
    ['forget no file of the API', forgotten, 'graphql/a.ts', ''],
    ['export what others use', exportedForNobody, 'domain/a.ts', `export const forNobody${1} = 1;`],
  ])('%s', (_rule, check, badFiles, badText) => {
    // A check that can't fail checks nothing.
    const bad = [badFiles].flat().map((file) => [file, badText] as const);
    expect(check(new Map([...sources, ...bad]))).not.toEqual([]);
    expect(check(sources)).toEqual([]);
  });
});

test('the suites lie in rooms that can be overlooked', () => {
  expect(suites.size).toBeGreaterThan(150);
  expect(
    tooFull(new Map([...suites, ...many('graphql', 31).map((file) => [file, ''] as const)])),
  ).not.toEqual([]);
  expect(tooFull(suites)).toEqual([]);
});
