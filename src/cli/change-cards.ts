import { Command, Option } from 'commander';
import { BULK_CHANGE_HEADS, type BulkRow, readBulkRow } from '../domain/cards/bulk-file.ts';
import type { LockReason } from '../domain/cards/card.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import {
  type CardChange,
  type ChangedCard,
  cardChange,
  changeCommand,
} from '../store/writer/commands/bulk.ts';
import { ABOUT_KEYS, type BulkOptions, CONSOLE, runBulkFile, withBulkOptions } from './bulk-file.ts';
import { instantArgument } from './instant-argument.ts';

interface Options extends BulkOptions {
  readonly reason?: LockReason;
  readonly unlockAt?: Date;
  readonly note?: string;
}

const EXAMPLES = `
Columns, by their heads: serial or number (the card, by its serial or by a number that stands for it), and key if you like.
${ABOUT_KEYS} A list that was done before, and whose cards have another state by now,
is refused: to lock, unlock and lock the same cards again, add --again, or give each go a --key of its own.

Examples:
  $ cardline change-cards LOCK stolen.csv --reason REPORTED_LOST --note "Van of 12 May"
  $ cardline change-cards UNLOCK stolen.csv --key found-again --refused still-locked.csv
  $ cardline change-cards ACTIVATE shelf.csv --json`;

export function changeCardsCommand(): Command {
  const command = new Command('change-cards')
    .description('Locks, unlocks, activates or deactivates the cards of a list (CSV).')
    .argument('<change>', 'LOCK, UNLOCK, ACTIVATE or DEACTIVATE')
    .argument('<file>', 'the list, UTF-8, with a head line')
    .addOption(
      new Option('--reason <reason>', 'with LOCK: why').choices([
        'OPERATOR',
        'SUSPECTED_FRAUD',
        'REPORTED_LOST',
      ]),
    )
    .option('--unlock-at <time>', 'with LOCK: when the locks end by themselves', instantArgument)
    .option('--note <note>', 'with LOCK and UNLOCK: a note for colleagues');
  const [change] = command.registeredArguments;
  change?.choices(['LOCK', 'UNLOCK', 'ACTIVATE', 'DEACTIVATE']);
  return withBulkOptions(command).addHelpText('after', EXAMPLES).action(changeCards);
}

async function changeCards(kind: CardChange['kind'], file: string, options: Options): Promise<void> {
  const { reason, unlockAt, note } = options;
  if (kind === 'LOCK' && reason === undefined) throw new UsageError('LOCK needs a --reason.');
  const change = cardChange({ change: kind, lockReason: reason, unlockAt, note });
  await runBulkFile<BulkRow>(file, options, {
    operation: 'changeCards',
    heads: BULK_CHANGE_HEADS,
    asked: [JSON.stringify(change)],
    askedOf: () => [],
    nameSuffices: true,
    label: 'Changes the cards',
    done: 'Changed',
    read: readBulkRow,
    leftIn: (result) => result as ChangedCard,
    command: (_row, card, idempotencyKey) => changeCommand(CONSOLE, { card, change, idempotencyKey }),
  });
}
