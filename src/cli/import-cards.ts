import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CardType } from '../domain/cards/card.ts';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { readUtcOffset } from '../domain/imports/card-file-cells.ts';
import {
  CARD_FILE_FORMS,
  CARD_FILE_HEADS,
  type CardColumn,
  type CardColumnMap,
  type CardFilePreset,
} from '../domain/imports/card-file-form.ts';
import type { CardProblem } from '../domain/imports/card-file-problem.ts';
import { counted } from '../domain/rejections/counted.ts';
import { parseMicros } from '../domain/values/money.ts';
import { findMasterKeys } from '../server/settings/master-keys.ts';
import type { Settings } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type ImportProgress, runCardImport } from '../store/imports/card-import.ts';
import {
  type CardImportOrder,
  type ClaimedImport,
  ImportClaimLost,
} from '../store/imports/card-import-order.ts';
import {
  type EndedImport,
  endCardImport,
  orderCardImport,
  problemPages,
  readCardImport,
  takeUpImport,
} from '../store/imports/card-imports.ts';
import { importSteps } from '../store/imports/import-steps.ts';
import { KeyRing } from '../store/keys/key-ring.ts';
import { Claimant } from '../store/postgres/claimant.ts';
import type { Database, Sql } from '../store/postgres/database.ts';
import { findRateGroupByName } from '../store/rates/rate-groups.ts';
import { withDatabase } from './borrowed-database.ts';
import { noteAtConsole } from './console-audit.ts';
import { EXIT } from './exit-code.ts';
import { instantArgument } from './instant-argument.ts';
import { type OutcomeOptions, printFailure, printFailureAsJson, printOutcome } from './outcome.ts';
import { withProgress } from './progress.ts';

interface Options extends OutcomeOptions {
  readonly name: string;
  readonly group: string;
  readonly type: CardType;
  readonly faceValue: bigint;
  readonly partner?: string;
  readonly validityDays?: number;
  readonly graceDays: number;
  readonly firstUseBy?: Date;
  readonly maxCalls: number;
  readonly maxNumbers: number;
  readonly serialPrefix: string;
  readonly preset: CardFilePreset;
  readonly column?: CardColumnMap;
  readonly country?: string;
  readonly bareNumbers?: boolean;
  readonly utcOffset: string;
  readonly acceptDensePins?: boolean;
  readonly key?: string;
}

const EXAMPLES = `
Columns, with the heads they have unless --preset or --column says otherwise:
${Object.entries(CARD_FILE_HEADS)
  .map(([column, head]) => `  ${column.padEnd(14)}${head}`)
  .join('\n')}

A file with a bad row imports nothing, and every bad row is listed; what stands in it is not shown, for it may be a PIN.
docs/moving-in.md has the columns of each preset and the queries that export them.

Examples:
  $ cardline import-cards --name "From A2Billing" --group "Retail EUR" --preset A2BILLING --serial-prefix A2B- cards.csv
  $ cardline import-cards --name Stock --group "Retail EUR" --face-value 5 --preset VOS3000_STOCK stock.csv
  $ cardline import-cards --name Kiosk --group "Retail EUR" --partner Kiosk --column serial=Number --column pin=Code cards.csv`;

export function importCardsCommand(): Command {
  return new Command('import-cards')
    .description(
      'Takes cards over from another system (CSV), into a batch made for them: all of them, or nothing.',
    )
    .argument('<file>', 'the cards, UTF-8, with a head line')
    .requiredOption('--name <name>', 'the name of the batch')
    .requiredOption('--group <name>', 'the price list that its cards call by')
    .addOption(
      new Option('--type <type>', 'how its cards are spent and refilled')
        .choices(['STANDARD', 'RECHARGEABLE', 'UNLIMITED', 'DISPOSABLE', 'VOUCHER'])
        .default('RECHARGEABLE'),
    )
    .addOption(
      new Option('--face-value <amount>', 'what cards in stock get that say nothing themselves')
        .argParser(parseMicros)
        .default(0n, '0'),
    )
    .option('--partner <name>', 'the partner who sells them')
    .option('--validity-days <days>', 'days from the first use (default: no end)', wholeNumber)
    .option('--grace-days <days>', 'days the balance is kept after the validity', wholeNumber, 0)
    .option('--first-use-by <time>', 'the last date of first use (default: none)', instantArgument)
    .option('--max-calls <count>', 'calls of one card at once', wholeNumber, 1)
    .option('--max-numbers <count>', 'numbers that may stand for one card', wholeNumber, 5)
    .option('--serial-prefix <prefix>', 'put before each serial', '')
    .addOption(
      new Option('--preset <preset>', 'which system wrote the file')
        .choices(Object.keys(CARD_FILE_FORMS))
        .default('CARDLINE'),
    )
    .option('--column <column=head>', 'a column with another head; repeat it for each', readColumn)
    .option('--country <code>', 'in whose plan national numbers are read')
    .option('--bare-numbers', 'numbers begin with their country code and have no plus')
    .option('--utc-offset <offset>', 'of times that have none', readUtcOffset, 'Z')
    .option('--accept-dense-pins', 'take PINs over that are easily guessed')
    .option('--key <key>', 'an idempotency key: the same again has no second effect')
    .addHelpText('after', EXAMPLES)
    .action(importCards);
}

async function importCards(file: string, options: Options): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new UsageError(`${file}: there is no such file, or it can't be read.`);
  });
  await withDatabase(async (database, settings, directUrl) => {
    const { sql } = database;
    const order = await orderOf(options, database, settings);
    const newImport = {
      order,
      idempotencyKey: options.key ?? randomUUID(),
      uploadId: null,
      fileDigest: await digestOf(file),
      size: (await stat(file)).size,
      actorId: SYSTEM_ACTOR,
    };
    const id = await orderCardImport(sql, newImport);
    await noteAtConsole(sql, { operation: 'importCards', objectType: 'CardImport', objectId: id });
    try {
      await carryOut(sql, { id, file, size: newImport.size }, { settings, directUrl });
    } catch (error) {
      if (!(error instanceof ImportClaimLost)) throw error;
      printFailure({ code: 'CARD_IMPORT_LOST', message: error.message }, options);
      process.exitCode = EXIT.failed;
      return;
    }
    const ended = await readCardImport(sql, id);
    if (ended) await report(sql, { id, file, ended }, options);
  });
}

/** Does what remains of an import: nothing, if its key was sent before and it has ended. */
async function carryOut(
  sql: Sql,
  { id, file, size }: { id: string; file: string; size: number },
  { settings, directUrl }: { settings: Settings; directUrl: string },
): Promise<void> {
  const { read } = await findMasterKeys(settings);
  const keys = await KeyRing.open({ sql, read });
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
    if (result.outcome === 'REFUSED') await refuse(sql, claimed, result);
  } finally {
    await claimant.close();
  }
}

function refuse(
  sql: Sql,
  claimed: ClaimedImport,
  { rowCount, problemCount }: { rowCount: number; problemCount: number },
): Promise<void> {
  return endCardImport(sql, claimed, { rows: rowCount, problems: problemCount, failure: null });
}

async function report(
  sql: Sql,
  { id, file, ended }: { id: string; file: string; ended: EndedImport },
  { name, json }: Options,
): Promise<void> {
  const { state, rowCount, problemCount, batchId, failure } = ended;
  if (state === 'DONE') {
    printOutcome(
      { imported: rowCount, batch: name, batchId },
      `Imported ${counted(rowCount, 'card')} into the batch "${name}".`,
      { json },
    );
    return;
  }
  process.exitCode = EXIT.refused;
  const first: Omit<CardProblem, 'value'>[] = [];
  for await (const page of problemPages(sql, id)) {
    if (first.length === 0) first.push(...page);
    for (const { line, column, message } of page) {
      console.error(
        column === null ? `${file}:${line}: ${message}` : `${file}:${line}: ${column}: ${message}`,
      );
    }
  }
  const message =
    failure ?? `Nothing was imported: ${counted(problemCount, 'problem')} in ${counted(rowCount, 'row')}.`;
  console.error(message);
  if (json)
    printFailureAsJson({ code: `CARD_IMPORT_${state}`, message, rowCount, problemCount, problems: first });
}

async function orderOf(
  options: Options,
  { drizzle, sql }: Database,
  settings: Settings,
): Promise<CardImportOrder> {
  const group = await findRateGroupByName(sql, options.group);
  if (!group) throw new UsageError(`There is no price list "${options.group}": correct --group.`);
  const partner =
    options.partner === undefined
      ? null
      : await drizzle.query.partners.findFirst({ columns: { id: true }, where: { name: options.partner } });
  if (partner === undefined) throw new UsageError(`There is no partner "${options.partner}".`);
  return {
    terms: {
      ...UNNAMED_TERMS,
      name: options.name,
      type: options.type,
      currency: group.currency,
      faceValue: options.faceValue,
      rateGroupId: group.id,
      partnerId: partner?.id ?? null,
      validityDays: options.validityDays ?? null,
      graceDays: options.graceDays,
      firstUseBy: options.firstUseBy ?? null,
      maxConcurrentCalls: options.maxCalls,
      maxBoundNumbers: options.maxNumbers,
      serialPrefix: options.serialPrefix,
    },
    reading: {
      preset: options.preset,
      columns: options.column ?? {},
      country: options.country ?? settings.defaultCountry ?? null,
      hasBareNumbers: options.bareNumbers ?? false,
      utcOffset: options.utcOffset,
    },
    acceptsDensePins: options.acceptDensePins ?? false,
  };
}

/** Terms without a command-line option; the API's importCards has them. */
const UNNAMED_TERMS = {
  callSurcharge: 0n,
  maxCallSeconds: null,
  fairUseDaySeconds: null,
  fairUseMonthSeconds: null,
  overflowRateGroupId: null,
  language: 'en',
  rechargeMin: null,
  rechargeMax: null,
  rechargeExtendsDays: null,
  firstUseFee: null,
  maintenanceFee: null,
  maintenanceEveryDays: null,
  replacementAllowed: true,
  replacementFee: null,
  lowBalanceThreshold: null,
} as const;

async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of createReadStream(file)) digest.update(piece);
  return digest.digest('hex');
}

function readColumn(word: string, columns: CardColumnMap = {}): CardColumnMap {
  const [, column = '', head = ''] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (!isCardColumn(column)) {
    throw new InvalidArgumentError(
      `Write column=head, the column one of ${Object.keys(CARD_FILE_HEADS).join(', ')}.`,
    );
  }
  return { ...columns, [column]: head };
}

function isCardColumn(word: string): word is CardColumn {
  return Object.hasOwn(CARD_FILE_HEADS, word);
}

function wholeNumber(word: string): number {
  if (!/^\d{1,6}$/.test(word)) throw new InvalidArgumentError('Write a whole number.');
  return Number(word);
}
