import type { CardColumnUse } from '../domain/imports/card-columns.ts';
import type { CardProblem } from '../domain/imports/card-file-problem.ts';
import type { ImportTotals, Tally } from '../domain/imports/import-totals.ts';
import { counted } from '../domain/rejections/counted.ts';
import { formatMicros } from '../domain/values/money.ts';
import { type EndedImport, problemPages } from '../store/imports/card-imports.ts';
import type { Sql } from '../store/postgres/database.ts';
import type { ImportOptions } from './card-import-options.ts';
import { EXIT } from './exit-code.ts';
import { printFailureAsJson, printOutcome } from './outcome.ts';

export interface ReportedImport {
  readonly id: string;
  readonly ended: EndedImport;
  /** Whether the file was imported before, and nothing was done now. */
  readonly isRepeat: boolean;
}

/** Prints what became of an import, and what it brought or would bring in. */
export async function reportImport(
  sql: Sql,
  { id, file, ended, isRepeat }: ReportedImport & { readonly file: string },
  { name, json }: ImportOptions,
): Promise<void> {
  const { state, rowCount, problemCount, batchId, failure, totals, columns } = ended;
  await printNotes(sql, id, file);
  const summary = `${totals === null ? '' : inWords(totals)}${columns === null ? '' : `\nColumns: ${columns.map(useInWords).join(', ')}.`}`;
  if (totals !== null && (state === 'DONE' || state === 'CHECKED')) {
    const { count } = totals.taken;
    const [outcome, words] =
      state === 'DONE'
        ? [
            { imported: count, batch: name, batchId },
            `${isRepeat ? `These rows were imported before, on ${ended.finishedAt?.toISOString() ?? ''}, and nothing was imported again:\n` : ''}Imported ${counted(count, 'card')} into the batch "${name}".`,
          ]
        : [
            { checked: rowCount, imported: 0 },
            `Nothing is wrong with the file, and nothing was imported: --check.`,
          ];
    printOutcome({ ...outcome, totals: inDecimals(totals), columns }, `${words}${summary}`, { json });
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
  console.error(`${message}${summary}`);
  if (json) {
    const outcome = { message, rowCount, problemCount, problems: first };
    printFailureAsJson({
      code: `CARD_IMPORT_${state}`,
      ...outcome,
      ...(totals && { totals: inDecimals(totals), columns }),
    });
  }
}

/** Notes are listed row by row, apart from the outcome. */
async function printNotes(sql: Sql, id: string, file: string): Promise<void> {
  for await (const page of problemPages(sql, id, { areNotes: true })) {
    for (const { line, column, message } of page) console.error(`${file}:${line}: ${column}: ${message}`);
  }
}

function useInWords({ head, readAs, isIgnoredAsOrdered, isRefused }: CardColumnUse): string {
  if (readAs !== null) return `"${head}" read as ${readAs}`;
  if (isRefused) return `"${head}" not read, and refused`;
  return `"${head}" ${isIgnoredAsOrdered ? 'ignored as ordered' : 'ignored: says nothing of a card'}`;
}

/** The totals as lines to compare with the other system. */
function inWords(totals: ImportTotals): string {
  const { file, states, taken, leftOut, overdrawn, expired, withFaceValue, boundNumbers, numbersLeft } =
    totals;
  const line = (what: string, { count, micros }: Tally) =>
    `\n  ${what.padEnd(40)}${String(count).padStart(9)} ${formatMicros(micros).padStart(18)}`;
  return [
    line('rows in the file, and their balances', file),
    line('taken', taken),
    ...Object.entries(states).map(([state, tally]) => line(`  ${state}`, tally)),
    ...(leftOut.count > 0 ? [line('left out', leftOut)] : []),
    ...(overdrawn.count > 0 ? [line('below zero, taken as 0', overdrawn)] : []),
    ...(expired.count > 0 ? [line('expired: would be closed at once', expired)] : []),
    ...(withFaceValue > 0 ? [`\n  ${withFaceValue} in stock get the face value of the batch.`] : []),
    ...(boundNumbers > 0 ? [`\n  ${counted(boundNumbers, 'number')} bound.`] : []),
    ...(numbersLeft > 0 ? [`\n  ${counted(numbersLeft, 'number')} not bound: out of use.`] : []),
  ].join('');
}

/** The totals for programs: amounts as decimals. */
function inDecimals({ states, file, taken, leftOut, overdrawn, expired, ...counts }: ImportTotals) {
  const tally = ({ count, micros }: Tally) => ({ count, amount: formatMicros(micros) });
  const ofStates = Object.entries(states).map(([state, each]) => [state, tally(each)]);
  return {
    file: tally(file),
    taken: tally(taken),
    states: Object.fromEntries(ofStates),
    leftOut: tally(leftOut),
    overdrawn: tally(overdrawn),
    expired: tally(expired),
    ...counts,
  };
}
