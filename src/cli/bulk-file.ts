import { createReadStream } from 'node:fs';
import { access, constants, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import type { BulkRow } from '../domain/cards/bulk-file.ts';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { counted } from '../domain/rejections/counted.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type BulkFileForm, type ParsedBulkFile, readBulkFile } from '../store/cards/bulk-file-reader.ts';
import {
  type BulkFileOrder,
  type BulkFileResult,
  MAX_FILE_KEY,
  type RowRefusal,
  sendBulkFile,
} from '../store/cards/bulk-file-sender.ts';
import { RowsSentBefore } from '../store/cards/card-lists.ts';
import { type CsvColumn, csvHead, csvLine } from '../store/files/csv.ts';
import type { Actor } from '../store/writer/commands/once.ts';
import { withDatabase } from './borrowed-database.ts';
import { EXIT } from './exit-code.ts';
import { type OutcomeOptions, printFailure, printFailureAsJson, printOutcome } from './outcome.ts';
import { withProgress } from './progress.ts';

export interface BulkOptions extends OutcomeOptions {
  readonly key?: string;
  readonly again?: boolean;
  readonly country?: string;
  readonly refused?: string;
}

/** A command on the cards of a file. */
export interface BulkFileCommand<Row extends BulkRow>
  extends BulkFileForm<Row>,
    Pick<BulkFileOrder<Row>, 'operation' | 'command' | 'askedOf' | 'leftIn' | 'nameSuffices'> {
  /** The arguments that apply to all rows. */
  readonly asked: readonly string[];
  /** Its name while it runs, and when it is done. */
  readonly label: string;
  readonly done: string;
}

/** The operator, at the console. */
export const CONSOLE: Actor = { actorId: SYSTEM_ACTOR, partnerId: null };

/** How many refusals --json lists; --refused has them all. */
const LISTED_REFUSALS = 1_000;

export const ABOUT_KEYS = `
The file is checked wholly before the first row is sent: with a bad line nothing is done. Then each row has an outcome of its
own, and one that is refused holds up no other. Broken off, whatever by, run it again: what was done is not done twice.

A list has one effect, however often it is sent and in whatever form the file is saved: the list is its rows in their
order. Sent again it does nothing, and says when it was done. --key names it, or else its rows do; another list under a
--key that was used is refused. A list in another order, or one that has rows in common with a list that was sent before, is not sent but asked about: leave those rows out, or add
--again if you mean it. An --again that was broken off is run again as it was; once it is done it is another go, unless it
has a --key.

A corrected list is another list: give the rows a column "key" before it is first sent. A row's key is its idempotency key, once for ever in whatever file and in the API. So a row that was refused is
corrected under a new key (--refused lists them), and those that were done may stand beside it.`;

export function withBulkOptions(command: Command): Command {
  return command
    .option('--key <key>', 'names the list (default: its rows do)')
    .option('--again', 'send it although rows of it were sent before')
    .option('--country <code>', 'in whose plan national numbers are read')
    .option('--refused <file>', 'write the refused rows there, with the reasons (CSV)');
}

/** Runs a command on the cards of a file, once per idempotency key. */
export async function runBulkFile<Row extends BulkRow>(
  file: string,
  options: BulkOptions,
  { heads, read, asked, label, done, ...work }: BulkFileCommand<Row>,
): Promise<void> {
  await access(file, constants.R_OK).catch(() => {
    throw new UsageError(`${file}: there is no such file, or it can't be read.`);
  });
  refuseUnusable(file, options);
  await withDatabase(async ({ sql }, { defaultCountry }) => {
    const rules = { country: options.country ?? defaultCountry ?? null };
    const list = await readBulkFile(createReadStream(file), { heads, read }, rules);
    if (list.problems.total > 0) return reportProblems(file, list, options);
    const { rows } = list;
    const order = {
      ...work,
      rows,
      actor: CONSOLE,
      asked,
      name: options.key ?? null,
      again: options.again ?? false,
    };
    try {
      const sent = await withProgress({ label, unit: 'rows' }, ({ at }) =>
        sendBulkFile(sql, order, (count) => at(count, rows.length)),
      );
      if (sent.doneBefore !== null && sent.changedSince > 0) {
        reportChangedSince(file, rows, { sent, sentAt: sent.doneBefore, options });
      } else await reportResult(file, sent, { done, options });
    } catch (error) {
      if (!(error instanceof RowsSentBefore)) throw error;
      reportSentBefore(file, rows, { error, options });
    }
  });
}

/** Lines of rows that were sent before, as many as --json lists. */
function reportSentBefore(
  file: string,
  rows: readonly BulkRow[],
  { error, options }: { error: RowsSentBefore; options: BulkOptions },
): void {
  const { numbers, key, sentAt } = error.shared;
  const lines = numbers.slice(0, LISTED_REFUSALS).map((number) => rows[number]?.line ?? 0);
  const some = lines.slice(0, 5).join(', ');
  const which = `${counted(numbers.length, 'row')} of ${rows.length} (${numbers.length === 1 ? 'line' : 'lines'} ${some}${numbers.length > 5 ? ', …' : ''})`;
  const message = `Nothing was done: ${file} has ${which} that stood in a list sent on ${sentAt.toISOString()} (key ${key}). If it is that list, leave them out; if they are meant once more, add --again.`;
  const shown = { rowCount: rows.length, sharedRows: numbers.length, lines, key, sentAt };
  printFailure({ code: RowsSentBefore.code, message, ...shown }, options);
  process.exitCode = EXIT.refused;
}

/** The list was done before, and its cards are not as it left them: to answer as then would be a lie. */
function reportChangedSince(
  file: string,
  rows: readonly BulkRow[],
  { sent, sentAt, options }: { sent: BulkFileResult; sentAt: Date; options: BulkOptions },
): void {
  const { key, changedSince } = sent;
  const which = changedSince === 1 ? '1 card has' : `${changedSince} cards have`;
  const message = `Nothing was done: ${file} was done before, on ${sentAt.toISOString()} (key ${key}), and ${which} another state since. If it is meant once more, ${howAgain(options)}.`;
  printFailure(
    { code: RowsSentBefore.code, message, rowCount: rows.length, changedSince, key, sentAt },
    options,
  );
  process.exitCode = EXIT.refused;
}

const howAgain = ({ key }: BulkOptions) =>
  key === undefined ? 'add --again' : 'send it under another --key, with --again';

function refuseUnusable(file: string, { key, refused }: BulkOptions): void {
  if (key !== undefined && (key.length < 1 || key.length > MAX_FILE_KEY)) {
    throw new UsageError(`--key must have 1 to ${MAX_FILE_KEY} characters.`);
  }
  if (refused !== undefined && path.resolve(refused) === path.resolve(file)) {
    throw new UsageError('--refused would overwrite the list itself: name another file.');
  }
}

function reportProblems(
  file: string,
  { problems, rowCount }: ParsedBulkFile<BulkRow>,
  { json }: BulkOptions,
): void {
  const { total, listed } = problems;
  for (const { line, column, message } of listed) {
    console.error(column === null ? `${file}:${line}: ${message}` : `${file}:${line}: ${column}: ${message}`);
  }
  if (total > listed.length) console.error(`... and ${total - listed.length} more.`);
  const message = `Nothing was done: ${counted(total, 'problem')} in ${counted(rowCount, 'row')}.`;
  const shown = listed.map(({ value: _, ...problem }) => problem);
  printFailure(
    { code: 'CARD_LIST_REFUSED', message, rowCount, problemCount: total, problems: shown },
    { json },
  );
  process.exitCode = EXIT.refused;
}

async function reportResult(
  file: string,
  { key, done, refusals, before, doneBefore, changedSince, stoppedAt }: BulkFileResult,
  { done: inPast, options }: { done: string; options: BulkOptions },
): Promise<void> {
  if (options.refused !== undefined) await writeRefused(options.refused, refusals);
  else for (const { row, why } of refusals) console.error(`${file}:${row.line}: ${why.code}: ${why.message}`);
  const counts = { done, refused: refusals.length, answeredBefore: before, doneBefore, changedSince, key };
  if (stoppedAt) {
    const message = `Stopped at line ${stoppedAt.line}: the database is overloaded, or another transaction holds a lock on a card. Run the command again: completed rows are not repeated.`;
    console.error(message);
    if (options.json) printFailureAsJson({ code: 'OVERLOADED', message, line: stoppedAt.line, ...counts });
    process.exitCode = EXIT.failed;
    return;
  }
  const refused = `${counted(refusals.length, 'row')} ${refusals.length === 1 ? 'was' : 'were'} refused.`;
  const again = before === 1 ? 'it has the answer of then' : 'they have the answer of then';
  const others = changedSince > 0 ? ` ${counted(changedSince, 'card')} in another state by now.` : '';
  const repeated = before > 0 ? `\n${before} of the rows had been sent before: ${again}.${others}` : '';
  const did = `${inPast} ${counted(done, 'card')}; ${refused}`;
  const words =
    doneBefore === null
      ? `${did}${repeated}`
      : `Nothing was done: the list was done before, on ${doneBefore.toISOString()}. If it is meant once more, ${howAgain(options)}.\nThen it ${did.charAt(0).toLowerCase()}${did.slice(1)}`;
  printOutcome({ ...counts, refusals: refusals.slice(0, LISTED_REFUSALS).map(refusalRow) }, words, options);
  if (refusals.length > 0) process.exitCode = EXIT.refused;
}

function refusalRow({ row: { line, key, serial, number }, why: { code, message } }: RowRefusal) {
  return { line, key, serial, number, code, message };
}

const REFUSED_COLUMNS: readonly CsvColumn<ReturnType<typeof refusalRow>>[] = [
  { head: 'line', value: ({ line }) => line },
  { head: 'key', value: ({ key }) => key, isText: true },
  { head: 'serial', value: ({ serial }) => serial, isText: true },
  { head: 'number', value: ({ number }) => number },
  { head: 'code', value: ({ code }) => code },
  { head: 'reason', value: ({ message }) => message, isText: true },
];

/** Writes the file, with its header row, even when no row was refused. */
async function writeRefused(file: string, refusals: readonly RowRefusal[]): Promise<void> {
  const lines = refusals.map((refusal) => csvLine(REFUSED_COLUMNS, refusalRow(refusal)));
  await writeFile(file, [csvHead(REFUSED_COLUMNS), ...lines].join(''), { mode: 0o600 });
}
