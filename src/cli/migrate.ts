import { Command } from 'commander';
import { counted } from '../domain/rejections/counted.ts';
import { borrowDatabaseSource } from '../server/database-source.ts';
import { createLogger } from '../server/observability/logger.ts';
import { loadEnvFile, readSettings } from '../server/settings/settings.ts';
import { migrate, schemaState } from '../store/postgres/migrate.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';

interface Options extends OutcomeOptions {
  readonly dryRun?: boolean;
}

const EXAMPLES = `
The server does the same at its start. Each step is one transaction, and of several programs at once one takes them. A
database that a newer version has migrated is left as it is. Take a backup first: there is no way back but that.

Examples:
  $ cardline migrate --dry-run
  $ DATABASE_URL=postgres://... cardline migrate`;

export function migrateCommand(): Command {
  return new Command('migrate')
    .description("Brings the database's schema up to date, or lists the missing steps.")
    .option('--dry-run', 'only list the missing steps')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run({ dryRun = false, json }: Options): Promise<void> {
  loadEnvFile();
  const settings = readSettings(process.env);
  const source = await borrowDatabaseSource(settings, createLogger(settings.logLevel, settings.instanceName));
  try {
    const { applied, pending } = await schemaState(source.ownerUrl);
    const taken = dryRun ? [] : await migrate(source.ownerUrl);
    await source.grantRights();
    const outcome = dryRun ? { applied, pending } : { applied: [...applied, ...taken], pending: [], taken };
    printOutcome(outcome, dryRun ? planned(pending) : done(taken), { json });
  } finally {
    await source.stop();
  }
}

function planned(pending: readonly string[]): string {
  if (pending.length === 0) return 'The schema is up to date.';
  return ['These steps are missing:', ...pending.map((name) => `  ${name}`)].join('\n');
}

function done(taken: readonly string[]): string {
  if (taken.length === 0) return 'The schema was up to date.';
  return [
    ...taken.map((name) => `  ${name}`),
    `Took ${counted(taken.length, 'step')}: the schema is up to date.`,
  ].join('\n');
}
