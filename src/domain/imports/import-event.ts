import { z } from 'zod';
import { balances } from '../cards/card-event.ts';
import type { CardState } from '../cards/card-state.ts';
import { formatMicros } from '../values/money.ts';
import { amount, count, text, word } from '../values/payload-fields.ts';

export const CARD_IMPORT_STATES = [
  'PENDING',
  'CHECKING',
  'WRITING',
  'DONE',
  'CHECKED',
  'REFUSED',
  'FAILED',
] as const;

export type CardImportState = (typeof CARD_IMPORT_STATES)[number];

export const IMPORT_PAYLOADS = {
  CARDS_IMPORTED: z.object({
    importId: text,
    count,
    /** How many cards are in each state; left out: none. */
    states: z.record(text, count),
    currency: text,
    openingValue: amount,
    stockValue: amount,
    boundNumbers: count,
    /** Never stored: set when the event is read for one of the cards. */
    each: z.object(balances).optional(),
    change: amount.optional(),
  }),
  CARD_IMPORT_PROGRESS: z.object({
    importId: text,
    state: word<CardImportState>(),
    /** Rows read, valid or not. */
    rows: count,
    problems: count,
    /** The share of the file that was read, from 0 to 1. */
    readShare: z.number(),
  }),
};

/** The progress of an import. */
export type ImportStep = z.output<typeof IMPORT_PAYLOADS.CARD_IMPORT_PROGRESS>;

/** A range of imported cards, all of one batch. */
export interface ImportedRange {
  readonly batchId: string;
  readonly partnerId: string | null;
  readonly currency: string;
  /** Indexes in the batch, inclusive. */
  readonly from: number;
  readonly to: number;
  /** How many cards were in each state, given their dates and locks, at the time of the import. Left out: none. */
  readonly states: Readonly<Partial<Record<CardState, number>>>;
  /** Micro-units that came onto the cards in opening transfers. */
  readonly openingValue: bigint;
  /**
   * Micro-units that the cards in stock will receive at their first activation, from their own face value or the
   * batch's.
   */
  readonly stockValue: bigint;
  readonly boundNumbers: number;
}

/**
 * Makes one event for each range of imported cards; the ranges of an import follow each other and hold each of its
 * cards once. To count cards from events, count `count` as made, all but the INACTIVE ones as activated (put into
 * service for the first time, here or in the old system), and `openingValue` as put on cards. No other event reports
 * them: an imported batch is READY in its BATCH_CREATED, and its cards are in no CARDS_ACTIVATED. Amounts are decimals
 * in `currency`. The balances differ from card to card, so the event has none: each card with money has one OPENING
 * transfer, of its version 1.
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

/** For clients that watch the import; nothing is counted from it. */
export function importProgress(payload: ImportStep, actorId: string) {
  return { type: 'CARD_IMPORT_PROGRESS' as const, actorId, payload };
}
