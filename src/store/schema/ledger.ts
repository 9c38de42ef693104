import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { TRANSFER_KINDS } from '../../domain/transfer.ts';
import { bytes, id, instant, micros } from './columns.ts';

export const transferKind = pgEnum('transfer_kind', TRANSFER_KINDS);

/** The operator's own accounts, one of each kind per currency. Their balances are sums of transfers. */
export const ledgerAccounts = pgTable(
  'ledger_accounts',
  {
    id: id(),
    kind: text('kind').notNull(),
    currency: text('currency').notNull(),
  },
  (t) => [uniqueIndex('ledger_accounts_kind_currency_key').on(t.kind, t.currency)],
);

/**
 * Every transfer of money: one row, one debit account, one credit account, one amount. Append-only by trigger. The
 * account id of a card or a wallet is its own id. A card's transfers are numbered by its version, a wallet's by the
 * partner's version, so that statements are read in order and no transfer can be inserted or removed unnoticed.
 */
export const transfers = pgTable(
  'transfers',
  {
    id: id(),
    kind: transferKind('kind').notNull(),
    debitAccount: uuid('debit_account').notNull(),
    creditAccount: uuid('credit_account').notNull(),
    amount: micros('amount').notNull(),
    currency: text('currency').notNull(),
    cardId: uuid('card_id'),
    cardVersion: integer('card_version'),
    cardBalanceAfter: micros('card_balance_after'),
    partnerId: uuid('partner_id'),
    partnerVersion: integer('partner_version'),
    walletBalanceAfter: micros('wallet_balance_after'),
    /** The recharge that a REVERSAL reverses, or the forfeiture that a FORFEITURE_REVERSAL does. */
    reversesId: uuid('reverses_id'),
    /** The part of a recharge that the operator paid. */
    discount: micros('discount').notNull().default(0n),
    /** The call it was posted for. */
    callId: uuid('call_id'),
    /** The card's validity before and after a recharge that extended it, so that its reversal can restore it. */
    validUntilBefore: instant('valid_until_before'),
    validUntilAfter: instant('valid_until_after'),
    reason: text('reason'),
    actorId: uuid('actor_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('transfers_card_version_key').on(t.cardId, t.cardVersion).where(sql`${t.cardId} IS NOT NULL`),
    uniqueIndex('transfers_partner_version_key')
      .on(t.partnerId, t.partnerVersion)
      .where(sql`${t.partnerId} IS NOT NULL`),
    uniqueIndex('transfers_reverses_key').on(t.reversesId).where(sql`${t.reversesId} IS NOT NULL`),
    index('transfers_call_idx').on(t.callId).where(sql`${t.callId} IS NOT NULL`),
    index('transfers_recharges_idx').on(t.id).where(sql`${t.kind} = 'RECHARGE'`),
    check('transfers_amount_positive', sql`${t.amount} > 0`),
    check('transfers_two_accounts', sql`${t.debitAccount} <> ${t.creditAccount}`),
  ],
);

/**
 * The stored answer of each idempotency key, kept forever: the same key gets the same answer, and never a second
 * effect.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /**
     * The partner, or the nil UUID for the operator: a key belongs to its owner, not to a credential. A switch has its
     * own keys.
     */
    ownerId: uuid('owner_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the operation and its arguments: the same key with other arguments is refused. */
    fingerprint: bytes('fingerprint').notNull(),
    /** The same with cards as the client named them, instead of the cards these names meant; null: it names none. */
    wording: bytes('wording'),
    outcome: jsonb('outcome').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ownerId, t.key] }),
    /** For the erasure of a number: a NotFound refusal contains the reference that was not found. */
    index('idempotency_keys_reference_idx')
      .on(sql`(${t.outcome}->'data'->>'reference')`)
      .where(sql`${t.outcome}->'data' ? 'reference'`),
  ],
);
