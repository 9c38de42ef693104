import type { Call } from '../../domain/calls/call.ts';
import type { BatchTerms, Card } from '../../domain/cards/card.ts';
import type { CardState } from '../../domain/cards/card-state.ts';
import { termsOf } from '../../domain/cards/card-terms.ts';
import type { Decision, NumberBinding } from '../../domain/decision.ts';
import type { Branch } from '../../domain/partners/branch.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import type { Transaction } from '../postgres/database.ts';
import { cardRows, partnerRows, transferRows } from '../postgres/rows.ts';
import type { BatchTermsCache } from './batch-terms.ts';
import { callsQuery, toCall } from './call-rows.ts';
import { type CallName, callName, type Idempotency, type LockScope } from './needs.ts';

/**
 * What is stored of an answer under its key: its transfer; the whole answer when there may be no transfer, as for a
 * replacement or a change of state; for a list, its number of rows.
 */
export type KeptAnswer =
  | { transfer: string }
  | { replacement: KeptReplacement }
  | { changed: KeptChange }
  | { rows: number };

interface KeptChange {
  readonly cardId: string;
  readonly serial: string;
  readonly state: CardState;
}

interface KeptReplacement {
  readonly cardId: string;
  readonly newCardId: string;
  readonly currency: string;
  /** Micro-units, in decimal digits. */
  readonly moved: string;
  readonly fee: string;
}

export type StoredOutcome = KeptAnswer | { rejection: string; data: Record<string, never> };

export interface StoredKey {
  readonly ownerId: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly wording: string | null;
  readonly outcome: StoredOutcome;
}

/**
 * Everything that the commands of one transaction name, locked and read, and then updated by each decision, so that
 * every command sees the effects of the ones before it.
 */
export class WorkingSet {
  readonly now: Date;
  readonly #cards = new Map<string, Card>();
  readonly #cardsAsRead: ReadonlyMap<string, Card>;
  readonly #partners = new Map<string, Partner>();
  readonly #terms: Map<string, BatchTerms>;
  readonly #bindings = new Map<string, NumberBinding>();
  readonly #calls = new Map<string, Call>();
  readonly #callsAsRead: ReadonlyMap<string, Call>;
  readonly #reversed = new Set<string>();
  readonly #recharges = new Map<string, ReversibleRecharge>();
  readonly #keys = new Map<string, StoredKey>();
  readonly #transfers = new Map<string, PostedTransfer>();

  constructor(read: ReadState) {
    this.now = read.now;
    this.#terms = read.terms;
    this.#cardsAsRead = new Map(read.cards.map((card) => [card.id, card]));
    this.#callsAsRead = new Map(read.calls.map((call) => [call.id, call]));
    for (const call of read.calls) this.#calls.set(callName(call), call);
    for (const card of read.cards) this.#cards.set(card.id, card);
    for (const partner of read.partners) this.#partners.set(partner.id, partner);
    for (const binding of read.bindings) this.#bindings.set(binding.number, binding);
    for (const recharge of read.recharges) {
      this.#recharges.set(recharge.id, { ...recharge });
      if (recharge.isReversed) this.#reversed.add(recharge.id);
    }
    for (const key of read.keys) this.#keys.set(keyOf(key), key);
    for (const transfer of read.transfers) this.#transfers.set(transfer.id, transfer);
  }

  /**
   * @param reach limits which cards are visible; null: the operator, who sees all.
   * @param reference what the client named it by.
   * @throws NotFound even when it belongs to another partner, so that the two cases are indistinguishable.
   */
  card(id: string, reach: Branch | null, reference = id): Card {
    const card = this.cardIfAny(id);
    if (!card || (reach !== null && !reach.has(card.partnerId))) {
      throw new NotFound({ what: 'card', reference });
    }
    return card;
  }

  /** The card, regardless of its owner, for a rule that has its own refusal for a missing card. */
  cardIfAny(id: string): Card | undefined {
    return this.#cards.get(id);
  }

  /** The card before any of the decisions. */
  cardAsRead(id: string): Card | undefined {
    return this.#cardsAsRead.get(id);
  }

  /** The card's own terms, and otherwise its batch's. */
  terms(card: Card): BatchTerms {
    const terms = this.#terms.get(card.batchId);
    if (!terms) throw new Error(`Card ${card.id} is of a batch that does not exist.`);
    return termsOf(card, terms);
  }

  partner(id: string): Partner {
    const partner = this.#partners.get(id);
    if (!partner) throw new NotFound({ what: 'partner', reference: id });
    return partner;
  }

  /** The call that has a switch's id. */
  call(named: CallName): Call | undefined {
    return this.#calls.get(callName(named));
  }

  /** Whether the call existed before any of the decisions. */
  isStored(call: Call): boolean {
    return this.#callsAsRead.has(call.id);
  }

  /** The call before any of the decisions. */
  callAsRead(id: string): Call | undefined {
    return this.#callsAsRead.get(id);
  }

  binding(number: string): NumberBinding | undefined {
    return this.#bindings.get(number);
  }

  numbersOf(cardId: string): string[] {
    const bindings = [...this.#bindings.values()];
    return bindings.filter((binding) => binding.cardId === cardId).map(({ number }) => number);
  }

  isReversed(rechargeId: string): boolean {
    return this.#reversed.has(rechargeId);
  }

  /** Micro-units added to the card of a recharge since, and not taken back. */
  receivedSince(rechargeId: string): bigint {
    const recharge = this.#recharges.get(rechargeId);
    if (!recharge) throw new Error(`Recharge ${rechargeId} was not loaded.`);
    return recharge.receivedSince;
  }

  storedKey(ownerId: string, key: string): StoredKey | undefined {
    return this.#keys.get(keyOf({ ownerId, key }));
  }

  rememberKey(key: StoredKey): void {
    this.#keys.set(keyOf(key), key);
  }

  keptTransfer(kept: KeptAnswer): PostedTransfer {
    const id = 'transfer' in kept ? kept.transfer : undefined;
    const transfer = id && this.#transfers.get(id);
    if (!transfer) throw new Error(`Transfer ${id} was acknowledged but does not exist.`);
    return transfer;
  }

  /** Makes the new states of a decision the current ones. */
  apply(decision: Decision<unknown>, posted: readonly PostedTransfer[]): void {
    for (const card of decision.cards ?? []) this.#cards.set(card.id, card);
    for (const partner of decision.partners ?? []) this.#partners.set(partner.id, partner);
    for (const call of decision.calls ?? []) this.#calls.set(callName(call), call);
    for (const number of decision.unbind ?? []) this.#bindings.delete(number);
    for (const binding of decision.bind ?? []) this.#bindings.set(binding.number, binding);
    for (const transfer of posted) {
      this.#transfers.set(transfer.id, transfer);
      if (transfer.reversesId !== null) this.#reversed.add(transfer.reversesId);
      this.#noteReceived(transfer);
    }
  }

  /** A transfer posted after a recharge counts as received since; one that is reversed no longer does. */
  #noteReceived({ cardId, creditAccount, amount, reversesId }: PostedTransfer): void {
    const reversed = reversesId === null ? undefined : this.#recharges.get(reversesId);
    for (const recharge of this.#recharges.values()) {
      if (recharge.cardId !== cardId) continue;
      // What a reopened card gets back, it had before.
      if (creditAccount === cardId && reversesId === null) recharge.receivedSince += amount;
      else if (creditAccount === cardId) continue;
      else if (reversed && reversed.cardVersion > recharge.cardVersion) recharge.receivedSince -= amount;
    }
  }
}

/** A recharge to be reversed. */
interface ReversibleRecharge {
  readonly id: string;
  readonly cardId: string;
  readonly cardVersion: number;
  readonly isReversed: boolean;
  receivedSince: bigint;
}

interface ReadState {
  now: Date;
  cards: readonly Card[];
  partners: readonly Partner[];
  terms: Map<string, BatchTerms>;
  bindings: readonly NumberBinding[];
  calls: readonly Call[];
  recharges: readonly ReversibleRecharge[];
  keys: readonly StoredKey[];
  transfers: readonly PostedTransfer[];
}

/**
 * Locks and reads in the one order that every transaction follows: cards by id, partners by id, numbers. Keys are read
 * after the locks, so that a command that waited for its duplicate finds the duplicate's answer. All queries are sent
 * without waiting between them.
 */
export async function loadWorkingSet(
  tx: Transaction,
  commands: readonly LockScope[],
  termsCache: BatchTermsCache,
): Promise<WorkingSet> {
  const wanted = collectNeeds(commands);
  const [cards, partners, bindings, calls, recharges, keys, clock] = await Promise.all([
    wanted.cards.length === 0
      ? []
      : tx<Card[]>`
          SELECT ${cardRows.list(tx)} FROM cards WHERE id = ANY(${wanted.cards}::uuid[])
          ORDER BY id FOR NO KEY UPDATE`,
    wanted.partners.length === 0
      ? []
      : tx<Partner[]>`
          SELECT ${partnerRows.list(tx)} FROM partners WHERE id = ANY(${wanted.partners}::uuid[])
          ORDER BY id FOR NO KEY UPDATE`,
    wanted.numbers.length + wanted.boundNumbersOf.length === 0
      ? []
      : tx<NumberBinding[]>`
          SELECT number, card_id AS "cardId", created_at AS "createdAt" FROM number_bindings
          WHERE number = ANY(${wanted.numbers}::text[]) OR card_id = ANY(${wanted.boundNumbersOf}::uuid[])
          ORDER BY number FOR UPDATE`,
    wanted.calls.length === 0 ? [] : callsQuery(tx, wanted.calls),
    wanted.reversalsOf.length === 0 ? [] : rechargesQuery(tx, wanted.reversalsOf),
    wanted.keys.length === 0 ? [] : findKeys(tx, wanted.keys),
    tx<{ now: Date }[]>`SELECT clock_timestamp() AS now`,
  ]);
  const remembered = keys.flatMap(({ outcome }) => ('transfer' in outcome ? [outcome.transfer] : []));
  const transfers =
    remembered.length === 0
      ? []
      : await tx<PostedTransfer[]>`
          SELECT ${transferRows.list(tx)} FROM transfers WHERE id = ANY(${remembered}::uuid[])`;
  const terms = await termsCache.load(
    tx,
    cards.map((card) => card.batchId),
  );
  const now = clock[0]?.now ?? new Date();
  return new WorkingSet({
    now,
    cards,
    partners,
    terms,
    bindings,
    calls: calls.map(toCall),
    recharges,
    keys,
    transfers,
  });
}

/** Recharges to be reversed, with what was added to their cards since and not reversed itself. */
function rechargesQuery(tx: Transaction, ids: readonly string[]) {
  return tx<ReversibleRecharge[]>`
    SELECT r.id, r.card_id AS "cardId", r.card_version AS "cardVersion",
      EXISTS (SELECT FROM transfers WHERE reverses_id = r.id) AS "isReversed",
      (SELECT coalesce(sum(t.amount), 0) FROM transfers t
       WHERE t.card_id = r.card_id AND t.card_version > r.card_version AND t.credit_account = t.card_id)::bigint
      - (SELECT coalesce(sum(t.amount), 0) FROM transfers t JOIN transfers later ON later.id = t.reverses_id
         WHERE t.card_id = r.card_id AND t.card_version > r.card_version
           AND later.card_version > r.card_version)::bigint AS "receivedSince"
    FROM transfers r WHERE r.id = ANY(${[...ids]}::uuid[])`;
}

/** One index probe per key. */
function findKeys(tx: Transaction, keys: readonly Idempotency[]) {
  return tx<StoredKey[]>`
    SELECT found.* FROM unnest(${keys.map((k) => k.ownerId)}::uuid[], ${keys.map((k) => k.key)}::text[])
      AS wanted (owner_id, key)
    CROSS JOIN LATERAL (
      SELECT owner_id AS "ownerId", key, encode(fingerprint, 'hex') AS fingerprint, encode(wording, 'hex') AS wording,
        outcome
      FROM idempotency_keys AS known
      WHERE known.owner_id = wanted.owner_id AND known.key = wanted.key LIMIT 1
    ) AS found`;
}

function collectNeeds(commands: readonly LockScope[]) {
  const all = {
    cards: new Set<string>(),
    partners: new Set<string>(),
    numbers: new Set<string>(),
    calls: new Set<string>(),
    boundNumbersOf: new Set<string>(),
    reversalsOf: new Set<string>(),
  };
  for (const { needs } of commands) {
    for (const [name, set] of Object.entries(all)) {
      for (const id of needs[name as keyof typeof all] ?? []) set.add(id);
    }
  }
  return {
    cards: [...all.cards],
    partners: [...all.partners],
    numbers: [...all.numbers],
    calls: [...all.calls],
    boundNumbersOf: [...all.boundNumbersOf],
    reversalsOf: [...all.reversalsOf],
    keys: commands.flatMap(({ once }) => (once ? [once.idempotency] : [])),
  };
}

function keyOf({ ownerId, key }: { ownerId: string; key: string }): string {
  return `${ownerId} ${key}`;
}
