import { Rejection } from './rejection.ts';

/** The partner may not recharge cards of this batch. */
export class BatchNotAllowed extends Rejection<{ serial: string }> {
  static readonly code = 'BATCH_NOT_ALLOWED';
  readonly retryable = false;
  constructor(data: { serial: string }) {
    super(`Card ${data.serial} is of a batch that you may not recharge: ask the operator to allow it.`, data);
  }
}

/** The partner may not have batches of this rate group. */
export class RateGroupNotAllowed extends Rejection<{ rateGroupId: string }> {
  static readonly code = 'RATE_GROUP_NOT_ALLOWED';
  readonly retryable = false;
  constructor(data: { rateGroupId: string }) {
    super(
      'The partner may not have batches of this rate group: allow it with updatePartner, or choose another.',
      data,
    );
  }
}

/** The day's recharges, and what was put into wallets below, would total more than the operator allows. */
export class DailyLimitReached extends Rejection<{
  of: 'PARTNER' | 'CARD';
  limit: string;
  left: string;
  currency: string;
}> {
  static readonly code = 'DAILY_LIMIT_REACHED';
  readonly retryable = true;
  constructor(data: { of: 'PARTNER' | 'CARD'; limit: string; left: string; currency: string }) {
    const whose =
      data.of === 'PARTNER'
        ? 'Your recharges, and what you put into wallets below yours,'
        : 'Your recharges of one card';
    super(
      `${whose} may come to ${data.limit} ${data.currency} a day (UTC), ${data.left} is left: try less, or tomorrow under a new idempotency key.`,
      data,
    );
  }
}

/** A credit limit lower than what is already owed. */
export class CreditInUse extends Rejection<{ balance: string; currency: string }> {
  static readonly code = 'CREDIT_IN_USE';
  readonly retryable = true;
  constructor(data: { balance: string; currency: string }) {
    super(
      `The wallet is at ${data.balance} ${data.currency}: top it up, or leave it that much credit.`,
      data,
    );
  }
}

/** A partner below itself, or below the maximum depth of the tree. */
export class PartnerMisplaced extends Rejection<{ problem: string }> {
  static readonly code = 'PARTNER_MISPLACED';
  readonly retryable = false;
  constructor(data: { problem: string }) {
    super(data.problem, data);
  }
}

/** What keeps a partner from being removed: how many of each. */
export type PartnerUses = {
  readonly partners: number;
  readonly apiKeys: number;
  readonly batches: number;
  readonly transfers: number;
};

/** A partner that books and histories name: it can't be removed. */
export class PartnerInUse extends Rejection<PartnerUses & { name: string }> {
  static readonly code = 'PARTNER_IN_USE';
  readonly retryable = false;
  constructor(data: PartnerUses & { name: string }) {
    super(
      `The partner "${data.name}" has been used (partners below it: ${data.partners}, API keys: ${data.apiKeys}, batches: ${data.batches}, transfers: ${data.transfers}): suspend it instead.`,
      data,
    );
  }
}
