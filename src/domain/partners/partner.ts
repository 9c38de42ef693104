import { InvalidInput } from '../rejections/input.ts';
import type { RechargedToday } from './recharged-today.ts';

/** A reseller and its prepaid wallet. */
export interface Partner extends RechargedToday {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  /** Micro-units of the currency; below zero by its credit limit at most. */
  readonly balance: bigint;
  /** Increases by one with every transfer of the wallet. */
  readonly version: number;
  /** The partner above it; null: the operator is. */
  readonly parentId: string | null;
  readonly suspendedAt: Date | null;
  /** The partner that suspended it; null: the operator. */
  readonly suspendedById: string | null;
  /** Micro-units that the wallet may be below zero. */
  readonly creditLimit: bigint;
  /** Hundredths of a percent of each recharge that the operator pays. */
  readonly discountBasisPoints: number;
  /**
   * The most micro-units that its recharges, and what it puts into wallets below it, may total in one UTC day; null: no
   * limit.
   */
  readonly dailyLimit: bigint | null;
  /** The same limit for each card. */
  readonly dailyCardLimit: bigint | null;
  /** The batches whose cards it may recharge; null: all. */
  readonly allowedBatchIds: string[] | null;
  /** The rate groups it may sell; null: all. */
  readonly allowedRateGroupIds: string[] | null;
  readonly createdAt: Date;
}

/** @throws InvalidInput when the limit for a card could never be reached */
export function checkDailyLimits({
  dailyLimit,
  dailyCardLimit,
}: Pick<Partner, 'dailyLimit' | 'dailyCardLimit'>): void {
  if (dailyLimit === null || dailyCardLimit === null || dailyCardLimit <= dailyLimit) return;
  throw new InvalidInput({
    field: 'dailyCardLimit',
    problem: 'is more than dailyLimit allows for all cards together: choose less, or change both.',
  });
}
