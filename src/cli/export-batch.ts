import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Command } from 'commander';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { counted } from '../domain/rejections/counted.ts';
import { findMasterKeys } from '../server/settings/master-keys.ts';
import type { Settings } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { finishedBatch } from '../store/batches/batch-export.ts';
import { type Download, openDownload } from '../store/exports/downloads.ts';
import { createFileLink } from '../store/files/file-links.ts';
import { KeyRing } from '../store/keys/key-ring.ts';
import type { Database } from '../store/postgres/database.ts';
import { withDatabase } from './borrowed-database.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';
import { type ProgressBar, withProgress } from './progress.ts';

const EXAMPLES = `
The file has every PIN of the batch in the clear: only its owner may read it, and the event log and the audit trail say that
it was made. Give it to the printer, and destroy it.

Examples:
  $ cardline export-batch "Summer" summer.csv
  $ CARDLINE_MASTER_KEY=... DATABASE_URL=postgres://... cardline export-batch "Summer" summer.csv --json`;

export function exportBatchCommand(): Command {
  return new Command('export-batch')
    .description('Writes the print file of a batch: CSV, with serial and PIN of each card.')
    .argument('<batch>', 'the name of the batch')
    .argument('<file>', 'where to: a file that does not exist')
    .addHelpText('after', EXAMPLES)
    .action((name: string, file: string, { json }: OutcomeOptions) =>
      withDatabase(async (database, settings) => {
        if (existsSync(file)) throw new UsageError(`${file} exists: name a file that does not.`);
        const { id, quantity } = await batchNamed(name, database);
        const lines = await open(database, settings, id);
        const cards = await withProgress({ label: 'Writes the cards', unit: 'cards' }, (progress) =>
          writeAll(lines, file, { progress, quantity }),
        );
        printOutcome(
          { batch: name, id, cards, file },
          `Wrote ${counted(cards, 'card')} of "${name}" to ${file}.`,
          {
            json,
          },
        );
      }),
    );
}

async function batchNamed(
  name: string,
  { sql }: Database,
): Promise<{ readonly id: string; readonly quantity: number }> {
  const found = await sql<{ id: string; quantity: number }[]>`
    SELECT id, made AS quantity FROM card_batches WHERE name = ${name} ORDER BY id LIMIT 2`;
  const [batch, another] = found;
  if (!batch) throw new UsageError(`There is no batch "${name}".`);
  if (another) throw new UsageError(`There are several batches "${name}": export them through the API.`);
  await finishedBatch(sql, batch.id, null);
  return batch;
}

/** Uses a download link, like every access to the PINs of a batch: recorded before the first PIN is read. */
async function open({ sql }: Database, settings: Settings, batchId: string): Promise<Download['lines']> {
  const { read } = await findMasterKeys(settings);
  const pinKeys = await KeyRing.open({ sql, read });
  const { secret } = await createFileLink(sql, {
    purpose: 'EXPORT_BATCH',
    subject: { batchId },
    maker: { actorId: SYSTEM_ACTOR, partnerId: null, branch: null },
  });
  const { lines } = await openDownload({ sql, pinKeys }, secret, { address: null, requestId: null });
  return lines;
}

/** Writes to another name until the file is complete: half a batch must not go to the printer. @returns how many cards */
async function writeAll(
  pages: Download['lines'],
  file: string,
  { progress, quantity }: { readonly progress: ProgressBar; readonly quantity: number },
): Promise<number> {
  const unfinished = `${file}.unfinished-${process.pid}`;
  const output = createWriteStream(unfinished, { flags: 'wx', mode: 0o600 });
  try {
    await once(output, 'open');
    let lines = 0;
    for await (const page of pages) {
      if (!output.write(page)) await once(output, 'drain');
      lines += page.split('\n').length - 1;
      progress.at(lines - 1, quantity);
    }
    output.end();
    await once(output, 'finish');
    await rename(unfinished, file);
    return lines - 1;
  } catch (error) {
    output.destroy();
    await rm(unfinished, { force: true });
    throw error;
  }
}
