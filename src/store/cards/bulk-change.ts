import type { Rejection } from '../../domain/rejections/rejection.ts';
import type { Sql } from '../postgres/database.ts';
import type { CommandRunner } from '../writer/command.ts';
import { chunkCommand } from '../writer/commands/cards.ts';
import { type Actor, reachOf } from '../writer/commands/once.ts';
import { type CardSelection, type SelectedCard, selectCards } from './card-selection.ts';

/** Cards per transaction: few enough that a recharge waiting behind it waits only some tens of milliseconds. */
const CHUNK = 500;

/** Refusals listed individually; the rest are only counted. */
export const LISTED_REFUSALS = 1_000;

export interface BulkResult {
  readonly changed: number;
  readonly refused: number;
  readonly refusals: readonly { serial: string; why: Rejection }[];
}

interface BulkServices {
  readonly sql: Sql;
  readonly writer: CommandRunner;
  /** Throws when no further chunk may begin. */
  refuseLate(): void;
}

/**
 * Activates or deactivates a selection of cards in chunks. Each chunk is one transaction, with one event for each run
 * of serials. A crash leaves whole chunks done; repeating the request does the rest.
 */
export async function changeCards(
  { sql, writer, refuseLate }: BulkServices,
  actor: Actor,
  change: 'activate' | 'deactivate',
  selection: CardSelection,
): Promise<BulkResult> {
  const selected = await selectCards(sql, selection, reachOf(actor));
  let changed = 0;
  let refused = 0;
  const refusals: { serial: string; why: Rejection }[] = [];
  for (const chunk of chunksOfOneBatch(selected)) {
    refuseLate();
    const outcome = await writer.run(chunkCommand(actor, change, chunk));
    changed += outcome.changed.length;
    refused += outcome.refused.length;
    for (const { card, why } of outcome.refused.slice(0, LISTED_REFUSALS - refusals.length)) {
      refusals.push({ serial: card.serial, why });
    }
  }
  return { changed, refused, refusals };
}

function* chunksOfOneBatch(cards: readonly SelectedCard[]): Generator<string[]> {
  let chunk: string[] = [];
  let batchId: string | undefined;
  for (const card of cards) {
    if (chunk.length === CHUNK || (batchId !== undefined && card.batchId !== batchId)) {
      yield chunk;
      chunk = [];
    }
    batchId = card.batchId;
    chunk.push(card.id);
  }
  if (chunk.length > 0) yield chunk;
}
