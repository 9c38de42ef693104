import { createReadStream, type ReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import type { DeckProblem } from '../domain/files/rate-deck-problem.ts';
import { DECK_HEADS, type DeckColumn, type DeckColumnMap } from '../domain/rates/rate-deck-head.ts';
import { RateDeckRefused } from '../domain/rejections/rates.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import type { Sql } from '../store/postgres/database.ts';
import { createRateGroup, findRateGroupByName, type RateGroup } from '../store/rates/rate-groups.ts';
import type { ImportedRates } from '../store/rates/rate-import.ts';
import { importRatesWithEvent } from '../store/rates/rate-import-event.ts';
import { withDatabase } from './borrowed-database.ts';
import { noteAtConsole } from './console-audit.ts';
import { EXIT } from './exit-code.ts';
import { instantArgument } from './instant-argument.ts';
import { type OutcomeOptions, printFailure, printOutcome } from './outcome.ts';
import { type ProgressBar, withProgress } from './progress.ts';

interface Options extends OutcomeOptions {
  readonly group: string;
  readonly create?: string;
  readonly effectiveFrom?: Date;
  readonly replace?: boolean;
  readonly column?: DeckColumnMap;
}

const EXAMPLES = `
Columns, with the heads they have unless --column says otherwise:
${Object.entries(DECK_HEADS)
  .map(([column, head]) => `  ${column.padEnd(18)}${head}`)
  .join('\n')}

A deck with a bad row imports nothing, and every bad row is listed.

Examples:
  $ cardline import-rates --group "Retail EUR" --create EUR rates.csv
  $ cardline import-rates --group "Retail EUR" --replace --effective-from 2026-12-01T00:00:00Z rates.csv
  $ cardline import-rates --group Wholesale --column prefix=Code --column ratePerMinute=Price carrier.csv`;

export function importRatesCommand(): Command {
  return new Command('import-rates')
    .description('Imports a rate deck (CSV) into a price list: all of it, or nothing.')
    .argument('<file>', 'the deck, UTF-8, with a head line')
    .requiredOption('--group <name>', 'the price list it goes into')
    .option('--create <currency>', 'make the price list first when there is none of that name')
    .option('--effective-from <time>', 'for rows without a date of their own (default: now)', instantArgument)
    .option('--replace', 'withdraw prefixes that the deck does not name')
    .option('--column <column=head>', 'a column with another head; repeat it for each', readColumn)
    .addHelpText('after', EXAMPLES)
    .action(importRates);
}

async function importRates(
  file: string,
  { group: name, create, effectiveFrom, replace = false, column: columns = {}, json }: Options,
): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new UsageError(`${file}: there is no such file, or it can't be read.`);
  });
  try {
    await withDatabase(async ({ sql }) => {
      const group = await rateGroup(sql, { name, create });
      const { size } = await stat(file);
      const deck = { rateGroupId: group.id, columns, replace, ...(effectiveFrom && { effectiveFrom }) };
      const imported = await withProgress({ label: 'Reads the deck', unit: 'kB' }, (progress) => {
        const source = () => readWith(progress, createReadStream(file), size);
        return importRatesWithEvent(sql, { ...deck, source }, SYSTEM_ACTOR);
      });
      await noteAtConsole(sql, { operation: 'importRates', objectType: 'RateGroup', objectId: group.id });
      const { outcome: _, ...counts } = imported;
      printOutcome({ rateGroup: name, currency: group.currency, ...counts }, inWords(group, imported), {
        json,
      });
    });
  } catch (error) {
    if (!(error instanceof RateDeckRefused)) throw error;
    for (const problem of error.problems) console.error(`${file}:${asLine(problem)}`);
    const { problemCount, rowCount } = error.data;
    const unlisted = problemCount - error.problems.length;
    if (unlisted > 0) console.error(`... and ${unlisted} more.`);
    const message = `Nothing was imported: ${problemCount} problems in ${rowCount} rows.`;
    printFailure({ code: error.code, message, ...error.data, problems: error.problems }, { json });
    process.exitCode = EXIT.refused;
  }
}

/** The file's content; updates the progress bar while it is read. */
function readWith(progress: ProgressBar, stream: ReadStream, size: number): ReadStream {
  const kB = (bytes: number) => Math.ceil(bytes / 1_000);
  return stream.on('data', () => progress.at(kB(stream.bytesRead), kB(size)));
}

function inWords(
  { name, currency }: RateGroup,
  { imported, withdrawn, rateCount, version }: ImportedRates,
): string {
  return [
    `Imported ${imported} rates into "${name}" and withdrew ${withdrawn} prefixes.`,
    `It prices ${rateCount} prefixes in ${currency}, version ${version}.`,
  ].join('\n');
}

/** Created before the import, and kept if the import refuses the deck: the next attempt finds it, empty. */
async function rateGroup(
  sql: Sql,
  { name, create }: { name: string; create: string | undefined },
): Promise<RateGroup> {
  const group = await findRateGroupByName(sql, name);
  if (!group && create === undefined) {
    throw new UsageError(`There is no price list "${name}": correct --group, or add --create CURRENCY.`);
  }
  if (group && create !== undefined && group.currency !== create) {
    throw new UsageError(
      `The price list "${name}" is in ${group.currency}, not ${create}: leave --create out.`,
    );
  }
  return group ?? createRateGroup(sql, { name, currency: create ?? '' });
}

function asLine({ line, column, value, message }: DeckProblem): string {
  return column === null ? `${line}: ${message}` : `${line}: ${column} "${value ?? ''}": ${message}`;
}

function readColumn(word: string, columns: DeckColumnMap = {}): DeckColumnMap {
  const [, column = '', head = ''] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (!isDeckColumn(column)) {
    throw new InvalidArgumentError(
      `Write column=head, the column one of ${Object.keys(DECK_HEADS).join(', ')}.`,
    );
  }
  return { ...columns, [column]: head };
}

function isDeckColumn(word: string): word is DeckColumn {
  return Object.hasOwn(DECK_HEADS, word);
}
