import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documents } from '../harness/documents.ts';

const markdown = documents.get('docs/security.md') ?? '';
const promises = [...markdown.matchAll(/^\| (.+) \| `(test\/[\w./-]+)` \| (.+) \|$/gm)].map(
  ([, promise = '', file = '', title = '']) => ({ promise, file, title }),
);

/** The titles of the suites and tests of a file, as they are written there. */
function titlesIn(file: string): string[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  // With test.each the title follows its table, perhaps on a line of its own.
  return [...text.matchAll(/(?:\(|^\s+)(['"`])((?:(?!\1)[^\\\n]|\\.)+)\1,\s*(?:\{|\(|async\b)/gm)].map(
    ([, , title = '']) => title,
  );
}

test('docs/security.md names a test for its promises', () => expect(promises.length).toBeGreaterThan(80));

test.each(promises)('$file holds: $promise', ({ file, title }) => {
  expect(titlesIn(file).filter((each) => each.includes(title))).not.toEqual([]);
});

test('each file of test/security holds a promise that docs/security.md makes', () => {
  const files = readdirSync('test/security').filter((name) => name.endsWith('.test.ts'));
  const named = new Set(promises.map(({ file }) => file));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((name) => !named.has(`test/security/${name}`))).toEqual([]);
});

test('each setting under GraphQL limits has a test', () => {
  const own = markdown.split('\n## GraphQL limits\n')[1]?.split('\n## ')[0] ?? '';
  const limits = readFileSync('docs/limits.md', 'utf8').split('\n### Connections and shutdown\n')[0] ?? '';
  const section = own + limits;
  const settings = [...section.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
  expect(settings.length).toBeGreaterThan(20);
  const tested = promises.map(({ promise }) => promise).join(' ');
  expect(settings.filter((name) => !tested.includes(`\`${name}\``))).toEqual([]);
});

test('a title that no test has is found missing', () => {
  const [own] = titlesIn('test/docs/security.test.ts');
  expect(own).toBe('docs/security.md names a test for its promises');
  expect(
    titlesIn('test/docs/security.test.ts').some((title) => title.includes('that no test has at all')),
  ).toBe(false);
  expect(titlesIn('test/none.test.ts')).toEqual([]);
});
