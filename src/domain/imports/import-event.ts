import { z } from 'zod';
import { balances } from '../cards/card-event.ts';
import type { CardState } from '../cards/card-state.ts';
import { formatMicros } from '../values/money.ts';
import { amount, count, text, word } from '../values/payload-fields.ts';

export type CardImportState = 'PENDING' | 'CHECKING' | 'WRITING' | 'DONE' | 'REFUSED' | 'FAILED';

export const IMPORT_PAYLOADS = {
  CARDS_IMPORTED: z.object({
    importId: text,
    count,
    /** How many are what; left out: none. */
    states: z.record(text, count),
    currency: text,
    openingValue: amount,
    stockValue: amount,
    boundNumbers: count,
    /** Never stored: set where the event is read for one of the cards. */
    each: z.object(balances).optional(),
    change: amount.optional(),
  }),
  CARD_IMPORT_PROGRESS: z.object({
    importId: text,
    state: word<CardImportState>(),
    /** Rows read, good and bad. */
    rows: count,
    problems: count,
    /** How much of the file was read, from 0 to 1. */
    readShare: z.number(),
  }),
};

/** How far an import is. */
export type ImportStep = z.output<typeof IMPORT_PAYLOADS.CARD_IMPORT_PROGRESS>;

/** What a range of imported cards brought, all of one batch. */
export interface ImportedRange {
  readonly batchId: string;
  readonly partnerId: string | null;
  readonly currency: string;
  /** Places in the batch, both included. */
  readonly from: number;
  readonly to: number;
  /** How many are what, with their dates and locks, at the time of the import. Left out: none. */
  readonly states: Readonly<Partial<Record<CardState, number>>>;
  /** Micro-units that came onto the cards as opening movements. */
  readonly openingValue: bigint;
  /** Micro-units that those in stock will get at their first activation, each its own or the batch's face value. */
  readonly stockValue: bigint;
  readonly boundNumbers: number;
}

/**
 * One event for each range of imported cards; the ranges of an import follow each other and hold each of its cards
 * once. Whoever counts cards counts as made `count`, as activated (put into service for the first time, here or there)
 * all but the INACTIVE ones, and as put on cards `openingValue`; nothing else tells of them: an imported batch is
 * READY in its BATCH_CREATED, and its cards were in no CARDS_ACTIVATED. Amounts are decimals in `currency`. The balances
 * differ from card to card, so the event has none: each card with money has one OPENING movement, of its version 1.
 */
export function cardsImported(
  range: ImportedRange,
  { actorId, importId }: { actorId: string; importId: string },
) {
  const { batchId, partnerId, currency, from, to, states, openingValue, stockValue, boundNumbers } = range;
  return {
    type: 'CARDS_IMPORTED' as const,
    actorId,
    batchId,
    ...(partnerId !== null && { partnerId }),
    fromNumber: from,
    toNumber: to,
    payload: {
      importId,
      count: to - from + 1,
      states,
      currency,
      openingValue: formatMicros(openingValue),
      stockValue: formatMicros(stockValue),
      boundNumbers,
    },
  };
}

/** For whoever watches the import; nothing is counted from it. */
export function importProgress(payload: ImportStep, actorId: string) {
  return { type: 'CARD_IMPORT_PROGRESS' as const, actorId, payload };
}
