import { LRUCache } from 'lru-cache';
import { NotFound } from '../domain/rejections/input.ts';
import type { Sql } from './database.ts';

/** Finds the card a serial or a bound number stands for. A serial never changes its card, so it is remembered. */
export class CardLookup {
  readonly #sql: Sql;
  readonly #bySerial = new LRUCache<string, string>({ max: 100_000 });

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @throws NotFound */
  async bySerial(serial: string): Promise<string> {
    const known = this.#bySerial.get(serial);
    if (known) return known;
    const [card] = await this.#sql<{ id: string }[]>`SELECT id FROM cards WHERE serial = ${serial}`;
    if (!card) throw new NotFound({ what: 'card', reference: serial.slice(0, 100) });
    this.#bySerial.set(serial, card.id);
    return card.id;
  }

  /**
   * @param number E.164, with its plus
   * @throws NotFound
   */
  async byNumber(number: string): Promise<string> {
    const [binding] = await this.#sql<{ id: string }[]>`
      SELECT card_id AS id FROM number_bindings WHERE number = ${number}`;
    if (!binding) throw new NotFound({ what: 'card', reference: number });
    return binding.id;
  }
}
