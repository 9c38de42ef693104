import { Command } from 'commander';
import { type Discrepancy, VERIFICATION_CHECKS, type Verification, verify } from '../store/verification.ts';
import { withDatabase } from './borrowed-database.ts';
import { EXIT } from './exit-code.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';
import { withProgress } from './progress.ts';

const EXAMPLES = `
It exits with 1 when a row is not what the movements say. It may run while the server works, and locks nothing.

Examples:
  $ npm run verify
  $ cardline verify --json
  $ DATABASE_URL=postgres://... cardline verify`;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Recomputes every balance from the movements and names the rows that do not agree.')
    .addHelpText('after', EXAMPLES)
    .action(async (options: OutcomeOptions) => {
      const outcome = await withDatabase(({ sql }) =>
        withProgress({ label: 'Recomputes the books', unit: 'checks' }, ({ at }) => verify(sql, at)),
      );
      printOutcome(outcome, asText(outcome), options);
      if (!outcome.clean) process.exitCode = EXIT.refused;
    });
}

function asText(outcome: Verification): string {
  const summary = `Looked at ${counted(outcome)}.`;
  const checks = VERIFICATION_CHECKS.map((check) => {
    const rows = outcome.discrepancies.filter((one) => one.check === check);
    return rows.length === 0
      ? `OK     ${check}`
      : [`WRONG  ${check}`, ...rows.map(discrepancyLine)].join('\n');
  });
  const verdict = outcome.clean
    ? 'Every balance is the sum of its movements, no event is missing, and the audit trail is as it was sealed.'
    : `${outcome.discrepancies.length} rows are not what the movements and the log say.`;
  const seal = outcome.lastSeal === null ? [] : [`Last seal of the audit trail: ${outcome.lastSeal}`];
  return [summary, ...checks, ...seal, verdict].join('\n');
}

function discrepancyLine({ row, problem }: Discrepancy): string {
  return `       ${row}: ${problem}`;
}

function counted({
  cards,
  partners,
  transfers,
  events,
  idempotencyKeys,
  auditEntries,
}: Verification): string {
  return [
    `${cards} cards`,
    `${partners} partners`,
    `${transfers} movements`,
    `${events} events`,
    `${idempotencyKeys} idempotency keys`,
    `${auditEntries} audit entries`,
  ].join(', ');
}
