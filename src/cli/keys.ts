import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { counted } from '../domain/rejections/counted.ts';
import { moveCards, type RotationOutcome } from '../jobs/key-rotation.ts';
import { addKey, findMasterKeys, type MasterKeys, removeKeys } from '../server/settings/master-keys.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type KeyHolder, type KeyRecord, readHolders } from '../store/keys/key-records.ts';
import { KeyRing } from '../store/keys/key-ring.ts';
import { beginRotation, cardsByKey, holdersWithout, RotationRefused } from '../store/keys/key-rotation.ts';
import type { MasterKey } from '../store/keys/master-key.ts';
import type { Database, Sql, Transaction } from '../store/postgres/database.ts';
import { withDatabase } from './borrowed-database.ts';
import { EXIT, EXIT_CODES } from './exit-code.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';
import { withProgress } from './progress.ts';

/** Servers reload their keys every few seconds; a dead server is forgotten after half a minute. */
const HOLDERS_WAIT_MS = 40_000;
const LOOK_EVERY_MS = 500;
/** The advisory lock that prevents two rotations from writing the same key file. */
const ROTATING = 1_129_076_814;

const EXAMPLES = `
Where CARDLINE_MASTER_KEY is set, servers and commands are given the new key there and the old one in
CARDLINE_OLD_MASTER_KEYS, one server after another, before "rotate"; afterwards the old one is taken away. The embedded
set-up does all of this itself. "rotate" may be interrupted: run it again, or a server goes on by itself. It exits with 1
when the PIN of some card can't be opened.

Examples:
  $ cardline keys status
  $ npm run keys:rotate`;

export function keysCommand(): Command {
  const status = new Command('status').description(
    'Lists the keys, what is under each, and which servers have which.',
  );
  const rotation = new Command('rotate').description(
    'Moves every PIN to a new master key while servers serve, and retires the old one.',
  );
  const keys = new Command('keys')
    .description('The master keys that PINs are kept under.')
    .addHelpText('after', EXAMPLES);
  for (const [command, work] of [
    [status, showStatus],
    [rotation, rotate],
  ] as const) {
    command.option('--json', 'print the outcome as JSON').addHelpText('after', EXIT_CODES).exitOverride();
    // Otherwise the parent command would take an option that all commands share.
    keys.addCommand(
      command.action((_options: OutcomeOptions, self: Command) =>
        withKeys((means) => work(means, self.optsWithGlobals<OutcomeOptions>())),
      ),
    );
  }
  return keys;
}

interface Means {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly keys: MasterKeys;
}

async function withKeys(work: (means: Means) => Promise<void>): Promise<void> {
  await withDatabase(async (database, settings) => {
    const keys = await findMasterKeys(settings);
    const ring = await KeyRing.open({ sql: database.sql, read: keys.read });
    await work({ database, ring, keys });
  });
}

async function showStatus({ database, ring }: Means, options: OutcomeOptions): Promise<void> {
  const cards = await cardsByKey(database.sql);
  const keys = ring.records.map((record) => ({
    keyId: record.keyId,
    name: record.name,
    state: stateOf(record),
    cards: cards.get(record.keyId) ?? 0,
  }));
  const next = unused(ring)?.name ?? null;
  const servers = await readHolders(database.sql);
  const lines = [
    ...keys.map(
      ({ keyId, name, state, cards: count }) => `Key ${keyId}  ${name}  ${state}, ${counted(count, 'card')}`,
    ),
    ...(next === null ? [] : [`New    ${next}  given, not yet in use`]),
    ...servers.map((server) => `Server ${server.place} has ${server.keys.join(', ')}`),
  ];
  printOutcome({ keys, next, servers }, lines.join('\n'), options);
}

function stateOf({ supersededAt, retiredAt }: KeyRecord): string {
  if (retiredAt) return `retired ${retiredAt.toISOString()}`;
  return supersededAt ? `being replaced since ${supersededAt.toISOString()}` : 'in use';
}

async function rotate({ database, ring, keys }: Means, options: OutcomeOptions): Promise<void> {
  const { sql } = database;
  await alone(sql, async (tx) => {
    await ring.refresh();
    const isRotating = ring.records.some(({ supersededAt, retiredAt }) => supersededAt && !retiredAt);
    if (!isRotating && !isDone(ring)) await begin({ sql, tx }, ring, keys);
  });
  const { moved, retired, damaged } = await finish(sql, ring);
  const { file } = keys;
  if (file !== undefined) await alone(sql, () => removeKeys(file, retiredOf(ring)));
  const key = ring.records.at(-1)?.name;
  printOutcome({ key, moved, retired, damaged }, verdict({ moved, retired, damaged }, key), options);
  if (!retired) process.exitCode = EXIT.refused;
}

const retiredOf = ({ records }: KeyRing) =>
  records.filter(({ retiredAt }) => retiredAt).map(({ name }) => name);

function verdict({ moved, retired, damaged }: RotationOutcome, key: string | undefined): string {
  if (retired) {
    return `${counted(moved, 'card is', 'cards are')} under the key ${key}. The old key is retired: nothing is under it, and it can be destroyed.`;
  }
  return [
    `PINs that can not be opened under their key: ${damaged.join(', ')}.`,
    'Their cards stay under the old key, which stays needed: replace them, or put them back from a backup.',
  ].join('\n');
}

/** Runs alone, since two rotations must not write the same key file. The lock ends with its transaction. */
async function alone(sql: Sql, work: (tx: Transaction) => Promise<void>): Promise<void> {
  await sql.begin(async (tx) => {
    const [lock] = await tx<{ got: boolean }[]>`SELECT pg_try_advisory_xact_lock(${ROTATING}) AS got`;
    if (!lock?.got) throw new UsageError('Another "keys rotate" is at work: wait until it has ended.');
    await work(tx);
  });
}

async function begin(
  { sql, tx }: { sql: Sql; tx: Transaction },
  ring: KeyRing,
  keys: MasterKeys,
): Promise<void> {
  const to = await newKey(ring, keys);
  if (keys.file !== undefined) await untilHeld(tx, to.name);
  try {
    await beginRotation(sql, ring, to);
  } catch (error) {
    if (error instanceof RotationRefused) throw new UsageError(refusal(error.message, error.without));
    throw error;
  }
  console.error(`The key ${to.name} is in use: new cards are under it, and those that are there follow.`);
}

/** A server may have finished a rotation that a command began: then there are older keys, and no new one. */
function isDone(ring: KeyRing): boolean {
  return ring.given.length > 1 && unused(ring) === undefined;
}

const unused = ({ given, records }: KeyRing) =>
  given.find(({ name }) => records.every((record) => record.name !== name));

/** The key that no card has used yet: from the environment, or generated now. */
async function newKey(ring: KeyRing, { file }: MasterKeys): Promise<MasterKey> {
  const given = unused(ring);
  if (given) return given;
  if (file === undefined) {
    throw new UsageError(
      'CARDLINE_MASTER_KEY: put a new key there ("openssl rand -base64 32") and this one into CARDLINE_OLD_MASTER_KEYS, for this command and for every server, one after another.',
    );
  }
  await addKey(file);
  await ring.refresh();
  const added = unused(ring);
  if (!added) throw new Error(`${file} has no new key.`);
  return added;
}

/** Waits until every server has read the new key from the key file. */
async function untilHeld(tx: Transaction, name: string): Promise<void> {
  const until = Date.now() + HOLDERS_WAIT_MS;
  let hasReported = false;
  for (;;) {
    const without = await holdersWithout(tx, name);
    if (without.length === 0) return;
    if (Date.now() > until) throw new UsageError(refusal(`Not every server has the key ${name}.`, without));
    if (!hasReported) console.error(`Waiting for ${placesOf(without)} to have the key ${name}.`);
    hasReported = true;
    await delay(LOOK_EVERY_MS);
  }
}

function refusal(message: string, without: readonly KeyHolder[]): string {
  return without.length === 0 ? message : `${message} Start them again with it: ${placesOf(without)}.`;
}

const placesOf = (holders: readonly KeyHolder[]) => holders.map(({ place }) => place).join(', ');

async function finish(sql: Sql, ring: KeyRing): Promise<RotationOutcome> {
  const total = await cardsToMove(sql, ring);
  const outcome = await withProgress({ label: 'Moves PINs', unit: 'cards' }, ({ at }) =>
    moveCards({ sql, ring, onProgress: (moved) => at(moved, total) }, new AbortController().signal),
  );
  await ring.refresh();
  // Undefined when a server has finished the rotation.
  return outcome ?? { moved: ring.records.at(-2)?.movedCards ?? 0, retired: true, damaged: [] };
}

async function cardsToMove(sql: Sql, ring: KeyRing): Promise<number> {
  const old = ring.records.find(({ supersededAt, retiredAt }) => supersededAt && !retiredAt);
  if (!old) return 0;
  return old.movedCards + ((await cardsByKey(sql)).get(old.keyId) ?? 0);
}
