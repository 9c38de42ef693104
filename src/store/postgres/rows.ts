import type { BatchTerms, Card } from '../../domain/cards/card.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import type { Sql, Transaction } from './database.ts';

/** Columns under the names the domain gives them, for hand-written SELECTs. */
export const columnsOf = {
  card: (sql: Sql | Transaction) => sql`
    id, batch_id AS "batchId", partner_id AS "partnerId", serial, place, face_value AS "faceValue", currency, status, balance, held,
    calls_in_progress AS "callsInProgress", usage_day AS "usageDay", usage_day_seconds AS "usageDaySeconds",
    usage_month_seconds AS "usageMonthSeconds",
    recharged_on AS "rechargedOn", recharged_today AS "rechargedToday", version,
    activated_at AS "activatedAt", first_used_at AS "firstUsedAt", valid_until AS "validUntil",
    grace_until AS "graceUntil", locked_at AS "lockedAt", lock_reason AS "lockReason", unlock_at AS "unlockAt",
    locked_by_id AS "lockedById",
    next_fee_at AS "nextFeeAt", due_at AS "dueAt", closed_at AS "closedAt", replaced_by_id AS "replacedById", replaces_id AS "replacesId",
    created_at AS "createdAt"`,
  partner: (sql: Sql | Transaction) => sql`
    id, name, currency, balance, version, parent_id AS "parentId", suspended_at AS "suspendedAt",
    suspended_by_id AS "suspendedById",
    credit_limit AS "creditLimit", discount_basis_points AS "discountBasisPoints", daily_limit AS "dailyLimit",
    daily_card_limit AS "dailyCardLimit", allowed_batch_ids AS "allowedBatchIds",
    allowed_rate_group_ids AS "allowedRateGroupIds", recharged_on AS "rechargedOn",
    recharged_today AS "rechargedToday", created_at AS "createdAt"`,
  transfer: (sql: Sql | Transaction) => sql`
    id, kind, debit_account AS "debitAccount", credit_account AS "creditAccount", amount, currency, card_id AS "cardId", card_version AS "cardVersion",
    card_balance_after AS "cardBalanceAfter", partner_id AS "partnerId",
    partner_version AS "partnerVersion", wallet_balance_after AS "walletBalanceAfter", reverses_id AS "reversesId", discount, call_id AS "callId",
    valid_until_before AS "validUntilBefore", valid_until_after AS "validUntilAfter", reason,
    actor_id AS "actorId", created_at AS "createdAt"`,
  terms: (sql: Sql | Transaction) => sql`
    id, name, type, currency, face_value AS "faceValue", validity_days AS "validityDays", grace_days AS "graceDays",
    max_bound_numbers AS "maxBoundNumbers", max_concurrent_calls AS "maxConcurrentCalls",
    rate_group_id AS "rateGroupId", call_surcharge AS "callSurcharge", max_call_seconds AS "maxCallSeconds",
    fair_use_day_seconds AS "fairUseDaySeconds", fair_use_month_seconds AS "fairUseMonthSeconds",
    overflow_rate_group_id AS "overflowRateGroupId", language, recharge_min AS "rechargeMin",
    recharge_max AS "rechargeMax", recharge_extends_days AS "rechargeExtendsDays", first_use_fee AS "firstUseFee",
    maintenance_fee AS "maintenanceFee", maintenance_every_days AS "maintenanceEveryDays",
    replacement_allowed AS "replacementAllowed", replacement_fee AS "replacementFee",
    is_imported AS "isImported", serial_start AS "serialStart", serial_prefix AS "serialPrefix",
    low_balance_threshold AS "lowBalanceThreshold"`,
};

type TermsRow = Omit<BatchTerms, 'serialStart'> & { serialStart: bigint };

export async function readTerms(sql: Sql | Transaction, ids: readonly string[]): Promise<BatchTerms[]> {
  const rows = await sql<
    TermsRow[]
  >`SELECT ${columnsOf.terms(sql)} FROM card_batches WHERE id = ANY(${[...ids]}::uuid[])`;
  return rows.map((row) => ({ ...row, serialStart: Number(row.serialStart) }));
}

export async function readCard(sql: Sql | Transaction, id: string): Promise<Card | undefined> {
  const [card] = await sql<Card[]>`SELECT ${columnsOf.card(sql)} FROM cards WHERE id = ${id}`;
  return card;
}

export async function readTransfer(sql: Sql | Transaction, id: string): Promise<PostedTransfer | undefined> {
  const [transfer] = await sql<
    PostedTransfer[]
  >`SELECT ${columnsOf.transfer(sql)} FROM transfers WHERE id = ${id}`;
  return transfer;
}

export async function readPartner(sql: Sql | Transaction, id: string): Promise<Partner | undefined> {
  const [partner] = await sql<Partner[]>`SELECT ${columnsOf.partner(sql)} FROM partners WHERE id = ${id}`;
  return partner;
}
