import { Command } from 'commander';
import { type Discrepancy, type Verification, verify } from '../store/verification.ts';
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
  if (outcome.clean)
    return `${looked}\nOK: every balance is the sum of its movements, and no event is missing.`;
  const checks = new Set(outcome.discrepancies.map(({ check }) => check));
  const wrong = [...checks].map((check) => {
    const rows = outcome.discrepancies.filter((one) => one.check === check);
    return [`WRONG  ${check}`, ...rows.map(named)].join('\n');
  });
  return [looked, ...wrong, 'All other checks are OK.'].join('\n');
}

function named({ row, problem }: Discrepancy): string {
  return `       ${row}: ${problem}`;
}

function counted({ cards, partners, transfers, events, idempotencyKeys }: Verification): string {
  return [
    `${cards} cards`,
    `${partners} partners`,
    `${transfers} movements`,
    `${events} events`,
    `${idempotencyKeys} idempotency keys`,
  ].join(', ');
}
