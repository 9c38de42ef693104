import type { Call } from '../../domain/calls/call.ts';
import type { Card } from '../../domain/cards/card.ts';
import type { NumberBinding } from '../../domain/decision.ts';
import type { NewEvent } from '../../domain/event.ts';
import type { LedgerAccount } from '../../domain/ledger-account.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { Tally } from '../../domain/reports/report-counters.ts';
import type { AuditEntry } from '../../domain/security/audit-entry.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import { appendAuditQuery } from '../audit/audit-log.ts';
import { appendEventsQuery } from '../events/event-log.ts';
import { ensureLedgerAccounts } from '../money/ledger-accounts.ts';
import type { Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { cardRows, partnerRows, transferRows } from '../postgres/rows.ts';
import { TableRows } from '../postgres/table-rows.ts';
import { numberBindings } from '../schema/cards.ts';
import { idempotencyKeys } from '../schema/ledger.ts';
import { insertCalls, updateCalls } from './call-rows.ts';
import type { StoredKey, WorkingSet } from './working-set.ts';

/** What the rules change of a card. A new column is included unless it is named here. */
const cardChanges = cardRows.omit(
  'batchId',
  'partnerId',
  'serial',
  'batchIndex',
  'faceValue',
  'currency',
  'createdAt',
);
const MONEY = [
  'balance',
  'held',
  'version',
  'callsInProgress',
  'usageDay',
  'usageDaySeconds',
  'usageMonthSeconds',
  'rechargedOn',
  'rechargedToday',
] as const;
const cardMoney = cardChanges.pick('id', ...MONEY);
const cardLife = cardChanges.omit('id', ...MONEY);
const wallets = partnerRows.pick('id', 'balance', 'version', 'rechargedOn', 'rechargedToday');
const bindingRows: TableRows<NumberBinding> = TableRows.of(numberBindings);
const keyRows = TableRows.of(idempotencyKeys).omit('createdAt');

/** The combined results of a transaction's decisions: each row once, in its final state. */
export interface Outcomes {
  readonly cards: Map<string, Card>;
  readonly partners: Map<string, Partner>;
  readonly transfers: PostedTransfer[];
  /** The operator's accounts that the transfers touch. */
  readonly accounts: Map<string, LedgerAccount>;
  readonly keys: StoredKey[];
  readonly unbind: Set<string>;
  readonly bind: Map<string, NumberBinding>;
  readonly calls: Map<string, Call>;
  /** Serials whose failed attempts are cleared. */
  readonly clearedFailures: Set<string>;
  readonly events: NewEvent[];
  readonly audit: AuditEntry[];
}

export function noOutcomes(): Outcomes {
  return {
    cards: new Map(),
    partners: new Map(),
    transfers: [],
    accounts: new Map(),
    keys: [],
    unbind: new Set(),
    bind: new Map(),
    calls: new Map(),
    clearedFailures: new Set(),
    events: [],
    audit: [],
  };
}

/**
 * Writes everything in a handful of set-based statements, sent without waiting between them; the event head is last.
 */
export function writeOut(tx: Transaction, outcomes: Outcomes, state: WorkingSet): PromiseLike<unknown>[] {
  const { partners, transfers, accounts, keys, unbind, bind, clearedFailures, events, audit } = outcomes;
  const cards = [...outcomes.cards.values()];
  const calls = [...outcomes.calls.values()];
  const newCalls = calls.filter((call) => !state.isStored(call));
  const oldCalls = calls.filter((call) => state.isStored(call));
  const moneyOnly = cards.filter((card) => differsInMoneyOnly(card, state.cardAsRead(card.id)));
  const changed = cards.filter((card) => !differsInMoneyOnly(card, state.cardAsRead(card.id)));
  const facts = reportFacts(tx, tallyOf(outcomes, state));
  return [
    ...(moneyOnly.length > 0 ? [cardMoney.update(tx, moneyOnly)] : []),
    ...(changed.length > 0 ? [cardChanges.update(tx, changed)] : []),
    ...(partners.size > 0 ? [wallets.update(tx, [...partners.values()])] : []),
    ...(unbind.size > 0 ? [tx`DELETE FROM number_bindings WHERE number = ANY(${[...unbind]}::text[])`] : []),
    ...(bind.size > 0 ? [insertBindings(tx, [...bind.values()])] : []),
    ...(accounts.size > 0 ? [ensureLedgerAccounts(tx, [...accounts.values()])] : []),
    ...(transfers.length > 0 ? [transferRows.insert(tx, transfers)] : []),
    ...(newCalls.length > 0 ? [insertCalls(tx, newCalls)] : []),
    ...(oldCalls.length > 0 ? [updateCalls(tx, oldCalls)] : []),
    ...(keys.length > 0 ? [insertKeys(tx, keys)] : []),
    ...(audit.length > 0 ? [appendAuditQuery(tx, audit)] : []),
    ...(clearedFailures.size > 0 ? [clearFailures(tx, [...clearedFailures])] : []),
    ...(events.length > 0 || facts ? [appendEventsQuery(tx, events, facts)] : []),
  ];
}

/** What the results add to the reports. */
function tallyOf({ cards, transfers, calls }: Outcomes, state: WorkingSet): Tally {
  const tally = new Tally();
  for (const card of cards.values()) tally.card(state.cardAsRead(card.id), card);
  for (const transfer of transfers) {
    tally.transfer(transfer, transfer.cardId === null ? undefined : cards.get(transfer.cardId)?.batchId);
  }
  for (const call of calls.values()) tally.call(state.callAsRead(call.id), call);
  return tally;
}

/**
 * What reports are counted from later: see store/reports/report-counters.ts. Undefined when there is nothing to count.
 */
function reportFacts(tx: Transaction, tally: Tally) {
  const facts = tally.facts();
  if (facts === null) return undefined;
  return tx`INSERT INTO report_facts (id, facts) VALUES (${newId()}, ${JSON.stringify(facts)}::text::jsonb)`;
}

/**
 * Most commands move money and do not change the card's status or dates: a third of the columns to send and to compare.
 */
function differsInMoneyOnly(card: Card, before: Card | undefined): boolean {
  return before !== undefined && cardLife.areEqual(card, before);
}

/** In a fixed order: two instances that bind the same numbers could otherwise deadlock. */
function insertBindings(tx: Transaction, bindings: readonly NumberBinding[]) {
  return bindingRows.insert(
    tx,
    bindings.toSorted((a, b) => (a.number < b.number ? -1 : 1)),
  );
}

/** In a fixed order, for the same reason. */
function insertKeys(tx: Transaction, keys: readonly StoredKey[]) {
  return tx`
    INSERT INTO idempotency_keys (${keyRows.names(tx)}, created_at)
    SELECT ${keyRows.values(tx)}, clock_timestamp() FROM ${keyRows.unnest(tx, keys)} AS n (${keyRows.names(tx)})
    ORDER BY owner_id, key`;
}

/** In the order in which failures are counted: see store/security/failed-attempts.ts. */
function clearFailures(tx: Transaction, serials: readonly string[]) {
  return tx`
    WITH counted AS (
      SELECT serial, lineage_id FROM serial_failures WHERE serial = ANY(${[...serials]}::text[])
      ORDER BY serial COLLATE "C", lineage_id FOR UPDATE
    )
    DELETE FROM serial_failures WHERE (serial, lineage_id) IN (SELECT serial, lineage_id FROM counted)`;
}
