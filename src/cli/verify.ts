import { Command } from 'commander';
import { counted } from '../domain/rejections/counted.ts';
import { type Discrepancy, VERIFICATION_CHECKS, type Verification, verify } from '../store/verification.ts';
import { withDatabase } from './borrowed-database.ts';
import { EXIT } from './exit-code.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';
import { withProgress } from './progress.ts';

const EXAMPLES = `
It exits with 1 if a row contradicts the transfers. It takes no locks, so it can run while the server is in use.

Examples:
  $ npm run verify
  $ cardline verify --json
  $ DATABASE_URL=postgres://... cardline verify`;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Recomputes every balance from the transfers and lists the rows that differ.')
    .addHelpText('after', EXAMPLES)
    .action(async (options: OutcomeOptions) => {
      const outcome = await withDatabase(({ sql }) =>
        withProgress({ label: 'Recomputes all balances', unit: 'checks' }, ({ at }) => verify(sql, at)),
      );
      printOutcome(outcome, asText(outcome), options);
      if (!outcome.clean) process.exitCode = EXIT.refused;
    });
}

function asText(outcome: Verification): string {
  const summary = `Checked ${contentOf(outcome)}.`;
  const checks = VERIFICATION_CHECKS.map((check) => {
    const rows = outcome.discrepancies.filter((one) => one.check === check);
    return rows.length === 0
      ? `OK     ${check}`
      : [`WRONG  ${check}`, ...rows.map(discrepancyLine)].join('\n');
  });
  const verdict = outcome.clean
    ? 'Every balance is the sum of its transfers, no event is missing, and the audit trail is intact.'
    : `${counted(outcome.discrepancies.length, 'row contradicts', 'rows contradict')} the transfers, the event log or the audit trail.`;
  const seal = outcome.lastSeal === null ? [] : [`Last seal of the audit trail: ${outcome.lastSeal}`];
  return [summary, ...checks, ...seal, verdict].join('\n');
}

function discrepancyLine({ row, problem }: Discrepancy): string {
  return `       ${row}: ${problem}`;
}

function contentOf({
  cards,
  partners,
  transfers,
  events,
  idempotencyKeys,
  auditEntries,
}: Verification): string {
  return [
    counted(cards, 'card'),
    counted(partners, 'partner'),
    counted(transfers, 'transfer'),
    counted(events, 'event'),
    counted(idempotencyKeys, 'idempotency key'),
    counted(auditEntries, 'audit entry', 'audit entries'),
  ].join(', ');
}
