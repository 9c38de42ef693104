import path from 'node:path';
import { Command } from 'commander';
import { counted } from '../domain/rejections/counted.ts';
import { borrowDatabaseSource } from '../server/database-source.ts';
import { backUp } from '../server/embedded-postgres/embedded-backup.ts';
import { createLogger } from '../server/observability/logger.ts';
import { loadEnvFile, readSettings } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';
import { withProgress } from './progress.ts';

interface Options extends OutcomeOptions {
  readonly withKeys?: boolean;
}

const EXAMPLES = `
It may run while the server works, and holds all that was acknowledged before it began. The keys that PINs are kept under
stay out of it unless --with-keys is given: who has both can read every PIN, who lost the keys can read none. Keep them
apart. A database of your own (DATABASE_URL) is backed up with PostgreSQL's own tools: see docs/operation.md.

Examples:
  $ cardline backup /backup/cardline-2026-11-25
  $ cardline backup --with-keys --json /safe/cardline`;

export function backupCommand(): Command {
  return new Command('backup')
    .description('Copies the embedded database into a folder, while it works.')
    .argument('<folder>', 'where the backup is to be: a folder that does not exist')
    .option('--with-keys', 'include the keys that PINs are kept under')
    .addHelpText('after', EXAMPLES)
    .action(backup);
}

async function backup(folder: string, { withKeys = false, json }: Options): Promise<void> {
  loadEnvFile();
  const settings = readSettings(process.env);
  if (settings.databaseUrl !== undefined) {
    throw new UsageError(
      'This backs up the embedded database only: for that of DATABASE_URL use pg_basebackup or pg_dump (docs/operation.md).',
    );
  }
  const target = path.resolve(folder);
  const source = await borrowDatabaseSource(settings, createLogger(settings.logLevel, settings.instanceName));
  try {
    const { files, ...manifest } = await withProgress(
      { label: 'Copies the database', unit: 'MB' },
      ({ at }) => {
        const onProgress = (done: number, of: number) => at(megabytes(done), megabytes(of));
        const { dataFolder } = settings;
        return backUp({ url: source.superuserUrl ?? source.url, dataFolder, target, withKeys, onProgress });
      },
    );
    const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
    const outcome = { folder: target, files: files.length, bytes, ...manifest };
    printOutcome(outcome, inWords(outcome), { json });
  } finally {
    await source.stop();
  }
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);

function inWords({ folder, files, withKeys }: { folder: string; files: number; withKeys: boolean }): string {
  const keys = withKeys
    ? 'The keys are in it: whoever has this folder can read every PIN.'
    : 'The keys are not in it: keep master.key elsewhere. Without it no PIN can be found or printed.';
  return `Backed up ${counted(files, 'file')} to ${folder}. ${keys}`;
}
