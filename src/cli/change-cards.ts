import { Command, Option } from 'commander';
import { CARD_LIST_HEADS, type ListedCard, readListedCard } from '../domain/cards/bulk-file.ts';
import type { LockReason } from '../domain/cards/card.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type CardChange, cardChange, changeCommand } from '../store/writer/commands/bulk.ts';
import { ABOUT_KEYS, CONSOLE, doByList, type ListOptions, withListOptions } from './card-list.ts';
import { instantArgument } from './instant-argument.ts';

interface Options extends ListOptions {
  readonly reason?: LockReason;
  readonly unlockAt?: Date;
  readonly note?: string;
}

const EXAMPLES = `
Columns, by their heads: serial or number (the card, by its serial or by a number that stands for it), and key if you like.
${ABOUT_KEYS} To lock, unlock and lock the same cards again, give each go a --key of its own.

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
  return withListOptions(command).addHelpText('after', EXAMPLES).action(changeCards);
}

async function changeCards(kind: CardChange['kind'], file: string, options: Options): Promise<void> {
  const { reason, unlockAt, note } = options;
  if (kind === 'LOCK' && reason === undefined) throw new UsageError('LOCK needs a --reason.');
  const change = cardChange({ change: kind, lockReason: reason, unlockAt, note });
  await doByList<ListedCard>(file, options, {
    operation: 'changeCards',
    heads: CARD_LIST_HEADS,
    asked: [JSON.stringify(change)],
    label: 'Changes the cards',
    done: 'Changed',
    read: readListedCard,
    command: (_row, card, idempotencyKey) => changeCommand(CONSOLE, { card, change, idempotencyKey }),
  });
}
