import { createHmac } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import type { BatchTerms, Card } from '../../src/domain/cards/card.ts';
import { cardEvent } from '../../src/domain/cards/card-event.ts';
import { NO_OWN_TERMS } from '../../src/domain/cards/card-terms.ts';
import { serialOf } from '../../src/domain/cards/serial.ts';
import type { Partner } from '../../src/domain/partners/partner.ts';
import { createPartner } from '../../src/store/partners/partners.ts';
import type { Sql } from '../../src/store/postgres/database.ts';
import type { Pool } from '../../src/store/postgres/pool.ts';
import { CommandWriter } from '../../src/store/writer/command-writer.ts';
import { chunkCommand } from '../../src/store/writer/commands/cards.ts';
import { walletCommand } from '../../src/store/writer/commands/wallets.ts';

/** Whoever gives the commands of a test. */
export const OPERATOR = { actorId: uuidV7(), partnerId: null };

export const pinOf = (serial: string) => `PIN${serial}`;

const plainDigest = (pin: string) => createHmac('sha256', 'test').update(pin).digest();

/** Digests without a pepper: enough for cards that no key file has to open. */
export const plainDigester = { digests: (pin: string) => [plainDigest(pin)] };

let made = 0;

export interface MadeCards {
  readonly batchId: string;
  readonly cards: readonly { id: string; serial: string }[];
}

/** A batch with its cards, inactive, straight into the tables. */
export async function makeCards(
  sql: Sql,
  { count, partnerId = null, ...terms }: { count: number; partnerId?: string | null } & Partial<BatchTerms>,
): Promise<MadeCards> {
  made += 1;
  const prefix = `T${made}-`;
  const batchId = uuidV7();
  const rateGroupId = terms.rateGroupId ?? (await makeRateGroup(sql));
  await sql`
    INSERT INTO card_batches (id, name, type, state, quantity, made, currency, face_value, validity_days, grace_days,
      max_bound_numbers, max_concurrent_calls, call_surcharge, max_call_seconds, fair_use_day_seconds,
      fair_use_month_seconds, overflow_rate_group_id, recharge_min, recharge_max, recharge_extends_days,
      first_use_fee, maintenance_fee, maintenance_every_days, replacement_allowed, replacement_fee, low_balance_threshold, rate_group_id,
      partner_id, pin_format, pin_length, pin_alphabet, pin_prefix, pin_suffix, pin_check_digit, serial_prefix,
      serial_start, created_by)
    VALUES (${batchId}, ${batchId}, ${terms.type ?? 'RECHARGEABLE'}, 'READY', ${count}, ${count}, 'EUR',
      ${(terms.faceValue ?? 5_000_000n).toString()}, ${terms.validityDays ?? null}, ${terms.graceDays ?? 0},
      ${terms.maxBoundNumbers ?? 5}, ${terms.maxConcurrentCalls ?? 1}, ${(terms.callSurcharge ?? 0n).toString()},
      ${terms.maxCallSeconds ?? null}, ${terms.fairUseDaySeconds ?? null}, ${terms.fairUseMonthSeconds ?? null},
      ${terms.overflowRateGroupId ?? null}, ${terms.rechargeMin?.toString() ?? null},
      ${terms.rechargeMax?.toString() ?? null}, ${terms.rechargeExtendsDays ?? null},
      ${terms.firstUseFee?.toString() ?? null}, ${terms.maintenanceFee?.toString() ?? null},
      ${terms.maintenanceEveryDays ?? null}, ${terms.replacementAllowed ?? true},
      ${terms.replacementFee?.toString() ?? null}, ${terms.lowBalanceThreshold?.toString() ?? null}, ${rateGroupId}, ${partnerId}, 'test', 14, '0123456789', '',
      '', false, ${prefix}, 1, ${OPERATOR.actorId})`;
  const cards = Array.from({ length: count }, (_, n) => ({ id: uuidV7(), serial: serialOf(prefix, n + 1) }));
  await sql`
    INSERT INTO cards (id, batch_id, partner_id, serial, pin_digest, pin_cipher, pin_key_id, currency, status, balance,
      held, version, created_at)
    SELECT id, ${batchId}, ${partnerId}, serial, decode(digest, 'hex'), '', 1, 'EUR', 'INACTIVE', 0, 0, 0, now()
    FROM unnest(${cards.map((c) => c.id)}::uuid[], ${cards.map((c) => c.serial)}::text[],
      ${cards.map((c) => plainDigest(pinOf(c.serial)).toString('hex'))}::text[]) AS n (id, serial, digest)`;
  return { batchId, cards };
}

/** A rate group with rates in effect since the beginning of time. */
export async function makeRateGroup(sql: Sql, rates: readonly RateLike[] = []): Promise<string> {
  const id = uuidV7();
  await sql`INSERT INTO rate_groups (id, name, currency, rate_count) VALUES (${id}, ${id}, 'EUR', ${rates.length})`;
  for (const { prefix, pricePer1e8Minute, initial = 60, increment = 60, fee = 0n } of rates) {
    await sql`
      INSERT INTO rates (id, rate_group_id, prefix, destination, rate_per_1e8_minute, connection_fee,
        initial_increment_seconds, increment_seconds, effective_from)
      VALUES (${uuidV7()}, ${id}, ${prefix}, ${`Destination ${prefix}`}, ${pricePer1e8Minute.toString()},
        ${fee.toString()}, ${initial}, ${increment}, 'epoch')`;
  }
  return id;
}

export interface RateLike {
  readonly prefix: string;
  /** 10^-8 EUR a minute. */
  readonly pricePer1e8Minute: bigint;
  readonly initial?: number;
  readonly increment?: number;
  /** Micro-units. */
  readonly fee?: bigint;
}

/** The same, activated: each has its face value. */
export async function makeActiveCards(
  sql: Pool,
  options: Parameters<typeof makeCards>[1],
): Promise<MadeCards> {
  const made = await makeCards(sql, options);
  const ids = made.cards.map((card) => card.id);
  await new CommandWriter(sql, { lanes: 1 }).run(chunkCommand(OPERATOR, 'activate', ids));
  return made;
}

/** A partner with money in its wallet. */
export async function makePartner(sql: Pool, micros: bigint): Promise<string> {
  const { id } = await createPartner(sql, { name: uuidV7(), currency: 'EUR', actorId: OPERATOR.actorId });
  if (micros > 0n) {
    const topUp = { partnerId: id, amount: micros, currency: 'EUR', reason: null, idempotencyKey: uuidV7() };
    await new CommandWriter(sql, { lanes: 1 }).run(walletCommand('topUpPartner', OPERATOR, topUp));
  }
  return id;
}

/** An event of the log without the recharge that it tells of. */
export function rechargedEvent(card: Pick<Card, 'id' | 'serial'> & Partial<Card>) {
  const after = cardLike({ balance: 6_000_000_000_000n, version: 2, ...card });
  const details = { transferId: uuidV7(), kind: 'RECHARGE', change: '1000000.00' } as const;
  return cardEvent('CARD_RECHARGED', after, OPERATOR.actorId, details);
}

/** A card for rules without a database. */
export function cardLike(changes: Partial<Card> = {}): Card {
  return {
    id: uuidV7(),
    batchId: '018f0000-0000-7000-8000-000000000001',
    partnerId: null,
    serial: 'T0000000001',
    batchIndex: null,
    faceValue: null,
    ...NO_OWN_TERMS,
    currency: 'EUR',
    status: 'ACTIVE',
    balance: 0n,
    held: 0n,
    callsInProgress: 0,
    usageDay: null,
    usageDaySeconds: 0,
    usageMonthSeconds: 0,
    rechargedOn: null,
    rechargedToday: 0n,
    version: 0,
    activatedAt: null,
    firstUsedAt: null,
    validUntil: null,
    graceUntil: null,
    lockedAt: null,
    lockReason: null,
    unlockAt: null,
    lockedById: null,
    nextFeeAt: null,
    dueAt: null,
    closedAt: null,
    replacedById: null,
    replacesId: null,
    createdAt: new Date(0),
    ...changes,
  };
}

export function termsLike(changes: Partial<BatchTerms> = {}): BatchTerms {
  return {
    id: '018f0000-0000-7000-8000-000000000001',
    name: 'test',
    type: 'RECHARGEABLE',
    currency: 'EUR',
    faceValue: 5_000_000n,
    validityDays: null,
    graceDays: 0,
    maxBoundNumbers: 5,
    maxConcurrentCalls: 1,
    rateGroupId: '018f0000-0000-7000-8000-000000000002',
    callSurcharge: 0n,
    maxCallSeconds: null,
    fairUseDaySeconds: null,
    fairUseMonthSeconds: null,
    overflowRateGroupId: null,
    language: 'en',
    rechargeMin: null,
    rechargeMax: null,
    rechargeExtendsDays: null,
    firstUseFee: null,
    maintenanceFee: null,
    maintenanceEveryDays: null,
    replacementAllowed: true,
    replacementFee: null,
    isImported: false,
    lowBalanceThreshold: null,
    serialStart: 1,
    serialPrefix: 'T',
    ...changes,
  };
}

/** A partner for rules without a database. */
export function partnerLike(changes: Partial<Partner> = {}): Partner {
  return {
    id: uuidV7(),
    name: 'Partner',
    currency: 'EUR',
    balance: 0n,
    version: 0,
    parentId: null,
    suspendedAt: null,
    suspendedById: null,
    creditLimit: 0n,
    discountBasisPoints: 0,
    dailyLimit: null,
    dailyCardLimit: null,
    allowedBatchIds: null,
    allowedRateGroupIds: null,
    rechargedOn: null,
    rechargedToday: 0n,
    createdAt: new Date(0),
    ...changes,
  };
}
