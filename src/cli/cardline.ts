#!/usr/bin/env node
import './environment.ts';

import { Command, CommanderError } from 'commander';
import { Rejection } from '../domain/rejections/rejection.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { WrongMasterKey } from '../store/keys/key-ring.ts';
import { NewerSchema } from '../store/postgres/migrate.ts';
import { backupCommand } from './backup.ts';
import { changeCardsCommand } from './change-cards.ts';
import { createKeyCommand } from './create-key.ts';
import { demoCommand } from './demo.ts';
import { EXIT, EXIT_CODES, type ExitCode } from './exit-code.ts';
import { exportBatchCommand } from './export-batch.ts';
import { importCardsCommand } from './import-cards.ts';
import { importRatesCommand } from './import-rates.ts';
import { keysCommand } from './keys.ts';
import { migrateCommand } from './migrate.ts';
import { tellFailure, tellPrograms } from './outcome.ts';
import { rechargeCardsCommand } from './recharge-cards.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { trustedDocumentsCommand } from './trusted-documents.ts';
import { verifyCommand } from './verify.ts';

const program = new Command('cardline')
  .description('The GraphQL backend of a prepaid calling-card business.')
  .addHelpText('after', EXIT_CODES)
  .exitOverride();
for (const command of [
  serveCommand(),
  migrateCommand(),
  demoCommand(),
  verifyCommand(),
  importRatesCommand(),
  importCardsCommand(),
  rechargeCardsCommand(),
  changeCardsCommand(),
  exportBatchCommand(),
  createKeyCommand(),
  keysCommand(),
  backupCommand(),
  restoreCommand(),
  trustedDocumentsCommand(),
]) {
  command.option('--json', 'print the outcome as JSON').addHelpText('after', EXIT_CODES);
  program.addCommand(command.exitOverride());
}

// Who reads only the beginning, as `head` does, is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  const code = report(error, process.argv.includes('--json'));
  // Something that failed unexpectedly may have left open what keeps a process alive.
  if (code === EXIT.failed) process.exit(code);
  process.exitCode = code;
}

/** What whoever started the program can mend gets a line and no stack. */
function report(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    // It has been said already; help is no error.
    if (error.exitCode === 0) return EXIT.done;
    if (json) tellPrograms({ code: 'USAGE', message: error.message });
    return EXIT.usage;
  }
  if (error instanceof UsageError || error instanceof NewerSchema || error instanceof WrongMasterKey) {
    tellFailure({ code: 'USAGE', message: error.message }, { json });
    return EXIT.usage;
  }
  if (error instanceof Rejection) {
    tellFailure({ code: error.code, message: error.message, ...error.data }, { json });
    return EXIT.refused;
  }
  console.error(error);
  if (json) tellPrograms({ code: 'FAILED', message: String(error) });
  return EXIT.failed;
}
