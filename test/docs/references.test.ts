import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { REQUEST_ERRORS } from '../../src/graphql/core/error-codes.ts';
import { hasPermission, mayUse } from '../../src/graphql/core/permission-check.ts';
import { PERMISSIONS } from '../../src/graphql/core/permissions.ts';
import { schema } from '../../src/graphql/schema.ts';
import { variablesIn } from '../../src/server/settings/variable-forms.ts';
import { settingsSchema } from '../../src/server/settings/variables.ts';
import { CLOSE_CODES } from '../../src/server/websocket/close-codes.ts';
import { VERIFICATION_CHECKS } from '../../src/store/verification.ts';
import { useDatabase } from '../harness/database.ts';
import {
  anchorsOf,
  blocksOf,
  documents,
  type Invocation,
  invocationsIn,
  namesIn,
  placesNamedIn,
  scriptsIn,
} from '../harness/documents.ts';

test('documents, commands and names are found', () => {
  expect([...documents.keys()]).toEqual(
    expect.arrayContaining(['README.md', 'docs/api.md', 'docs/money.md', 'docs/realtime.md']),
  );
  expect([...commands.keys()]).toEqual(
    expect.arrayContaining(['serve', 'verify', 'import-rates', 'keys rotate']),
  );
  const all = [...documents.values()];
  expect(all.flatMap((markdown) => [...namesIn(markdown)]).length).toBeGreaterThan(250);
  expect(all.flatMap(invocationsIn).length).toBeGreaterThan(15);
  expect(all.flatMap(scriptsIn).length).toBeGreaterThan(10);
  expect([...documents].flatMap(([path, markdown]) => placesNamedIn(path, markdown)).length).toBeGreaterThan(
    50,
  );
  expect(known.size).toBeGreaterThan(500);
});

describe.each([...documents])('%s', (path, markdown) => {
  test('links to files and headings that exist', () => {
    const lost = placesNamedIn(path, markdown).filter(({ file, anchor }) => {
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsOf(documents.get(file) ?? '').has(anchor);
    });
    expect(lost).toEqual([]);
  });

  test('uses commands and options that exist', () => {
    expect(invocationsIn(markdown).flatMap(strangeIn)).toEqual([]);
    expect(scriptsIn(markdown).filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  test('names fields, arguments, values and settings that exist', () => {
    const strange = [...namesIn(markdown)].filter((name) => !known.has(name));
    expect(strange.filter((name) => !(/^[A-Z]/.test(name) && saidInSources(name)))).toEqual([]);
  });
});

/** docs/limits.md is generated from the tables: a code that is written elsewhere would be missing in it. */
test('codes of errors and of closed sockets stand in their tables only', () => {
  const elsewhere = [/extensions:\s*\{\s*code:\s*'/, /\.close\(\s*[14]\d{3}\b/];
  const withCodes = sources.filter((text) => elsewhere.some((pattern) => pattern.test(text)));
  expect(withCodes).toEqual([]);
  expect(
    elsewhere.map((pattern) => pattern.test("{ extensions: { code: 'X' } }; socket.close(4400, '')")),
  ).toEqual([true, true]);
  const limits = documents.get('docs/limits.md') ?? '';
  const sent = Object.values<{ readonly code: number }>(CLOSE_CODES).map(({ code }) => String(code));
  for (const code of [...Object.keys(REQUEST_ERRORS), ...sent])
    expect(limits).toContain(`| ${/\d/.test(code) ? code : `\`${code}\``} |`);
});

/** The commands of the program, each under its words, with those below it. */
const commands = new Map<string, Command>();
function note(command: Command, above: string): void {
  const words = `${above}${command.name()}`;
  commands.set(words, command);
  for (const each of command.commands) note(each, `${words} `);
}
beforeAll(async () => {
  const files = readdirSync('src/cli').filter((name) => name.endsWith('.ts') && name !== 'cardline.ts');
  for (const file of files) {
    const made: Record<string, unknown> = await import(pathToFileURL(resolve('src/cli', file)).href);
    for (const [name, make] of Object.entries(made)) {
      if (/Command$/.test(name) && typeof make === 'function') note(make(), '');
    }
  }
});

/** What of an invocation there is not. Left out: what is said of all commands. */
function strangeIn({ words, options }: Invocation): string[] {
  const [first = '', second] = words;
  const command = commands.get(`${first} ${second}`) ?? commands.get(first);
  if (!command) return words.length === 0 ? [] : [words.join(' ')];
  const known = new Set([...command.options.map(({ long }) => long), '--json', '--help']);
  return options.filter((option) => !known.has(option)).map((option) => `${first} ${option}`);
}

/** All names of the schema, and the settings. */
const known: ReadonlySet<string> = new Set([
  ...Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isEnumType(type)) return type.getValues().map(({ name }) => name);
    if (isInputObjectType(type)) return Object.keys(type.getFields());
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap(({ name, args }) => [
      name,
      ...args.map((arg) => arg.name),
    ]);
  }),
  ...variablesIn(settingsSchema.shape).map(({ variable }) => variable),
]);

/** Codes of whole requests, and settings that others read: they are in no list, but somewhere in the sources. */
function saidInSources(name: string): boolean {
  return sources.some((text) => new RegExp(`\\b${name}\\b`).test(text));
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'));

test.each([
  '`npx cardline import-card x.csv`',
  '$ cardline verify --jsn',
  '`node dist/cli/cardline.js keys --new`',
])('the mistake in %s is found', (text) => {
  expect(invocationsIn(text).flatMap(strangeIn)).not.toEqual([]);
});

test.each([
  ['Administrator', 'ADMINISTRATOR'],
  ['Support', 'SUPPORT'],
  ['Partner', 'PARTNER'],
  ['Switch', 'SWITCH'],
  ['Auditor', 'AUDITOR'],
] as const)('docs/api.md points the %s to nothing that its role may not do', (heading, role) => {
  const section = documents.get('docs/api.md')?.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const named = [...namesIn(section)].flatMap((name) =>
    ['Query', 'Mutation', 'Subscription'].map((root) => `${root}.${name}`).filter(hasPermission),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((field) => !mayUse({ role, scopes: null }, field))).toEqual([]);
});

test('docs/realtime.md lists all subscriptions, each with its roles', () => {
  const rows = documents.get('docs/realtime.md')?.matchAll(/^\| `(\w+)` \|.*\| ([ASUPWC]+) \|$/gm) ?? [];
  const listed = Object.fromEntries([...rows].map(([, name = '', letters]) => [name, letters]));
  const roles = Object.entries(PERMISSIONS.Subscription).map(([name, line]) => [
    name,
    line.replace(/-| .*/g, ''),
  ]);
  expect(roles.length).toBeGreaterThan(8);
  expect(listed).toEqual(Object.fromEntries(roles));
});

test('docs/money.md lists every kind of transfer and every check of the verification', () => {
  const kinds = schema.getType('TransferKind');
  const names = isEnumType(kinds) ? kinds.getValues().map(({ name }) => name) : [];
  expect(names).toEqual(expect.arrayContaining(['RECHARGE', 'REVERSAL', 'ISSUE']));
  expect(VERIFICATION_CHECKS.length).toBeGreaterThan(5);
  const money = documents.get('docs/money.md') ?? '';
  const left = [...names, ...VERIFICATION_CHECKS].filter((name) => !money.includes(`\`${name}\``));
  expect(left).toEqual([]);
});

describe('the SQL statements for readers of the database', () => {
  const db = useDatabase();

  const statements = blocksOf(documents.get('docs/money.md') ?? '').filter(
    ({ language }) => language === 'sql',
  );
  test('are found', () => expect(statements.length).toBeGreaterThan(0));

  test.each(statements)('that at line $line of docs/money.md runs', async ({ text }) => {
    expect((await db.database.sql.unsafe(`EXPLAIN ${text}`)).length).toBeGreaterThan(0);
  });
});
