import { createReadStream, type ReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import type { DeckProblem } from '../domain/files/rate-deck-problem.ts';
import { DECK_HEADS } from '../domain/rates/deck/deck-preset.ts';
import { counted } from '../domain/rejections/counted.ts';
import { RateBarsLifted, RateDeckRefused, RowsSentBefore } from '../domain/rejections/rates.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import type { Sql, Transaction } from '../store/postgres/database.ts';
import type { ImportedRates } from '../store/rates/imported-rates.ts';
import { createRateGroup, findRateGroupByName, type RateGroup } from '../store/rates/rate-groups.ts';
import { checkRateDeck, type RateImport } from '../store/rates/rate-import.ts';
import { importRatesWithEvent } from '../store/rates/rate-import-event.ts';
import { withDatabase } from './borrowed-database.ts';
import { noteAtConsole } from './console-audit.ts';
import { EXIT } from './exit-code.ts';
import { instantArgument } from './instant-argument.ts';
import { type OutcomeOptions, printFailure, printOutcome } from './outcome.ts';
import { type ProgressBar, withProgress } from './progress.ts';
import { type DeckOptions, deckReading, fileSettings, withDeckOptions } from './rate-deck-options.ts';
import { barLine, barRow, NAMED_BARS, rateSummary } from './rate-summary.ts';

interface Options extends OutcomeOptions, DeckOptions {
  readonly group: string;
  readonly create?: string;
  readonly effectiveFrom?: Date;
  readonly replace?: boolean;
  readonly check?: boolean;
  readonly acceptPrices?: boolean;
  readonly liftBars?: boolean;
  readonly key?: string;
  readonly again?: boolean;
}

const EXAMPLES = `
Columns, with the heads they have unless --column says otherwise:
${Object.entries(DECK_HEADS)
  .map(([column, head]) => `  ${column.padEnd(18)}${head}`)
  .join('\n')}

A deck is CSV (delimited by comma, semicolon, tab or pipe; in UTF-8, UTF-16 or Windows-1252) or a workbook (.xlsx), packed with
gzip or not. Lines above its head are skipped. A deck with a bad row imports nothing, and every bad row is listed. So does one
with a column that bears on price, validity or barring and is not read: map it with --column, or --ignore it.
One with a sheet beside it that may say what is not sold is refused until --sheet names the one to read.

A prefix that is barred in the list stays barred unless the deck prices it itself: one that it leaves out (with --replace) or
deletes is asked about, because a shorter prefix would price its numbers. --lift-bars says that this is meant.

A deck has one effect, in whatever form the file is saved: it is its rates, the price list, --effective-from and --replace, or
has the name that --key gives it. Sent again it changes nothing. If another deck was imported since, it is refused unless --again
says that it is meant.

Examples:
  $ cardline import-rates --group "Retail EUR" --create EUR rates.csv
  $ cardline import-rates --group "Retail EUR" --replace --check rates.xlsx
  $ cardline import-rates --group "Retail EUR" --replace --effective-from 2026-12-01T00:00:00Z rates.csv
  $ cardline import-rates --group Wholesale --column prefix=Code --column ratePerMinute=Price --increments 60/60 carrier.csv
  $ cardline import-rates --group Old --create USD --preset A2BILLING cc_ratecard.csv`;

export function importRatesCommand(): Command {
  const command = new Command('import-rates')
    .description('Imports a rate deck (CSV, XLSX) into a price list: all of it, or nothing.')
    .argument('<file>', 'the deck, with a head line')
    .requiredOption('--group <name>', 'the price list it goes into')
    .option('--create <currency>', 'make the price list first when there is none of that name')
    .option('--effective-from <time>', 'for rows without a date of their own (default: now)', instantArgument)
    .option('--replace', 'withdraw prefixes that the deck does not name')
    .option('--check', 'show what would change, and change nothing')
    .option('--accept-prices', 'import prices that are far from those of the list')
    .option('--lift-bars', 'sell barred prefixes again that the deck leaves out or deletes')
    .option('--key <key>', 'names the import (default: the deck does)')
    .option('--again', 'import the deck although it was imported before');
  return withDeckOptions(command).addHelpText('after', EXAMPLES).action(importRates);
}

async function importRates(file: string, options: Options): Promise<void> {
  const { group: name, effectiveFrom, json } = options;
  const { replace = false, check = false, acceptPrices = false, liftBars = false } = options;
  const size = await readableSize(file);
  try {
    await withDatabase(async ({ sql }) => {
      let currency = '';
      const imported = await withProgress({ label: 'Reads the deck', unit: 'kB' }, (progress) => {
        const order = async (tx: Transaction): Promise<RateImport> => {
          const group = await rateGroup(tx, options);
          currency = group.currency;
          return {
            rateGroupId: group.id,
            source: () => readWith(progress, createReadStream(file), size),
            reading: deckReading(options),
            settings: fileSettings(options),
            replace,
            acceptPrices,
            liftBars,
            ...(!check && { identity: { key: options.key ?? null, again: options.again ?? false } }),
            ...(effectiveFrom && { effectiveFrom }),
          };
        };
        return check ? checkOnly(sql, order) : importRatesWithEvent(sql, order, SYSTEM_ACTOR);
      });
      const { outcome: _, rateGroupId, ...counts } = imported;
      if (!check && imported.changed && !imported.importedBefore) {
        await noteAtConsole(sql, {
          operation: 'importRates',
          objectType: 'RateGroup',
          objectId: rateGroupId,
        });
      }
      printOutcome(
        { rateGroup: name, currency, isCheck: check, ...(check ? {} : { rateGroupId }), ...counts },
        rateSummary({ name, currency }, imported, check),
        { json },
      );
    });
  } catch (error) {
    if (error instanceof RowsSentBefore) printSentBefore(file, error, options);
    else if (error instanceof RateBarsLifted) printLiftedBars(error, options);
    else if (error instanceof RateDeckRefused) printRefusal(file, error, { json });
    else throw error;
    process.exitCode = EXIT.refused;
  }
}

/** @throws UsageError when it is a folder, or can't be read. */
async function readableSize(file: string): Promise<number> {
  const found = await access(file, constants.R_OK).then(
    () => stat(file),
    () => undefined,
  );
  if (found && !found.isDirectory()) return found.size;
  throw new UsageError(`${file}: there is no such file, or it can't be read.`);
}

async function checkOnly(sql: Sql, order: (tx: Transaction) => Promise<RateImport>): Promise<ImportedRates> {
  const checked = await checkRateDeck(sql, order);
  if (checked.outcome === 'REFUSED') throw new RateDeckRefused(checked);
  return checked;
}

function printRefusal(file: string, refused: RateDeckRefused, options: OutcomeOptions): void {
  for (const problem of refused.problems) console.error(`${file}:${asLine(problem)}`);
  const { problemCount, rowCount } = refused.data;
  const unlisted = problemCount - refused.problems.length;
  if (unlisted > 0) console.error(`... and ${unlisted} more.`);
  const message = `Nothing was imported: ${counted(problemCount, 'problem')} in ${counted(rowCount, 'row')}.`;
  printFailure({ code: refused.code, message, ...refused.data, problems: refused.problems }, options);
}

function printSentBefore(file: string, { code, data }: RowsSentBefore, { group, json }: Options): void {
  const message = `Nothing was done: ${file} was imported into "${group}" on ${data.importedAt}, and another deck since. If it is meant once more, add --again.`;
  printFailure({ code, message, ...data }, { json });
}

function printLiftedBars({ code, data, bars }: RateBarsLifted, { group, json }: Options): void {
  for (const bar of bars.slice(0, NAMED_BARS)) console.error(`  ${barLine(bar)}`);
  const unnamed = data.prefixCount - NAMED_BARS;
  if (unnamed > 0) console.error(`  and ${unnamed} more.`);
  const message = `Nothing was imported: ${counted(data.prefixCount, 'prefix', 'prefixes')} barred in "${group}" would be sold at the price of a shorter one, because the deck leaves them out or deletes them. Name them in the deck, as blocked or with a price, or add --lift-bars.`;
  printFailure({ code, message, ...data, bars: bars.map(barRow) }, { json });
}

/** The file's content; updates the progress bar while it is read. */
function readWith(progress: ProgressBar, stream: ReadStream, size: number): ReadStream {
  const kB = (bytes: number) => Math.ceil(bytes / 1_000);
  return stream.on('data', () => progress.at(kB(stream.bytesRead), kB(size)));
}

/** Created in the transaction of the import: a refused deck leaves no empty price list. */
async function rateGroup(
  tx: Transaction,
  { group: name, create }: Pick<Options, 'group' | 'create'>,
): Promise<RateGroup> {
  const group = await findRateGroupByName(tx, name);
  if (!group && create === undefined) {
    throw new UsageError(`There is no price list "${name}": correct --group, or add --create CURRENCY.`);
  }
  if (group && create !== undefined && group.currency !== create) {
    throw new UsageError(
      `The price list "${name}" is in ${group.currency}, not ${create}: leave --create out.`,
    );
  }
  return group ?? createRateGroup(tx, { name, currency: create ?? '' });
}

function asLine({ line, column, value, message }: DeckProblem): string {
  return column === null ? `${line}: ${message}` : `${line}: ${column} "${value ?? ''}": ${message}`;
}
