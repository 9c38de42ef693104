import type { NewSecurityAlert } from './security-alert.ts';

/** What a partner did in one hour, or does in an hour on average. */
export interface HourOfRecharges {
  readonly recharges: number;
  /** In units of the partner's currency: only compared with itself. */
  readonly amount: number;
}

export interface PartnerActivity {
  readonly partnerId: string;
  /** Cards replaced since the day began, in UTC. */
  readonly replacementsToday: number;
  readonly thisHour: HourOfRecharges;
  /** Averages of the days before; zeros when there was nothing. */
  readonly usual: HourOfRecharges;
}

export interface PartnerLimits {
  readonly replacementsADay: number;
  /** Times its usual recharges of an hour. */
  readonly rechargesFactor: number;
}

/** Fewer recharges in an hour are nobody's business, however few are usual. */
const ALWAYS_USUAL = 200;
const HOUR_SECONDS = 3_600;

/** What people should look at in what a partner did. */
export function alertsAbout(activity: PartnerActivity, limits: PartnerLimits): NewSecurityAlert[] {
  const { partnerId, replacementsToday, thisHour } = activity;
  const about = { subject: partnerId, partnerId };
  const alerts: NewSecurityAlert[] = [];
  if (replacementsToday > limits.replacementsADay) {
    alerts.push({
      ...about,
      kind: 'TOO_MANY_REPLACEMENTS',
      windowSeconds: 24 * HOUR_SECONDS,
      message: `More than ${limits.replacementsADay} cards of one partner were replaced in a day.`,
    });
  }
  if (isUnusual(activity, limits.rechargesFactor)) {
    alerts.push({
      ...about,
      kind: 'UNUSUAL_RECHARGES',
      windowSeconds: HOUR_SECONDS,
      message: `A partner's ${thisHour.recharges} recharges of this hour are more than ${limits.rechargesFactor} times the usual.`,
    });
  }
  return alerts;
}

/** By their number, or by what they are worth. A partner without a past has no usual worth. */
function isUnusual({ thisHour, usual }: PartnerActivity, factor: number): boolean {
  if (thisHour.recharges <= ALWAYS_USUAL) return false;
  if (thisHour.recharges > factor * usual.recharges) return true;
  return usual.amount > 0 && thisHour.amount > factor * usual.amount;
}
