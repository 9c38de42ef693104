import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm run check:generated`: makes the generated files anew, in place, and fails when that changed one of them: then
 * somebody changed their source and did not run the command. What else is uncommitted does not matter.
 */
const GENERATED = [
  'schema.graphql',
  'src/client/operations.ts',
  '.env.example',
  'docs/settings.md',
  'docs/limits.md',
  'drizzle',
];

const before = digests();
const made = spawnSync('npm', ['run', '--silent', 'generate'], {
  encoding: 'utf8',
  shell: true,
  // Without a terminal drizzle-kit fails where it would ask, instead of waiting.
  stdio: ['ignore', 'pipe', 'pipe'],
});
if (made.status !== 0) {
  console.error(`${made.stdout}${made.stderr}\nnpm run generate failed.`);
  process.exit(1);
}
const after = digests();
const missing = GENERATED.filter((place) => filesOf(place).length === 0);
if (missing.length > 0) {
  console.error(`\`npm run generate\` did not make ${missing.join(', ')}.`);
  process.exit(1);
}
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
if (changed.length > 0) {
  console.error(
    `Not up to date: ${changed.join(', ')}. They are made anew now by \`npm run generate\`: commit them.`,
  );
  process.exit(1);
}

/** SHA-256 of every generated file by its path. */
function digests(): Map<string, string> {
  return new Map(GENERATED.flatMap(filesOf).map((file) => [file, digestOf(file)]));
}

function filesOf(place: string): string[] {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place).flatMap((name) => filesOf(path.join(place, name)));
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
