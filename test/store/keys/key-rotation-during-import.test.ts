import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { beforeAll, expect, test } from 'vitest';
import { AuthenticateCardDocument, ImportCardsDocument } from '../../../src/client/operations.ts';
import { verify } from '../../../src/store/verification.ts';
import { useApi } from '../../harness/api.ts';
import { cardFile, cardLine } from '../../harness/card-file.ts';
import { importEnded, importInput, uploadCards } from '../../harness/card-imports.ts';
import { startCommand } from '../../harness/processes/command-line.ts';
import { succeeded } from '../../harness/refusals.ts';

const CARDS = 20_000;
const [FIRST, SECOND] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64')) as [
  string,
  string,
];

const api = useApi({ environment: { CARDLINE_MASTER_KEY: FIRST, CARDLINE_OLD_MASTER_KEYS: SECOND } });
beforeAll(async () => {
  // Cards of the harness are under no key that opens them.
  await api.db.database.sql`UPDATE cards SET pin_key_id = 0`;
}, 60_000);

test('cards that are imported while PINs are moved to another key are all under that key', {
  timeout: 120_000,
}, async () => {
  const { sql } = api.db.database;
  const uploadId = await uploadCards(api, cardFile(CARDS));
  const { result } = await api.administrator.request(ImportCardsDocument, {
    input: await importInput(api, { uploadId }),
  });
  const { id } = succeeded(result).cardImport;
  const rowsRead = async () => (await sql`SELECT row_count AS rows FROM card_imports`)[0]?.rows;
  await expect.poll(rowsRead, { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
  const [rotated, ended] = await Promise.all([
    startCommand(['keys', 'rotate'], {
      folder: tmpdir(),
      environment: {
        DATABASE_URL: api.db.url,
        CARDLINE_MASTER_KEY: SECOND,
        CARDLINE_OLD_MASTER_KEYS: FIRST,
      },
    }).ended,
    importEnded(api.administrator, id),
  ]);
  expect(rotated).toMatchObject({ code: 0 });
  expect(ended).toMatchObject({ state: 'DONE', rowCount: CARDS });
  const keys = await sql`
    SELECT pin_key_id AS key, count(*)::int AS cards FROM cards WHERE pin_key_id > 0 GROUP BY 1`;
  expect(keys).toEqual([{ key: 2, cards: CARDS }]);
  const [, pin = ''] = cardLine(2).split(',');
  succeeded((await api.ivr.request(AuthenticateCardDocument, { input: { by: { pin } } })).result);
  const { discrepancies } = await verify(sql);
  expect(discrepancies.map(({ row }) => row)).toEqual(['master key 0']);
});
