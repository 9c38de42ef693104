import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSettings } from '../../src/server/settings/settings.ts';
import { variablesIn } from '../../src/server/settings/variable-forms.ts';
import { settingsSchema } from '../../src/server/settings/variables.ts';
import { documents } from '../harness/documents.ts';

const variables = new Map(variablesIn(settingsSchema.shape).map((each) => [each.variable, each]));

describe('a wrong setting is named, with what was given and what is expected', () => {
  test.each([
    ['PORT', 'abc', 'PORT: "abc" is not a port, 0 to 65535.'],
    ['PORT', '65536', 'PORT: "65536" is not a port, 0 to 65535.'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: "loud" is not one of trace, debug, info, warn, error, fatal, silent.'],
    ['GRAPHIQL', 'yes', 'GRAPHIQL: "yes" is not true or false.'],
    ['PUBLIC_URL', 'cards.example.com', 'PUBLIC_URL: "cards.example.com" is not an http or https URL.'],
    [
      'CARDLINE_DEFAULT_COUNTRY',
      'XX',
      'CARDLINE_DEFAULT_COUNTRY: "XX" is not a country of ISO 3166, two capital letters such as AZ.',
    ],
  ])('%s=%s', (name, value, message) => {
    expect(() => readSettings({ [name]: value })).toThrow(message);
  });

  test.each([
    ['DATABASE_URL', 'mysql://user:hunter2@host/db'],
    ['DATABASE_URL', 'postgres://user:hunter2@one,two/db?target_session_attrs=any'],
    ['CARDLINE_MASTER_KEY', 'hunter2'],
  ])('%s, without what was given', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(`${name}: the value is not `);
    expect(() => readSettings({ [name]: value })).not.toThrow('hunter2');
  });

  test('each one that is wrong has its line', () => {
    expect(() => readSettings({ PORT: 'x', MAX_DEPTH: '0' })).toThrow(/^PORT: .*\nMAX_DEPTH: .*$/);
  });
});

describe('defaults', () => {
  test('an empty value is none', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '' })).toEqual(readSettings({}));
  });

  test('links lead to where the server listens, unless it is said', () => {
    expect(readSettings({ PORT: '1', HOST: '::1' }).publicUrl).toBe('http://[::1]:1');
    expect(readSettings({ PUBLIC_URL: 'https://cards.example.com/' }).publicUrl).toBe(
      'https://cards.example.com',
    );
  });

  test('in production the page and the schema are closed, unless it is said', () => {
    expect(readSettings({ NODE_ENV: 'production' })).toMatchObject({
      graphiql: false,
      introspection: 'operator',
    });
    expect(readSettings({ NODE_ENV: 'production', GRAPHIQL: 'true' })).toMatchObject({ graphiql: true });
  });

  test('a master key is read as base64 and as hexadecimal', () => {
    const key = Buffer.alloc(32, 0xa5);
    for (const encoding of ['base64', 'hex'] as const) {
      expect(readSettings({ CARDLINE_MASTER_KEY: key.toString(encoding) }).masterKey).toEqual(key);
    }
  });
});

test('.env.example lists every variable, with values that are the defaults', () => {
  const lines = readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm);
  const example = Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
  expect(Object.keys(example).sort()).toEqual([...variables.keys()].sort());
  expect(readSettings(example)).toEqual(readSettings({}));
});

/** The rows of tables of settings, `| NAME, NAME | default, default |`: each variable with its default as printed. */
function defaultsIn(markdown: string): (readonly [name: string, printed: string | undefined])[] {
  // Tables of tests name settings too, beside a file.
  return [...markdown.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| (?!`test\/)(.*?) \|/gm)].flatMap(
    ([, names = '', defaults = '']) => {
      const printed = names.includes(',') ? defaults.split(', ') : [defaults];
      return names.split(', ').map((name, place) => [name.replaceAll('`', ''), printed[place]] as const);
    },
  );
}

describe('documents print the true default', () => {
  test('docs/settings.md of every variable', () => {
    const printed = defaultsIn(documents.get('docs/settings.md') ?? '');
    expect(printed.map(([name]) => name)).toEqual([...variables.keys()]);
  });

  test.each([
    ['docs/settings.md', 65],
    ['README.md', 20],
    ['docs/security.md', 4],
    ['docs/limits.md', 20],
  ])('%s', (path, least) => {
    const printed = defaultsIn(documents.get(path) ?? '').filter(([name]) => variables.has(name));
    expect(printed.length).toBeGreaterThan(least);
    const plain = (text = '') => text.replaceAll('`', '');
    const expected = printed.map(([name]) => {
      const { otherwise, usual = '' } = variables.get(name) ?? {};
      return [name, otherwise ?? (usual || 'none')];
    });
    expect(printed.map(([name, text]) => [name, plain(text)])).toEqual(expected);
  });
});
