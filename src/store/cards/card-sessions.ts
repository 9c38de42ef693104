import { LRUCache } from 'lru-cache';
import type { Card } from '../../domain/cards/card.ts';
import { stateForKnown } from '../../domain/cards/card-state.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import type { CardTokens } from '../keys/card-token.ts';
import type { Sql } from '../postgres/database.ts';
import { cardRows } from '../postgres/rows.ts';

/** How long a verified session is cached. */
const CACHED_MS = 2_000;

/**
 * Cardholder sessions: a token from authenticateCard grants API access for its card, until it expires or the card can
 * no longer be used. Concurrent lookups of cards share one query.
 */
export class CardSessions {
  readonly #lookups: BatchReader<Found>;
  readonly #tokens: CardTokens;
  readonly #known = new LRUCache<string, Promise<Card | undefined>>({ max: 10_000, ttl: CACHED_MS });

  constructor(sql: Sql, tokens: CardTokens) {
    this.#lookups = new BatchReader((ids) => cardsById(sql, ids));
    this.#tokens = tokens;
  }

  /** @param token what follows `Bearer ` */
  async authenticate(token: string): Promise<Card | undefined> {
    const cardId = this.#tokens.check(token);
    if (cardId === undefined) return undefined;
    const known = this.#known.get(cardId);
    if (known) return known;
    const found = this.#find(cardId);
    this.#known.set(cardId, found);
    found.catch(() => this.#known.delete(cardId));
    return found;
  }

  async #find(cardId: string): Promise<Card | undefined> {
    const card = (await this.#lookups.find(cardId))?.card;
    return card && isUsable(card) ? card : undefined;
  }
}

interface Found {
  readonly key: string;
  readonly card: Card;
}

async function cardsById(sql: Sql, ids: readonly string[]): Promise<Found[]> {
  const cards = await sql<Card[]>`
    SELECT ${cardRows.list(sql)} FROM cards WHERE id = ANY(${[...ids]}::uuid[])`;
  return cards.map((card) => ({ key: card.id, card }));
}

/** During its grace period, a card still shows its balance to its owner. */
function isUsable(card: Card): boolean {
  const state = stateForKnown(card, new Date());
  return state === 'ACTIVE' || state === 'IN_GRACE';
}
