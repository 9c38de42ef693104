import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { CARD_FILE_HEADS } from '../domain/imports/card-file-form.ts';
import { findMasterKeys } from '../server/settings/master-keys.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { readContent } from '../store/imports/card-file-content.ts';
import { type ImportProgress, type ImportServices, runCardImport } from '../store/imports/card-import.ts';
import { type CardImportOrder, ImportClaimLost } from '../store/imports/card-import-order.ts';
import {
  endCardImport,
  orderCardImport,
  readCardImport,
  takeUpImport,
} from '../store/imports/card-imports.ts';
import { importSteps } from '../store/imports/import-steps.ts';
import { doneTwin } from '../store/imports/import-twin.ts';
import { KeyRing } from '../store/keys/key-ring.ts';
import { Claimant } from '../store/postgres/claimant.ts';
import type { Sql } from '../store/postgres/database.ts';
import { withDatabase } from './borrowed-database.ts';
import { type ImportOptions, importOrder, withImportOptions } from './card-import-options.ts';
import { type ReportedImport, reportImport } from './card-import-report.ts';
import { noteAtConsole } from './console-audit.ts';
import { EXIT } from './exit-code.ts';
import { printFailure } from './outcome.ts';
import { withProgress } from './progress.ts';

const EXAMPLES = `
Columns, with the heads they have unless --preset or --column says otherwise:
${Object.entries(CARD_FILE_HEADS)
  .map(([column, head]) => `  ${column.padEnd(14)}${head}`)
  .join('\n')}

A file with a bad row imports nothing, and every bad row is listed; what stands in it is not shown, for it may be a PIN.
So does one with a column that bears on price, validity, barring or limits and is not read: map it with --column, or --ignore it.
docs/moving-in.md has the columns of each preset and the queries that export them.

No card is closed by an import and no balance forfeited unless --expired forfeit says so. A card keeps the terms that it was
sold under (the columns of expiry, grace_days, max_numbers, max_calls) where they differ from the batch's. Check first: --check
writes nothing and tells how many cards and how much money would come in, by state.

Examples:
  $ cardline import-cards --name "From A2Billing" --group "Retail EUR" --preset A2BILLING --check cards.csv
  $ cardline import-cards --name "From A2Billing" --group "Retail EUR" --preset A2BILLING --serial-prefix A2B- cards.csv
  $ cardline import-cards --name Stock --group "Retail EUR" --face-value 5 --preset VOS3000_STOCK stock.csv
  $ cardline import-cards --name Kiosk --group "Retail EUR" --partner Kiosk --column serial=Number --column pin=Code cards.csv`;

export function importCardsCommand(): Command {
  return withImportOptions(
    new Command('import-cards')
      .description(
        'Takes cards over from another system (CSV), into a batch made for them: all of them, or nothing.',
      )
      .argument('<file>', 'the cards, UTF-8, with a head line'),
  )
    .addHelpText('after', EXAMPLES)
    .action(importCards);
}

async function importCards(file: string, options: ImportOptions): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new UsageError(`${file}: there is no such file, or it can't be read.`);
  });
  await withDatabase(async (database, settings, directUrl) => {
    const { sql } = database;
    const order = await importOrder(options, database, settings);
    const { read } = await findMasterKeys(settings);
    const keys = await KeyRing.open({ sql, read });
    const newImport = {
      order,
      // A check has no effect that a key could name: the key is that of the import.
      idempotencyKey: (!options.check && options.key) || randomUUID(),
      uploadId: null,
      contentOf: (known: CardImportOrder) => readContent(keys, known, createReadStream(file)),
      size: (await stat(file)).size,
      actorId: SYSTEM_ACTOR,
    };
    const id = await orderCardImport(sql, newImport);
    await noteAtConsole(sql, { operation: 'importCards', objectType: 'CardImport', objectId: id });
    try {
      await carryOut(sql, { id, file, size: newImport.size }, { keys, directUrl });
    } catch (error) {
      if (!(error instanceof ImportClaimLost)) throw error;
      printFailure({ code: 'CARD_IMPORT_LOST', message: error.message }, options);
      process.exitCode = EXIT.failed;
      return;
    }
    const ended = await importedBefore(sql, id, options);
    if (ended) await reportImport(sql, { file, ...ended }, options);
  });
}

/**
 * The import to report: without a key of its own it is known by its rows, so if they were imported before with the same
 * order, it is that one.
 */
async function importedBefore(
  sql: Sql,
  id: string,
  { key }: ImportOptions,
): Promise<ReportedImport | undefined> {
  const ended = await readCardImport(sql, id);
  if (!ended || key !== undefined || ended.state !== 'REFUSED')
    return ended && { id, ended, isRepeat: false };
  const twin = await doneTwin(sql, { id, content: ended.content });
  if (!twin?.isSameOrder) return { id, ended, isRepeat: false };
  const before = await readCardImport(sql, twin.id);
  return before && { id: twin.id, ended: before, isRepeat: true };
}

/** Does what remains of an import: nothing, if its key was sent before and it has ended. */
async function carryOut(
  sql: Sql,
  { id, file, size }: { id: string; file: string; size: number },
  { keys, directUrl }: ImportServices,
): Promise<void> {
  const claimant = await Claimant.open(directUrl);
  try {
    const claimed = await takeUpImport(sql, id, claimant);
    if (!claimed) return;
    const result = await withProgress({ label: 'Checks and imports', unit: 'kB' }, (progress) => {
      const noteStep = importSteps(sql, claimed, size);
      const at = async (step: ImportProgress) => {
        progress.at(Math.ceil(step.bytes / 1_000), Math.ceil(size / 1_000));
        await noteStep(step);
      };
      return runCardImport(
        { keys, directUrl },
        claimed,
        createReadStream(file, { highWaterMark: 1024 * 1024 }),
        at,
      );
    });
    if (result.outcome === 'DONE') return;
    const { rowCount: rows, problemCount: problems } = result;
    await endCardImport(sql, claimed, { rows, problems, failure: null });
  } finally {
    await claimant.close();
  }
}
