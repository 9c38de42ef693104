import path from 'node:path';
import { Command } from 'commander';
import { counted } from '../domain/rejections/counted.ts';
import { startEmbeddedPostgres } from '../server/embedded-postgres/embedded-postgres.ts';
import { restore } from '../server/embedded-postgres/embedded-restore.ts';
import { createLogger } from '../server/observability/logger.ts';
import { loadEnvFile, readSettings } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';
import { withProgress } from './progress.ts';

const EXAMPLES = `
Every file is compared with the backup's list before anything gets its place, and PostgreSQL is started once to make the
copy whole. A backup without keys needs master.key put beside it again.

Examples:
  $ CARDLINE_DATA_DIR=/var/lib/cardline cardline restore /backup/cardline-2026-11-25
  $ CARDLINE_DATA_DIR=/var/lib/cardline cardline verify`;

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Puts a backup of the embedded database into a data folder that has none.')
    .argument('<folder>', 'what "cardline backup" made')
    .addHelpText('after', EXAMPLES)
    .action(restoreFrom);
}

async function restoreFrom(folder: string, { json }: OutcomeOptions): Promise<void> {
  loadEnvFile();
  const settings = readSettings(process.env);
  if (settings.databaseUrl !== undefined) {
    throw new UsageError(
      'DATABASE_URL is set: this restores the embedded database only (docs/operation.md).',
    );
  }
  const { dataFolder } = settings;
  const { files, ...manifest } = await withProgress({ label: 'Copies back', unit: 'MB' }, ({ at }) => {
    const onProgress = (done: number, of: number) => at(megabytes(done), megabytes(of));
    return restore({ backup: path.resolve(folder), dataFolder, onProgress });
  });
  const database = await startEmbeddedPostgres(
    dataFolder,
    createLogger(settings.logLevel, settings.instanceName),
  );
  await database.stop();
  const outcome = { folder: path.resolve(dataFolder), files: files.length, ...manifest };
  const keys = manifest.withKeys ? '' : ' Put master.key there before you start the server.';
  printOutcome(
    outcome,
    `Restored ${counted(files.length, 'file')} into ${outcome.folder}.${keys} "cardline verify" proves it.`,
    {
      json,
    },
  );
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
