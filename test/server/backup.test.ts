import { appendFile, copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { runningEmbedded } from '../../src/server/embedded-postgres/embedded-postgres.ts';
import { startCommand } from '../harness/processes/command-line.ts';
import {
  createDataFolder,
  type ServerProcess,
  startServerProcess,
} from '../harness/processes/server-process.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cardline-backup-'));
const [before, after] = [await createDataFolder(), await createDataFolder()];
const backup = path.join(folder, 'backup');
afterAll(async () => {
  await before.remove();
  await after.remove();
  await rm(folder, { recursive: true });
});

const start = (words: readonly string[], environment: Record<string, string>) =>
  startCommand(words, { folder, environment });
const run = (words: readonly string[], environment: Record<string, string>) =>
  start(words, environment).ended;

const onEmbedded = async <Result>(data: string, work: (sql: postgres.Sql) => Promise<Result>) => {
  const sql = postgres((await runningEmbedded(data))?.ownerUrl ?? '', { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

/** Tops a wallet up again and again, eight at once, until it is told to stop. */
function topUps({ url }: ServerProcess, key: string) {
  const acknowledged: string[] = [];
  let going = true;
  const send = async (query: string) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return ((await response.json()) as { data: Record<string, never> }).data;
  };
  const lane = async (partnerId: string, lane: number) => {
    for (let n = 0; going; n += 1) {
      const idempotencyKey = `lane-${lane}-${n}`;
      const { topUpPartner } = await send(`mutation { topUpPartner(input: {partnerId: "${partnerId}",
        amount: {amount: "0.01", currency: "EUR"}, idempotencyKey: "${idempotencyKey}"}) { __typename } }`);
      expect(topUpPartner).toEqual({ __typename: 'TopUpPartnerPayload' });
      acknowledged.push(idempotencyKey);
    }
  };
  const lanes = (async () => {
    const { createPartner } =
      await send(`mutation { createPartner(input: {name: "Backed up", currency: "EUR"}) {
      ... on CreatePartnerPayload { partner { id } } } }`);
    const { id } = (createPartner as unknown as { partner: { id: string } }).partner;
    await Promise.all(Array.from({ length: 8 }, (_each, number) => lane(id, number)));
  })();
  return {
    acknowledged,
    end: async () => {
      going = false;
      await lanes;
    },
  };
}

describe('a backup of the embedded database', { timeout: 180_000 }, () => {
  test('taken while recharges and calls go on, restores to verified balances with all that was acknowledged before', async () => {
    const server = await startServerProcess({ CARDLINE_DATA_DIR: before.path, DRAIN_SECONDS: '1' });
    const key = server.firstKey();
    const demo = start(['demo', '--url', server.url], { CARDLINE_KEY: key });
    const load = topUps(server, key);
    try {
      await vi.waitFor(() => expect(demo.output()).toMatch(/^switch .*\n[\s\S]*Recharges DEMO-/m), {
        timeout: 90_000,
      });
      await vi.waitFor(() => expect(load.acknowledged.length).toBeGreaterThan(100), { timeout: 30_000 });
      const known = [...load.acknowledged];
      const taken = await run(['backup', '--json', backup], { CARDLINE_DATA_DIR: before.path });
      expect(taken).toMatchObject({ code: 0 });
      expect(JSON.parse(taken.output)).toMatchObject({ folder: backup, withKeys: false });
      expect(load.acknowledged.length).toBeGreaterThan(known.length);

      const data = { CARDLINE_DATA_DIR: after.path };
      expect(await run(['restore', backup], data)).toMatchObject({ code: 0 });
      const verified = await run(['verify', '--json'], data);
      expect(verified).toMatchObject({ code: 0 });
      expect(JSON.parse(verified.output)).toMatchObject({ clean: true, cards: '10000' });

      await copyFile(path.join(before.path, 'master.key'), path.join(after.path, 'master.key'));
      const restored = await startServerProcess(data);
      try {
        const kept = await onEmbedded(
          after.path,
          (sql) => sql<{ key: string }[]>`SELECT key FROM idempotency_keys`,
        );
        const keys = new Set(kept.map((row) => row.key));
        expect(known.filter((each) => !keys.has(each))).toEqual([]);
      } finally {
        expect(await restored.stop('SIGTERM')).toBe(0);
      }
    } finally {
      await load.end();
      demo.child.kill('SIGTERM');
      await demo.ended;
      await server.stop('SIGTERM');
    }
  });

  test('holds the keys only when it is asked to', async () => {
    expect(await readdir(backup)).not.toContain('master.key');
    const withKeys = path.join(folder, 'with-keys');
    const { code, output } = await run(['backup', '--with-keys', withKeys], {
      CARDLINE_DATA_DIR: before.path,
    });
    expect(code).toBe(0);
    expect(output).toContain('whoever has this folder can read every PIN');
    expect(await readFile(path.join(withKeys, 'master.key'))).toEqual(
      await readFile(path.join(before.path, 'master.key')),
    );
  });

  test.each([
    {
      words: ['backup', 'backup'],
      environment: { CARDLINE_DATA_DIR: before.path },
      says: `${backup} exists: name a folder that does not.`,
    },
    {
      words: ['backup', 'other'],
      environment: { DATABASE_URL: 'postgres://127.0.0.1:1/x', CARDLINE_MASTER_KEY: 'a'.repeat(64) },
      says: 'This backs up the embedded database only',
    },
    {
      words: ['restore', backup],
      environment: { CARDLINE_DATA_DIR: before.path },
      says: 'exists: move it away',
    },
    {
      words: ['restore', folder],
      environment: { CARDLINE_DATA_DIR: path.join(folder, 'new') },
      says: 'is no finished backup',
    },
  ])('$words is refused where it makes no sense', async ({ words, environment, says }) => {
    const { code, errors } = await run(words, environment as Record<string, string>);
    expect(errors).toContain(says);
    expect(code).toBe(2);
  });

  test('that was altered is not restored', async () => {
    await appendFile(path.join(backup, 'postgres', 'global', 'pg_control'), 'x');
    const data = path.join(folder, 'altered');
    const { code, errors } = await run(['restore', backup], { CARDLINE_DATA_DIR: data });
    expect(errors).toContain('postgres/global/pg_control differs from what was backed up.');
    expect(code).toBe(2);
    expect(await readdir(data)).toEqual([]);
  });
});
