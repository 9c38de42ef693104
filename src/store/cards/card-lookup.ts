import { LRUCache } from 'lru-cache';
import type { Branch } from '../../domain/partners/branch.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { cardsBySerial } from '../pins/serial-spelling.ts';
import type { Sql } from '../postgres/database.ts';

interface FoundCard {
  readonly id: string;
  readonly partnerId: string | null;
}

/**
 * Finds the card for a serial or a bound number. A serial never changes its card, nor a card its partner, so both are
 * cached. Another partner's card is reported as not found, in the same words: nobody learns about cards that are not
 * theirs.
 */
export class CardLookup {
  readonly #sql: Sql;
  readonly #bySerial = new LRUCache<string, FoundCard>({ max: 100_000 });

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * @param serial however it is typed
   * @param reach the branch that may see it; null: the operator, who sees all.
   * @throws NotFound
   */
  async bySerial(serial: string, reach: Branch | null): Promise<string> {
    const known = this.#bySerial.get(serial);
    if (known) return ownId(known, reach, serial);
    const card = (await cardsBySerial(this.#sql, [serial])).get(serial);
    if (card) this.#bySerial.set(serial, card);
    return ownId(card, reach, serial);
  }

  clear(): void {
    this.#bySerial.clear();
  }

  /**
   * @param number E.164, with its plus
   * @param reach as for bySerial
   * @throws NotFound
   */
  async byNumber(number: string, reach: Branch | null): Promise<string> {
    const [card] = await this.#sql<FoundCard[]>`
      SELECT id, partner_id AS "partnerId" FROM cards
      WHERE id = (SELECT card_id FROM number_bindings WHERE number = ${number})`;
    return ownId(card, reach, number);
  }
}

function ownId(card: FoundCard | undefined, reach: Branch | null, reference: string): string {
  if (card && (reach === null || reach.has(card.partnerId))) return card.id;
  throw new NotFound({ what: 'card', reference: reference.slice(0, 100) });
}
