#!/usr/bin/env node
import './environment.ts';

import { Command, CommanderError } from 'commander';
import { Rejection } from '../domain/rejections/rejection.ts';
import { DatabaseUnreachable } from '../server/database-source.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { VERSION } from '../server/version.ts';
import { WrongMasterKey } from '../store/keys/key-ring.ts';
import { NewerSchema, TableInUse } from '../store/postgres/migrate.ts';
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
import { printFailure, printFailureAsJson } from './outcome.ts';
import { rechargeCardsCommand } from './recharge-cards.ts';
import { recountCommand } from './recount.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { trustedDocumentsCommand } from './trusted-documents.ts';
import { verifyCommand } from './verify.ts';

const program = new Command('cardline')
  .description('The GraphQL backend of a prepaid calling-card business.')
  .version(VERSION)
  .addHelpText('after', EXIT_CODES)
  .exitOverride();
for (const command of [
  serveCommand(),
  migrateCommand(),
  demoCommand(),
  verifyCommand(),
  recountCommand(),
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

// A reader that closes the pipe early, such as `head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  const code = report(error, process.argv.includes('--json'));
  // After an unexpected failure, open handles may keep the process alive.
  if (code === EXIT.failed) process.exit(code);
  process.exitCode = code;
}

/** Errors that the user can fix get one line and no stack. */
function report(error: unknown, json: boolean): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has already printed the message; help is not an error.
    if (error.exitCode === 0) return EXIT.done;
    if (json) printFailureAsJson({ code: 'USAGE', message: error.message });
    return EXIT.usage;
  }
  if (error instanceof UsageError || error instanceof NewerSchema || error instanceof WrongMasterKey) {
    printFailure({ code: 'USAGE', message: error.message }, { json });
    return EXIT.usage;
  }
  if (error instanceof Rejection) {
    printFailure({ code: error.code, message: error.message, ...error.data }, { json });
    return EXIT.refused;
  }
  if (error instanceof DatabaseUnreachable || error instanceof TableInUse) {
    printFailure({ code: 'FAILED', message: error.message }, { json });
    return EXIT.failed;
  }
  console.error(error);
  if (json) printFailureAsJson({ code: 'FAILED', message: String(error) });
  return EXIT.failed;
}
