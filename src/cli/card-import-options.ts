import { type Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_MAX_BOUND_NUMBERS } from '../domain/batches/batch-order.ts';
import { CARD_TYPES, type CardType } from '../domain/cards/card.ts';
import { readUtcOffset } from '../domain/imports/card-file-cells.ts';
import {
  CARD_FILE_FORMS,
  CARD_FILE_HEADS,
  type CardColumn,
  type CardColumnMap,
  type CardFilePreset,
  type ExpiredCards,
  SORTING_COLUMNS,
  type SortingColumn,
  type SortingValues,
} from '../domain/imports/card-file-form.ts';
import { parseMicros } from '../domain/values/money.ts';
import type { Settings } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import type { CardImportOrder } from '../store/imports/card-import-order.ts';
import type { Database } from '../store/postgres/database.ts';
import { findRateGroupByName } from '../store/rates/rate-groups.ts';
import { instantArgument } from './instant-argument.ts';
import type { OutcomeOptions } from './outcome.ts';
import { gather } from './rate-deck-options.ts';

export interface ImportOptions extends OutcomeOptions {
  readonly name: string;
  readonly group: string;
  readonly type: CardType;
  readonly faceValue: bigint;
  readonly partner?: string;
  readonly validityDays?: number;
  readonly graceDays: number;
  readonly firstUseBy?: Date;
  readonly maxCalls: number;
  readonly maxNumbers: number;
  readonly serialPrefix: string;
  readonly preset: CardFilePreset;
  readonly column?: CardColumnMap;
  readonly ignore?: readonly string[];
  readonly country?: string;
  readonly bareNumbers?: boolean;
  readonly utcOffset: string;
  readonly acceptDensePins?: boolean;
  readonly check?: boolean;
  readonly expired: 'refuse' | 'leave-out' | 'forfeit';
  readonly negativeAsZero?: boolean;
  readonly only?: SortingValues;
  readonly baseCurrency?: string;
  readonly key?: string;
}

const EXPIRED = {
  refuse: 'REFUSE',
  'leave-out': 'LEAVE_OUT',
  forfeit: 'FORFEIT',
} as const satisfies Record<string, ExpiredCards>;

export function withImportOptions(command: Command): Command {
  return command
    .requiredOption('--name <name>', 'the name of the batch')
    .requiredOption('--group <name>', 'the price list that its cards call by')
    .addOption(
      new Option('--type <type>', 'how its cards are spent and refilled')
        .choices(CARD_TYPES)
        .default('RECHARGEABLE'),
    )
    .addOption(
      new Option('--face-value <amount>', 'what cards in stock get that say nothing themselves')
        .argParser(parseMicros)
        .default(0n, '0'),
    )
    .option('--partner <name>', 'the partner who sells them')
    .option('--validity-days <days>', 'days from the first use (default: no end)', wholeNumber)
    .option('--grace-days <days>', 'days the balance is kept after the validity', wholeNumber, 0)
    .option('--first-use-by <time>', 'the last date of first use (default: none)', instantArgument)
    .option('--max-calls <count>', 'calls of one card at once', wholeNumber, 1)
    .option(
      '--max-numbers <count>',
      'numbers that may stand for one card',
      wholeNumber,
      DEFAULT_MAX_BOUND_NUMBERS,
    )
    .option('--serial-prefix <prefix>', 'put before each serial', '')
    .addOption(
      new Option('--preset <preset>', 'which system wrote the file')
        .choices(Object.keys(CARD_FILE_FORMS))
        .default('CARDLINE'),
    )
    .option('--column <column=head>', 'a column with another head; repeat it for each', readColumn)
    .option(
      '--ignore <head>',
      'a column that is not read although it may bear on price, validity, barring or limits; repeat it for each',
      gather,
    )
    .option('--country <code>', 'in whose plan national numbers are read')
    .option('--bare-numbers', 'numbers begin with their country code and have no plus')
    .option('--utc-offset <offset>', 'of times that have none', readUtcOffset, 'Z')
    .option('--accept-dense-pins', 'take PINs over that are easily guessed')
    .option('--check', 'write nothing: tell what would come in, and what is wrong')
    .addOption(
      new Option('--expired <what>', 'what becomes of cards that are expired: they would be closed at once')
        .choices(Object.keys(EXPIRED))
        .default('refuse'),
    )
    .option('--negative-as-zero', 'take balances below zero over as 0, and list them')
    .option(
      '--only <column=value>',
      'of a file of several kinds, take these cards; repeat it for each',
      readOnly,
    )
    .option('--base-currency <code>', 'the currency of the balances, to be compared with the price list')
    .option('--key <key>', 'an idempotency key: the same again has no second effect');
}

/** @throws UsageError when there is no such price list or partner */
export async function importOrder(
  options: ImportOptions,
  { drizzle, sql }: Database,
  settings: Settings,
): Promise<CardImportOrder> {
  const group = await findRateGroupByName(sql, options.group);
  if (!group) throw new UsageError(`There is no price list "${options.group}": correct --group.`);
  const partner =
    options.partner === undefined
      ? null
      : await drizzle.query.partners.findFirst({ columns: { id: true }, where: { name: options.partner } });
  if (partner === undefined) throw new UsageError(`There is no partner "${options.partner}".`);
  return {
    terms: {
      ...UNNAMED_TERMS,
      name: options.name,
      type: options.type,
      currency: group.currency,
      faceValue: options.faceValue,
      rateGroupId: group.id,
      partnerId: partner?.id ?? null,
      validityDays: options.validityDays ?? null,
      graceDays: options.graceDays,
      firstUseBy: options.firstUseBy ?? null,
      maxConcurrentCalls: options.maxCalls,
      maxBoundNumbers: options.maxNumbers,
      serialPrefix: options.serialPrefix,
    },
    reading: {
      preset: options.preset,
      columns: options.column ?? {},
      ignored: options.ignore ?? [],
      country: options.country ?? settings.defaultCountry ?? null,
      hasBareNumbers: options.bareNumbers ?? false,
      utcOffset: options.utcOffset,
      balanceCurrency: options.baseCurrency ?? null,
      negativeAsZero: options.negativeAsZero ?? false,
      only: options.only ?? {},
      expired: EXPIRED[options.expired],
    },
    acceptsDensePins: options.acceptDensePins ?? false,
    isCheck: options.check ?? false,
  };
}

/** Terms without a command-line option; the API's importCards has them. */
const UNNAMED_TERMS = {
  callSurcharge: 0n,
  maxCallSeconds: null,
  fairUseDaySeconds: null,
  fairUseMonthSeconds: null,
  overflowRateGroupId: null,
  language: 'en',
  rechargeMin: null,
  rechargeMax: null,
  rechargeExtendsDays: null,
  firstUseFee: null,
  maintenanceFee: null,
  maintenanceEveryDays: null,
  replacementAllowed: true,
  replacementFee: null,
  lowBalanceThreshold: null,
} as const;

function readColumn(word: string, columns: CardColumnMap = {}): CardColumnMap {
  const [, column = '', head = ''] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (!isCardColumn(column)) {
    throw new InvalidArgumentError(
      `Write column=head, the column one of ${Object.keys(CARD_FILE_HEADS).join(', ')}.`,
    );
  }
  return { ...columns, [column]: head };
}

function isCardColumn(word: string): word is CardColumn {
  return Object.hasOwn(CARD_FILE_HEADS, word);
}

function wholeNumber(word: string): number {
  if (!/^\d{1,6}$/.test(word)) throw new InvalidArgumentError('Write a whole number.');
  return Number(word);
}

function readOnly(word: string, only: SortingValues = {}): SortingValues {
  const [, column = '', value = ''] = /^([^=]+)=(.*)$/.exec(word) ?? [];
  if (!(SORTING_COLUMNS as readonly string[]).includes(column)) {
    throw new InvalidArgumentError(`Write column=value, the column one of ${SORTING_COLUMNS.join(', ')}.`);
  }
  return { ...only, [column as SortingColumn]: value };
}
