import { Command } from 'commander';
import { BULK_RECHARGE_HEADS, type BulkRecharge, readBulkRecharge } from '../domain/cards/bulk-file.ts';
import { rechargeCommand } from '../store/writer/commands/recharges.ts';
import {
  ABOUT_KEYS,
  type BulkFileCommand,
  type BulkOptions,
  CONSOLE,
  runBulkFile,
  withBulkOptions,
} from './bulk-file.ts';

const EXAMPLES = `
Columns, by their heads: serial or number (the card, by its serial or by a number that stands for it), amount, currency, and
key if you like. The operator pays: to recharge from a partner's wallet, its portal has rechargeCards.
${ABOUT_KEYS}

Examples:
  $ cardline recharge-cards bonus-2026-12.csv
  $ cardline recharge-cards bonus.csv --key bonus-2026-12 --refused not-done.csv
  $ cardline recharge-cards bonus.csv --key bonus-2027-01 --again
  $ cardline recharge-cards bonus.csv --country IT --json`;

/** What the command does with each row. */
export const RECHARGES: BulkFileCommand<BulkRecharge> = {
  operation: 'rechargeCards',
  heads: BULK_RECHARGE_HEADS,
  asked: [],
  askedOf: ({ amount, currency }) => [amount.toString(), currency],
  nameSuffices: false,
  label: 'Recharges the cards',
  done: 'Recharged',
  read: readBulkRecharge,
  leftIn: () => null,
  command: ({ amount, currency }, card, idempotencyKey) =>
    rechargeCommand(CONSOLE, { card, amount, currency, idempotencyKey }),
};

export function rechargeCardsCommand(): Command {
  return withBulkOptions(
    new Command('recharge-cards')
      .description('Recharges the cards of a list (CSV), each once, however often the list is sent.')
      .argument('<file>', 'the list, UTF-8, with a head line'),
  )
    .addHelpText('after', EXAMPLES)
    .action((file: string, options: BulkOptions) => runBulkFile<BulkRecharge>(file, options, RECHARGES));
}
