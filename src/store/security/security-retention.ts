import type { Sql } from '../postgres/database.ts';
import { purgeFailedAttempts } from './failed-attempts.ts';
import { purgeGuessBudgets } from './guess-budget.ts';
import { purgeGuessSources } from './guess-sources.ts';
import { purgeSecurityAlerts } from './security-alerts.ts';
import { purgeTrustedNumbers } from './trusted-numbers.ts';

/** How long the records of the PIN defense are kept. */
export interface SecurityRetention {
  readonly failureDays: number;
  readonly alertDays: number;
  readonly trustedNumberDays: number;
  readonly serials: { readonly windowSeconds: number };
}

/** Deletes records beyond their retention periods. Several instances may do so concurrently. */
export async function purgeSecurityRecords(
  sql: Sql,
  { failureDays, alertDays, trustedNumberDays, serials }: SecurityRetention,
): Promise<void> {
  await purgeGuessSources(sql);
  await purgeGuessBudgets(sql);
  await purgeFailedAttempts(sql, { days: failureDays, windowSeconds: serials.windowSeconds });
  await purgeTrustedNumbers(sql, trustedNumberDays);
  await purgeSecurityAlerts(sql, alertDays);
}
