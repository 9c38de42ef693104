#!/usr/bin/env node
import './environment.ts';

import { Command, CommanderError } from 'commander';
import { Rejection } from '../domain/rejection.ts';
import { UsageError } from '../server/usage-error.ts';
import { createKeyCommand } from './create-key.ts';
import { demoCommand } from './demo.ts';
import { importRatesCommand } from './import-rates.ts';
import { keysCommand } from './keys.ts';
import { serveCommand } from './serve.ts';
import { trustedDocumentsCommand } from './trusted-documents.ts';
import { verifyCommand } from './verify.ts';

const USAGE_ERROR = 2;

const program = new Command('cardline')
  .description('The GraphQL backend of a prepaid calling-card business.')
  .exitOverride();
for (const command of [
  serveCommand(),
  demoCommand(),
  verifyCommand(),
  importRatesCommand(),
  createKeyCommand(),
  keysCommand(),
  trustedDocumentsCommand(),
]) {
  program.addCommand(command.exitOverride());
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** What whoever started the program can mend gets a line and no stack. @returns the exit code. */
function report(error: unknown): number {
  // Commander has said it already; help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_ERROR;
  if (!(error instanceof UsageError || error instanceof Rejection)) throw error;
  console.error(error.message);
  return error instanceof UsageError ? USAGE_ERROR : 1;
}
