import { createHash, hash } from 'node:crypto';
import type { BulkRow } from '../../domain/cards/bulk-file.ts';
import { type CardReference, NO_CARD } from '../writer/command.ts';

/** Bytes kept of the digest of a row: enough to tell all rows ever sent apart. */
const ROW_BYTES = 16;

/** What a list of cards says, whatever the form of the file that it came in. */
export interface ListContent {
  /** Digests, in hexadecimal: with the cards that its rows mean, and with serials and numbers as written. */
  readonly content: string;
  readonly wording: string;
  readonly rows: readonly RowContent[];
}

export interface RowContent {
  readonly cardId: string | null;
  readonly content: string;
  readonly key: string | null;
}

/**
 * Identifies a list by its parsed rows in their order. Delimiters, quotes, line ends, blank lines, columns in another
 * order and amounts written otherwise make no difference, and neither does the way in which a row names its card.
 *
 * @param common what applies to all rows: the operation and its arguments
 * @param asked what each row asks for apart from its card and its key
 */
export function listContent<Row extends BulkRow>(
  rows: readonly Row[],
  cards: readonly CardReference[],
  { common, asked }: { readonly common: readonly string[]; asked(row: Row): readonly string[] },
): ListContent {
  const [content, wording] = [createHash('sha256'), createHash('sha256')];
  const digested = rows.map((row, index): RowContent => {
    const card = cards[index];
    const cardId = card === undefined || card.id === NO_CARD ? null : card.id;
    const written = card?.reference ?? '';
    const request = [...common, ...asked(row)];
    const meant = JSON.stringify([...request, cardId ?? written]);
    content.update(`${meant}${JSON.stringify(row.key)}\n`);
    wording.update(`${JSON.stringify([...request, written, row.key])}\n`);
    return { cardId, content: hash('sha256', meant, 'hex').slice(0, 2 * ROW_BYTES), key: row.key };
  });
  return { content: content.digest('hex'), wording: wording.digest('hex'), rows: digested };
}
