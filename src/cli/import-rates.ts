import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { DECK_HEADS, type DeckColumn, type DeckColumnMap } from '../domain/rate-deck-head.ts';
import type { DeckProblem } from '../domain/rate-deck-problem.ts';
import { RateDeckRefused } from '../domain/rejections/rates.ts';
import { UsageError } from '../server/usage-error.ts';
import type { Sql } from '../store/database.ts';
import { createRateGroup, findRateGroupByName, type RateGroup } from '../store/rate-groups.ts';
import { importRatesWithEvent } from '../store/rate-import-event.ts';
import { withDatabase } from './borrowed-database.ts';
import { noteAtConsole } from './console-audit.ts';
import { instantArgument } from './instant-argument.ts';

interface Options {
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

A deck with a bad row imports nothing, and every bad row is listed. Exit code 1 then.

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
  { group: name, create, effectiveFrom, replace = false, column: columns = {} }: Options,
): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new UsageError(`${file}: there is no such file, or it can't be read.`);
  });
  try {
    await withDatabase(async ({ sql }) => {
      const group = await rateGroup(sql, { name, create });
      const { imported, withdrawn, rateCount, version } = await importRatesWithEvent(
        sql,
        {
          rateGroupId: group.id,
          source: () => createReadStream(file),
          columns,
          replace,
          ...(effectiveFrom && { effectiveFrom }),
        },
        SYSTEM_ACTOR,
      );
      await noteAtConsole(sql, { operation: 'importRates', objectType: 'RateGroup', objectId: group.id });
      console.log(`Imported ${imported} rates into "${name}" and withdrew ${withdrawn} prefixes.`);
      console.log(`It prices ${rateCount} prefixes in ${group.currency}, version ${version}.`);
    });
  } catch (error) {
    if (!(error instanceof RateDeckRefused)) throw error;
    for (const problem of error.problems) console.error(`${file}:${asLine(problem)}`);
    const { problemCount, rowCount } = error.data;
    const unlisted = problemCount - error.problems.length;
    if (unlisted > 0) console.error(`... and ${unlisted} more.`);
    console.error(`Nothing was imported: ${problemCount} problems in ${rowCount} rows.`);
    process.exitCode = 1;
  }
}

/** Made before the import, and kept when that refuses the deck: the next try finds it, empty. */
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
