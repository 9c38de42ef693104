#!/usr/bin/env node
import { Command } from 'commander';
import { UsageError } from '../server/usage-error.ts';
import { serveCommand } from './serve.ts';

const program = new Command('cardline')
  .description('The GraphQL backend of a prepaid calling-card business.')
  .addCommand(serveCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
