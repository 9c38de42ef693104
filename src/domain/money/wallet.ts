import type { Card } from '../cards/card.ts';
import type { Partner } from '../partners/partner.ts';
import { rechargedOn } from '../partners/recharged-today.ts';
import { BatchNotAllowed, DailyLimitReached } from '../rejections/partners.ts';
import { InsufficientFunds } from '../rejections/recharges.ts';
import type { Transfer } from '../transfer.ts';
import { formatMicros, increased } from '../values/money.ts';

const BASIS_POINTS = 10_000n;

/** Micro-units that the wallet can pay, its credit included. */
export function spendable({ balance, creditLimit }: Pick<Partner, 'balance' | 'creditLimit'>): bigint {
  return balance + creditLimit;
}

/** What the operator pays of a recharge: rounded down, so that a partner never gets more than its discount. */
export function discountOn(
  amount: bigint,
  { discountBasisPoints }: Pick<Partner, 'discountBasisPoints'>,
): bigint {
  return (amount * BigInt(discountBasisPoints)) / BASIS_POINTS;
}

/** The part of a discount to return when part of a recharge is reversed: rounded up, and all of it for the whole. */
export function discountBack(
  { amount, discount }: { readonly amount: bigint; readonly discount: bigint },
  reversed: bigint,
): bigint {
  return (discount * reversed + amount - 1n) / amount;
}

/**
 * Checks whether a partner may make this recharge, before its wallet is checked for money.
 *
 * @throws BatchNotAllowed, DailyLimitReached
 */
export function refuseBeyondLimits(wallet: Partner, card: Card, amount: bigint, now: Date): void {
  const { allowedBatchIds, dailyCardLimit, currency } = wallet;
  if (allowedBatchIds !== null && !allowedBatchIds.includes(card.batchId)) {
    throw new BatchNotAllowed({ serial: card.serial });
  }
  refuseBeyondDay(wallet, amount, now);
  refuseBeyond(dailyCardLimit, rechargedOn(card, now), amount, { of: 'CARD', currency });
}

/**
 * What a partner puts into the wallets below its own counts toward its daily limit. Otherwise its key could be used to
 * create partners below it and recharge up to the limit through each of them.
 *
 * @throws DailyLimitReached
 */
export function refuseBeyondDay(wallet: Partner, amount: bigint, now: Date): void {
  const { dailyLimit, currency } = wallet;
  refuseBeyond(dailyLimit, rechargedOn(wallet, now), amount, { of: 'PARTNER', currency });
}

function refuseBeyond(
  limit: bigint | null,
  sofar: bigint,
  amount: bigint,
  { of, currency }: { of: 'PARTNER' | 'CARD'; currency: string },
): void {
  if (limit === null || sofar + amount <= limit) return;
  const left = limit > sofar ? limit - sofar : 0n;
  throw new DailyLimitReached({ of, limit: formatMicros(limit), left: formatMicros(left), currency });
}

/** @throws InsufficientFunds */
export function refuseUnpaid(wallet: Partner, cost: bigint): void {
  if (spendable(wallet) >= cost) return;
  throw new InsufficientFunds({ available: formatMicros(spendable(wallet)), currency: wallet.currency });
}

/** The wallet after one transfer in (positive) or out (negative). @throws BalanceTooLarge */
export function moved(wallet: Partner, change: bigint): Partner {
  const { balance, currency, version } = wallet;
  return { ...wallet, balance: increased(balance, change, currency), version: version + 1 };
}

/**
 * The operator's share of a recharge, put into the wallet just before the wallet pays the full amount. Null: there is
 * none.
 */
export function discountTransfer(
  wallet: Partner,
  discount: bigint,
  newId: () => string,
): { readonly after: Partner; readonly transfers: readonly Transfer[] } {
  if (discount === 0n) return { after: wallet, transfers: [] };
  const after = moved(wallet, discount);
  const { currency } = wallet;
  return {
    after,
    transfers: [
      {
        id: newId(),
        kind: 'DISCOUNT',
        debit: { operator: { kind: 'DISCOUNTS', currency } },
        credit: { wallet: after },
        amount: discount,
        currency,
      },
    ],
  };
}

/** The operator's share taken back out of the wallet, just after the wallet got the full amount back. */
export function discountReversal(
  wallet: Partner,
  discount: bigint,
  newId: () => string,
): { readonly after: Partner; readonly transfers: readonly Transfer[] } {
  if (discount === 0n) return { after: wallet, transfers: [] };
  const after = moved(wallet, -discount);
  const { currency } = wallet;
  return {
    after,
    transfers: [
      {
        id: newId(),
        kind: 'DISCOUNT_REVERSAL',
        debit: { wallet: after },
        credit: { operator: { kind: 'DISCOUNTS', currency } },
        amount: discount,
        currency,
      },
    ],
  };
}
