import { Command } from 'commander';
import { recountReports } from '../store/reports/report-recount.ts';
import { withDatabase } from './borrowed-database.ts';
import { noteAtConsole } from './console-audit.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';

const EXAMPLES = `
For counters that "cardline verify" found wrong, after something other than this version wrote to the database. The
cards, transfers and calls stay as they are. It may run while the server is in use: writes wait until it has ended.

Examples:
  $ cardline recount
  $ cardline verify`;

export function recountCommand(): Command {
  return new Command('recount')
    .description('Counts the figures of all reports anew, from the cards, transfers and calls.')
    .addHelpText('after', EXAMPLES)
    .action(async (options: OutcomeOptions) => {
      await withDatabase(async ({ sql }) => {
        await recountReports(sql);
        await noteAtConsole(sql, { operation: 'recountReports' });
      });
      printOutcome({ recounted: true }, 'The counters of all reports are counted anew.', options);
    });
}
