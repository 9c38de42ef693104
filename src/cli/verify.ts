import { Command } from 'commander';
import { type Discrepancy, VERIFICATION_CHECKS, type Verification, verify } from '../store/verification.ts';
import { withDatabase } from './borrowed-database.ts';

const EXAMPLES = `
Exit code: 0 when all is right, 1 when a row is not what the movements say, 2 when it could not look.

Examples:
  $ npm run verify
  $ cardline verify --json
  $ DATABASE_URL=postgres://... cardline verify`;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Recomputes every balance from the movements and names the rows that do not agree.')
    .option('--json', 'print the outcome as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async ({ json = false }: { json?: boolean }) => {
      const outcome = await withDatabase(({ sql }) => verify(sql));
      console.log(json ? asJson(outcome) : asText(outcome));
      if (!outcome.clean) process.exitCode = 1;
    });
}

function asJson(outcome: Verification): string {
  // As the API gives them: counts are beyond what a JSON number is sure to hold.
  return JSON.stringify(outcome, (_key, value) => (typeof value === 'bigint' ? value.toString() : value), 2);
}

function asText(outcome: Verification): string {
  const looked = `Looked at ${counted(outcome)}.`;
  const checks = VERIFICATION_CHECKS.map((check) => {
    const rows = outcome.discrepancies.filter((one) => one.check === check);
    return rows.length === 0 ? `OK     ${check}` : [`WRONG  ${check}`, ...rows.map(named)].join('\n');
  });
  const verdict = outcome.clean
    ? 'Every balance is the sum of its movements, no event is missing, and the audit trail is as it was sealed.'
    : `${outcome.discrepancies.length} rows are not what the movements and the log say.`;
  const seal = outcome.lastSeal === null ? [] : [`Last seal of the audit trail: ${outcome.lastSeal}`];
  return [looked, ...checks, ...seal, verdict].join('\n');
}

function named({ row, problem }: Discrepancy): string {
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
