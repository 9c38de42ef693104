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
import { insertCalls, updateCalls } from './call-rows.ts';
import type { StoredKey, WorkingSet } from './working-set.ts';

/** All that a transaction's decisions came to, each row once, as it is in the end. */
export interface Outcomes {
  readonly cards: Map<string, Card>;
  readonly partners: Map<string, Partner>;
  readonly transfers: PostedTransfer[];
  /** The operator's accounts that the movements touch. */
  readonly accounts: Map<string, LedgerAccount>;
  readonly keys: StoredKey[];
  readonly unbind: Set<string>;
  readonly bind: Map<string, NumberBinding>;
  readonly calls: Map<string, Call>;
  /** Serials whose failed attempts are forgotten. */
  readonly forgiven: Set<string>;
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
    forgiven: new Set(),
    events: [],
    audit: [],
  };
}

/** All of it in a handful of set-based statements, to be sent without waiting between; the event head is last. */
export function writeOut(tx: Transaction, outcomes: Outcomes, book: WorkingSet): PromiseLike<unknown>[] {
  const { partners, transfers, accounts, keys, unbind, bind, forgiven, events, audit } = outcomes;
  const cards = [...outcomes.cards.values()];
  const calls = [...outcomes.calls.values()];
  const newCalls = calls.filter((call) => !book.isStored(call));
  const oldCalls = calls.filter((call) => book.isStored(call));
  const richer = cards.filter((card) => differsInMoneyOnly(card, book.cardAsRead(card.id)));
  const changed = cards.filter((card) => !differsInMoneyOnly(card, book.cardAsRead(card.id)));
  const facts = reportFacts(tx, tallyOf(outcomes, book));
  return [
    ...(richer.length > 0 ? [updateCardBalances(tx, richer)] : []),
    ...(changed.length > 0 ? [updateCards(tx, changed)] : []),
    ...(partners.size > 0 ? [updatePartners(tx, [...partners.values()])] : []),
    ...(unbind.size > 0 ? [tx`DELETE FROM number_bindings WHERE number = ANY(${[...unbind]}::text[])`] : []),
    ...(bind.size > 0 ? [insertBindings(tx, [...bind.values()])] : []),
    ...(accounts.size > 0 ? [ensureLedgerAccounts(tx, [...accounts.values()])] : []),
    ...(transfers.length > 0 ? [insertTransfers(tx, transfers)] : []),
    ...(newCalls.length > 0 ? [insertCalls(tx, newCalls)] : []),
    ...(oldCalls.length > 0 ? [updateCalls(tx, oldCalls)] : []),
    ...(keys.length > 0 ? [insertKeys(tx, keys)] : []),
    ...(audit.length > 0 ? [appendAuditQuery(tx, audit)] : []),
    ...(forgiven.size > 0 ? [forgive(tx, [...forgiven])] : []),
    ...(events.length > 0 || facts ? [appendEventsQuery(tx, events, facts)] : []),
  ];
}

/** What all of it adds to the reports. */
function tallyOf({ cards, transfers, calls }: Outcomes, book: WorkingSet): Tally {
  const tally = new Tally();
  for (const card of cards.values()) tally.card(book.cardAsRead(card.id), card);
  for (const transfer of transfers) {
    tally.transfer(transfer, transfer.cardId === null ? undefined : cards.get(transfer.cardId)?.batchId);
  }
  for (const call of calls.values()) tally.call(book.callAsRead(call.id), call);
  return tally;
}

/** What reports are counted from later: see store/reports/report-counters.ts. Undefined when nothing is to be counted. */
function reportFacts(tx: Transaction, tally: Tally) {
  const facts = tally.facts();
  if (facts === null) return undefined;
  return tx`INSERT INTO report_facts (id, facts) VALUES (${newId()}, ${JSON.stringify(facts)}::text::jsonb)`;
}

/** Most commands move money and leave the card's life alone: a quarter of the columns to send and to compare. */
function differsInMoneyOnly(card: Card, before: Card | undefined): boolean {
  return (
    before !== undefined &&
    card.status === before.status &&
    card.validUntil === before.validUntil &&
    card.graceUntil === before.graceUntil &&
    card.firstUsedAt === before.firstUsedAt &&
    card.activatedAt === before.activatedAt &&
    card.lockedAt === before.lockedAt &&
    card.lockReason === before.lockReason &&
    card.unlockAt === before.unlockAt &&
    card.lockedById === before.lockedById &&
    card.nextFeeAt === before.nextFeeAt &&
    card.replacedById === before.replacedById &&
    card.replacesId === before.replacesId &&
    card.dueAt?.getTime() === before.dueAt?.getTime()
  );
}

function updateCardBalances(tx: Transaction, cards: readonly Card[]) {
  return tx`
    UPDATE cards SET balance = n.balance, held = n.held, version = n.version, calls_in_progress = n.calls_in_progress,
      usage_day = n.usage_day, usage_day_seconds = n.usage_day_seconds, usage_month_seconds = n.usage_month_seconds,
      recharged_on = n.recharged_on, recharged_today = n.recharged_today
    FROM unnest(
      ${cards.map((c) => c.id)}::uuid[],
      ${cards.map((c) => c.balance.toString())}::bigint[],
      ${cards.map((c) => c.held.toString())}::bigint[],
      ${cards.map((c) => c.version.toString())}::int[],
      ${cards.map((c) => c.callsInProgress.toString())}::int[],
      ${cards.map((c) => c.usageDay)}::text[],
      ${cards.map((c) => c.usageDaySeconds.toString())}::int[],
      ${cards.map((c) => c.usageMonthSeconds.toString())}::int[],
      ${cards.map((c) => c.rechargedOn)}::text[],
      ${cards.map((c) => c.rechargedToday.toString())}::bigint[]
    ) AS n (id, balance, held, version, calls_in_progress, usage_day, usage_day_seconds, usage_month_seconds,
            recharged_on, recharged_today)
    WHERE cards.id = n.id`;
}

function updateCards(tx: Transaction, cards: readonly Card[]) {
  return tx`
    UPDATE cards SET
      status = n.status::card_status, balance = n.balance, held = n.held, version = n.version,
      calls_in_progress = n.calls_in_progress, usage_day = n.usage_day, usage_day_seconds = n.usage_day_seconds,
      usage_month_seconds = n.usage_month_seconds, recharged_on = n.recharged_on,
      recharged_today = n.recharged_today,
      activated_at = n.activated_at, first_used_at = n.first_used_at, valid_until = n.valid_until,
      grace_until = n.grace_until, locked_at = n.locked_at, lock_reason = n.lock_reason::lock_reason,
      unlock_at = n.unlock_at, locked_by_id = n.locked_by_id, next_fee_at = n.next_fee_at, due_at = n.due_at,
      closed_at = n.closed_at,
      replaced_by_id = n.replaced_by_id, replaces_id = n.replaces_id
    FROM unnest(
      ${cards.map((c) => c.id)}::uuid[],
      ${cards.map((c) => c.status)}::text[],
      ${cards.map((c) => c.balance.toString())}::bigint[],
      ${cards.map((c) => c.held.toString())}::bigint[],
      ${cards.map((c) => c.version.toString())}::int[],
      ${cards.map((c) => c.callsInProgress.toString())}::int[],
      ${cards.map((c) => c.usageDay)}::text[],
      ${cards.map((c) => c.usageDaySeconds.toString())}::int[],
      ${cards.map((c) => c.usageMonthSeconds.toString())}::int[],
      ${cards.map((c) => c.rechargedOn)}::text[],
      ${cards.map((c) => c.rechargedToday.toString())}::bigint[],
      ${cards.map((c) => iso(c.activatedAt))}::timestamptz[],
      ${cards.map((c) => iso(c.firstUsedAt))}::timestamptz[],
      ${cards.map((c) => iso(c.validUntil))}::timestamptz[],
      ${cards.map((c) => iso(c.graceUntil))}::timestamptz[],
      ${cards.map((c) => iso(c.lockedAt))}::timestamptz[],
      ${cards.map((c) => c.lockReason)}::text[],
      ${cards.map((c) => iso(c.unlockAt))}::timestamptz[],
      ${cards.map((c) => c.lockedById)}::uuid[],
      ${cards.map((c) => iso(c.nextFeeAt))}::timestamptz[],
      ${cards.map((c) => iso(c.dueAt))}::timestamptz[],
      ${cards.map((c) => iso(c.closedAt))}::timestamptz[],
      ${cards.map((c) => c.replacedById)}::uuid[],
      ${cards.map((c) => c.replacesId)}::uuid[]
    ) AS n (id, status, balance, held, version, calls_in_progress, usage_day, usage_day_seconds,
            usage_month_seconds, recharged_on, recharged_today, activated_at, first_used_at, valid_until, grace_until, locked_at, lock_reason,
            unlock_at, locked_by_id, next_fee_at, due_at, closed_at, replaced_by_id, replaces_id)
    WHERE cards.id = n.id`;
}

function updatePartners(tx: Transaction, partners: readonly Partner[]) {
  return tx`
    UPDATE partners SET balance = n.balance, version = n.version, recharged_on = n.recharged_on,
      recharged_today = n.recharged_today
    FROM unnest(
      ${partners.map((p) => p.id)}::uuid[],
      ${partners.map((p) => p.balance.toString())}::bigint[],
      ${partners.map((p) => p.version.toString())}::int[],
      ${partners.map((p) => p.rechargedOn)}::text[],
      ${partners.map((p) => p.rechargedToday.toString())}::bigint[]
    ) AS n (id, balance, version, recharged_on, recharged_today)
    WHERE partners.id = n.id`;
}

function insertBindings(tx: Transaction, bindings: readonly NumberBinding[]) {
  return tx`
    INSERT INTO number_bindings (number, card_id, created_at)
    SELECT * FROM unnest(
      ${bindings.map((b) => b.number)}::text[],
      ${bindings.map((b) => b.cardId)}::uuid[],
      ${bindings.map((b) => iso(b.createdAt))}::timestamptz[]
    ) ORDER BY 1`;
}

function insertTransfers(tx: Transaction, rows: readonly PostedTransfer[]) {
  return tx`
    INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version,
      card_balance_after, partner_id, partner_version, wallet_balance_after, reverses_id, discount, call_id, valid_until_before,
      valid_until_after, reason, actor_id, created_at)
    SELECT id, kind::transfer_kind, debit_account, credit_account, amount, currency, card_id, card_version,
      card_balance_after, partner_id, partner_version, wallet_balance_after, reverses_id, discount, call_id, valid_until_before,
      valid_until_after, reason, actor_id, created_at
    FROM unnest(
      ${rows.map((r) => r.id)}::uuid[],
      ${rows.map((r) => r.kind)}::text[],
      ${rows.map((r) => r.debitAccount)}::uuid[],
      ${rows.map((r) => r.creditAccount)}::uuid[],
      ${rows.map((r) => r.amount.toString())}::bigint[],
      ${rows.map((r) => r.currency)}::text[],
      ${rows.map((r) => r.cardId)}::uuid[],
      ${rows.map((r) => r.cardVersion?.toString() ?? null)}::int[],
      ${rows.map((r) => r.cardBalanceAfter?.toString() ?? null)}::bigint[],
      ${rows.map((r) => r.partnerId)}::uuid[],
      ${rows.map((r) => r.partnerVersion?.toString() ?? null)}::int[],
      ${rows.map((r) => r.walletBalanceAfter?.toString() ?? null)}::bigint[],
      ${rows.map((r) => r.reversesId)}::uuid[],
      ${rows.map((r) => r.discount.toString())}::bigint[],
      ${rows.map((r) => r.callId)}::uuid[],
      ${rows.map((r) => iso(r.validUntilBefore))}::timestamptz[],
      ${rows.map((r) => iso(r.validUntilAfter))}::timestamptz[],
      ${rows.map((r) => r.reason)}::text[],
      ${rows.map((r) => r.actorId)}::uuid[],
      ${rows.map((r) => iso(r.createdAt))}::timestamptz[]
    ) AS n (id, kind, debit_account, credit_account, amount, currency, card_id, card_version, card_balance_after,
            partner_id, partner_version, wallet_balance_after, reverses_id, discount, call_id, valid_until_before,
            valid_until_after, reason, actor_id, created_at)`;
}

/** In one order: of two instances that insert the same keys, each would else wait for a key of the other's. */
function insertKeys(tx: Transaction, keys: readonly StoredKey[]) {
  return tx`
    INSERT INTO idempotency_keys (owner_id, key, fingerprint, outcome, created_at)
    SELECT owner_id, key, decode(fingerprint, 'hex'), outcome::jsonb, clock_timestamp()
    FROM unnest(
      ${keys.map((k) => k.ownerId)}::uuid[],
      ${keys.map((k) => k.key)}::text[],
      ${keys.map((k) => k.fingerprint)}::text[],
      ${keys.map((k) => JSON.stringify(k.outcome))}::text[]
    ) AS n (owner_id, key, fingerprint, outcome)
    ORDER BY owner_id, key`;
}

/** In the order in which failures are counted: see store/security/failed-attempts.ts. */
function forgive(tx: Transaction, serials: readonly string[]) {
  return tx`
    WITH counted AS (
      SELECT serial FROM serial_failures WHERE serial = ANY(${[...serials]}::text[]) ORDER BY serial FOR UPDATE
    )
    DELETE FROM serial_failures WHERE serial IN (SELECT serial FROM counted)`;
}

/** PostgreSQL's array parameters take strings; a Date in the first place would be taken for a lone timestamp. */
function iso(instant: Date | null): string | null {
  return instant === null ? null : instant.toISOString();
}
